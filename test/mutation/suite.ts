import { runSandbox } from "../../sandbox/src/testing/run-workerd.ts";
import type { Mutation } from "./mutations.ts";
import type { Case } from "./operations.ts";
import { beginsSignedOut, caseOf, mutationsOf } from "./plan.ts";
import { type SiteProxy, startProxy } from "./proxy.ts";
import { Recording } from "./recording.ts";
import { type Ended, SiteVisits } from "./site-visit.ts";
import { judge, type Outcome } from "./verdict.ts";

export interface Report {
  readonly seed: number;
  readonly what: string;
  readonly mutations: readonly Mutation[];
  /** Whether the operation met what was changed. */
  readonly met: boolean;
  readonly ended: Ended;
  readonly truth: unknown;
  readonly outcome: Outcome;
}

export interface SuiteOptions {
  readonly lanes?: number;
  readonly print?: (line: string) => void;
  readonly onReport?: (report: Report) => void;
}

interface Undisturbed {
  readonly recording: Recording;
  readonly truth: unknown;
}

const patienceMs = 4_000;
const undisturbedPatienceMs = 15_000;

/** Runs every seed: its operation on the sites as its mutations make them. */
export async function runSeeds(seeds: readonly number[], options: SuiteOptions = {}): Promise<Report[]> {
  const sandbox = await runSandbox();
  const undisturbed = new Map<Case, Promise<Undisturbed>>();
  const queue = [...seeds];
  const reports: Report[] = [];
  const lane = async () => {
    const proxy = await startProxy(sandbox.port);
    const visits = await SiteVisits.open(proxy.port, options.print);
    let signedIn = "";
    try {
      for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
        const one = caseOf(seed);
        const isWrite = one.operation.action === "write";
        // A session is kept from seed to seed, but not the wallet that a card was added to, nor another person's.
        if (isWrite || signedIn !== one.user) await visits.forget();
        signedIn = isWrite ? "" : one.user;
        if (!undisturbed.has(one)) undisturbed.set(one, observe(one, proxy, visits));
        const { recording, truth } = (await undisturbed.get(one)) as Undisturbed;
        if (isWrite || beginsSignedOut(seed)) await visits.forget();
        const report = await runSeed(seed, one, mutationsOf(seed, recording), truth, proxy, visits);
        reports.push(report);
        options.onReport?.(report);
      }
    } finally {
      await visits.close();
      proxy.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.lanes ?? 2, seeds.length) }, lane));
  } finally {
    await sandbox.stop();
  }
  return reports.sort((a, b) => a.seed - b.seed);
}

/** The operation on the sites as they are: what they answer, and the truth, which the sandbox's table must agree with. */
async function observe(one: Case, proxy: SiteProxy, visits: SiteVisits): Promise<Undisturbed> {
  const recording = new Recording();
  // A person who is already signed in skips the sign-in, and a seed that changes it would have no effect.
  await visits.forget();
  proxy.mutate([], recording);
  const ended = await visits.run(one, undisturbedPatienceMs);
  if (!("result" in ended) || !one.agrees(ended.result))
    throw new Error(`${one.name} on the unchanged site gave what its table does not say: ${JSON.stringify(ended)}`);
  return { recording, truth: ended.result };
}

async function runSeed(
  seed: number,
  one: Case,
  mutations: readonly Mutation[],
  truth: unknown,
  proxy: SiteProxy,
  visits: SiteVisits,
): Promise<Report> {
  await visits.forgetPages();
  proxy.mutate(mutations);
  const ended = await visits.run(one, patienceMs);
  const met = proxy.changed;
  proxy.mutate([]);
  return { seed, what: one.name, mutations, met, ended, truth, outcome: judge(ended, truth, mutations) };
}
