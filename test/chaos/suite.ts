import { Inbox } from "./inbox.ts";
import { within } from "./limit.ts";
import { LinkRun, type RunReport, type World } from "./link-run.ts";
import { scheduleOf } from "./schedule.ts";
import { SharedServer } from "./shared-server.ts";
import { Tally } from "./tally.ts";

export interface SuiteOptions {
  /** How many links are under way at once; a kill hits all of them. */
  readonly lanes?: number;
  /** Wait out the grace of links whose claim was answered to nobody (two minutes). */
  readonly awaitHeld?: boolean;
  readonly print?: (line: string) => void;
  readonly onReport?: (report: RunReport) => void;
}

export interface SuiteResult {
  readonly passed: number;
  readonly failed: readonly RunReport[];
  /** What is wrong with the server as a whole, and not with one seed. */
  readonly broken: readonly string[];
  readonly tally: Tally;
  readonly seconds: number;
}

const graceMs = 120_000;

/** Runs every seed against one server life after another. */
export async function runSeeds(seeds: readonly number[], options: SuiteOptions = {}): Promise<SuiteResult> {
  const startedAt = performance.now();
  const [server, inbox] = await Promise.all([SharedServer.start(), Inbox.start()]);
  const world: World = { server, inbox, tally: new Tally(), held: [], print: options.print ?? null };
  const reports: RunReport[] = [];
  const queue = [...seeds];
  const lane = async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
      const report = await new LinkRun(scheduleOf(seed), world).run();
      reports.push(report);
      options.onReport?.(report);
    }
  };
  const broken: string[] = [];
  try {
    await Promise.all(Array.from({ length: options.lanes ?? 20 }, lane));
    if (options.awaitHeld) broken.push(...(await checkHeld(world)));
    for (const line of server.lines("replay_diverged")) broken.push(`replay_diverged: ${line}`);
    for (const line of server.complaints()) broken.push(`the server wrote: ${line}`);
  } finally {
    await server.stop();
    await inbox.stop();
  }
  const { tally } = world;
  tally.add("runs", reports.length);
  tally.add("kills", server.kills);
  tally.add("webhooks", inbox.deliveries);
  tally.add("stale answers", server.lines('"answer.stale"').length);
  tally.add("sessions resumed", server.lines('"session.resumed"').length);
  const failed = reports.filter((report) => report.broken.length > 0);
  return {
    passed: reports.length - failed.length,
    failed,
    broken,
    tally,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** A link whose claim reached nobody fails by itself, once, when no device came within the grace. */
async function checkHeld({ held, inbox }: World): Promise<string[]> {
  const checks = held.map(async ({ linkId, seed, outcomes }) => {
    const nothing = () => `Seed ${seed}: link ${linkId}, claimed by a device that never came, did not fail`;
    await within(inbox.until(linkId, outcomes + 1), graceMs + 60_000, nothing);
    const code = inbox.eventsOf(linkId).at(-1)?.error?.code;
    return code === "CLIENT_TIMEOUT" ? null : `Seed ${seed}: link ${linkId} failed with ${code}, not CLIENT_TIMEOUT`;
  });
  const results = await Promise.allSettled(checks);
  return results
    .map((result) => (result.status === "fulfilled" ? result.value : String(result.reason.message)))
    .filter((line) => line !== null);
}
