import { endMessage } from "./greeting.ts";
import type { JobChanges, Jobs } from "./jobs.ts";
import { isOver } from "./machine.ts";
import type { SessionRecord } from "./record.ts";
import { type Reporter, retryMs } from "./reporter.ts";
import type { SessionConfig } from "./session-config.ts";
import type { Sockets } from "./sockets.ts";

/** Nothing is due after the end but, for a link, the next report should this one be lost. */
export function jobsAtEnd({ attempt }: SessionConfig, now: number): JobChanges {
  return { command: null, grace: null, duration: null, ...(attempt && { report: now + retryMs }) };
}

/** How a session ends: its link has the outcome before anybody is told, so whoever was told may claim the link at once. */
export class Ending {
  readonly #record: SessionRecord;
  readonly #jobs: Jobs;
  readonly #sockets: Sockets;
  readonly #reporter: Reporter;
  #settled = Promise.resolve();

  constructor(record: SessionRecord, jobs: Jobs, sockets: Sockets, reporter: Reporter) {
    this.#record = record;
    this.#jobs = jobs;
    this.#sockets = sockets;
    this.#reporter = reporter;
  }

  /** Reports the outcome to the link, where there is one, and tells the end. Does nothing for a session that goes on. */
  settle(): void {
    const { kept } = this.#record;
    if (!kept || !isOver(kept.state)) return;
    if (kept.config.attempt) this.#settled = this.#reporter.report({ ...kept, state: kept.state }, () => this.tell());
    else {
      this.tell();
      this.#reporter.ended({ ...kept, state: kept.state });
    }
  }

  /** Resolves when the report that is under way, if any, was heard or failed. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Tells whoever is connected and closes their sockets, unless the link is still to hear of it first. */
  tell(): void {
    const { kept } = this.#record;
    if (!kept || !isOver(kept.state) || (kept.config.attempt && this.#jobs.has("report"))) return;
    this.#sockets.endAll(endMessage(kept.state, kept.config));
  }
}
