import { isDeepStrictEqual } from "node:util";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import type { ServerMessage } from "@passage/protocol/session";
import { getLink } from "../harness/api.ts";
import { AttemptRun } from "./attempt.ts";
import { claimLink, newLink, persistently } from "./claim.ts";
import type { Inbox } from "./inbox.ts";
import { within } from "./limit.ts";
import type { Attempt, Schedule } from "./schedule.ts";
import type { SharedServer } from "./shared-server.ts";
import type { Tally } from "./tally.ts";

export interface World {
  readonly server: SharedServer;
  readonly inbox: Inbox;
  readonly tally: Tally;
  /** Links whose claim was answered to nobody; each must fail by itself when the grace is over. */
  readonly held: { linkId: string; seed: number; outcomes: number }[];
  readonly print: ((line: string) => void) | null;
}

export interface RunReport {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly log: readonly string[];
}

/** Covers a webhook whose delivery a kill cut short (its lease) behind an outcome whose report it cut short. */
const settleMs = 60_000;

/** One seed: a link, its attempts with their faults, and what must be true after each. */
export class LinkRun {
  readonly #schedule: Schedule;
  readonly #world: World;
  readonly #broken: string[] = [];
  readonly #log: string[] = [];
  readonly #startedAt = performance.now();

  constructor(schedule: Schedule, world: World) {
    this.#schedule = schedule;
    this.#world = world;
  }

  async run(): Promise<RunReport> {
    try {
      await this.#run();
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    return { seed: this.#schedule.seed, broken: this.#broken, log: this.#log };
  }

  async #run(): Promise<void> {
    const { seed, attempts } = this.#schedule;
    const { server, inbox, tally } = this.#world;
    let link = await newLink(server, inbox.url);
    let outcomes = 0;
    for (const [index, attempt] of attempts.entries()) {
      this.#note(`link ${link.linkId}, attempt ${index + 1}`);
      let outcome = await this.#claim(link, attempt);
      if (outcome.type === "held") {
        tally.add("claims held");
        this.#world.held.push({ linkId: link.linkId, seed, outcomes });
        link = await newLink(server, inbox.url);
        outcomes = 0;
        this.#note(`the claim's answer was lost; goes on with link ${link.linkId}`);
        outcome = await claimLink(server, link);
      }
      if (outcome.type !== "claimed") {
        const why = "no session: it is active for ever, and cannot be claimed";
        return this.#fail(`link ${link.linkId} is claimed for ${outcome.sessionId}, which is ${why}`);
      }
      const run = new AttemptRun(attempt, outcome.claimed, `${seed}-${index}`, {
        ...this.#world,
        broken: (what) => this.#fail(what),
        log: (line) => this.#note(line),
      });
      const end = await run.run();
      outcomes += 1;
      await this.#check(link, attempt, end, run.expectedBilling, outcomes);
      tally.add(attempt.ending);
    }
  }

  async #claim(link: CreatedLink, { killAfterClaimMs }: Attempt) {
    const { server, tally } = this.#world;
    const claiming = claimLink(server, link);
    if (killAfterClaimMs !== null) {
      await new Promise((resolve) => setTimeout(resolve, killAfterClaimMs));
      this.#note("fault: kill during the claim");
      tally.add("kill at claim");
      await server.kill();
    }
    return claiming;
  }

  /** The session's end, the link and its webhooks all say the same, and what the schedule says. */
  async #check(
    link: CreatedLink,
    { ending }: Attempt,
    end: Extract<ServerMessage, { type: "server.session_end" }>,
    billing: unknown,
    outcomes: number,
  ): Promise<void> {
    const { server, inbox } = this.#world;
    await within(inbox.until(link.linkId, outcomes), settleMs, () => `No webhook told outcome ${outcomes}`);
    const settled = await persistently(server, () => getLink(server.first, link.linkId));
    const events = inbox.eventsOf(link.linkId);
    const event = events.at(-1);
    if (events.length !== outcomes) this.#fail(`${events.length} events for ${outcomes} outcomes`);
    this.#note(`link ${settled.status}, webhook ${event?.event}`);
    if (ending === "complete") {
      this.#expect("session's phase", end.phase, "complete");
      this.#expect("link's status", settled.status, "complete");
      this.#expect("link's result", settled.result, { billing });
      this.#expect("webhook's result", event?.result, { billing });
    } else {
      this.#expect("session's phase", end.phase, "failed");
      this.#expect("link's status", settled.status, "failed");
      this.#expect("link's error", reasonOf(settled.error), "AUTOMATION_ERROR user_gave_up");
      this.#expect("webhook's error", reasonOf(event?.error ?? null), "AUTOMATION_ERROR user_gave_up");
    }
  }

  #expect(what: string, got: unknown, expected: unknown): void {
    if (isDeepStrictEqual(got, expected)) return;
    this.#fail(`the ${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`);
  }

  #fail(what: string): void {
    this.#broken.push(what);
    this.#note(`BROKEN: ${what}`);
  }

  #note(line: string): void {
    const at = `${(performance.now() - this.#startedAt).toFixed(0).padStart(6)} ms`;
    this.#log.push(`${at}  ${line}`);
    this.#world.print?.(`${at}  ${line}`);
  }
}

function reasonOf(error: Link["error"]): string {
  return `${error?.code} ${error?.details?.reason}`;
}
