import type { LinkStep } from "@passage/protocol/events";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { attemptsOf } from "../stubs.ts";
import type { Jobs } from "./jobs.ts";
import type { OverState } from "./machine.ts";
import type { Kept, SessionRecord } from "./record.ts";
import { type Outcome, subjectOf } from "./session-config.ts";
import type { SessionStore } from "./store.ts";

export const retryMs = 2_000;

/** Something that knows what a person's account said, until its link has it. */
interface Forgetful {
  forget(): void;
}

/** Tells the organization where its attempt stands. Progress may be lost; the outcome may not. */
export class Reporter {
  readonly #context: DurableObjectState;
  readonly #env: Env;
  readonly #jobs: Jobs;
  readonly #record: SessionRecord;
  readonly #memories: readonly Forgetful[];

  constructor(
    context: DurableObjectState,
    env: Env,
    { jobs, record, journal, timeline }: Pick<SessionStore, "jobs" | "record" | "journal" | "timeline">,
  ) {
    this.#context = context;
    this.#env = env;
    this.#jobs = jobs;
    this.#record = record;
    this.#memories = [journal, timeline];
  }

  progress(organizationTag: string, sessionId: string, step: LinkStep): void {
    const told = attemptsOf(this.#env, organizationTag).progress(sessionId, step);
    this.#context.waitUntil(
      Promise.resolve(told).then(
        () => undefined,
        (error) => log("progress.lost", { sessionId, step, reason: String(error) }),
      ),
    );
  }

  /** Tells that a developer's session has ended, for lists; tried again until the organization has heard of it. */
  ended({ config: { organizationTag, sessionId }, state }: Kept & { readonly state: OverState }): void {
    const error = state.phase === "complete" ? null : state.error;
    const told = attemptsOf(this.#env, organizationTag).sessionEnded(sessionId, error);
    this.#context.waitUntil(
      Promise.resolve(told).catch((reason) => {
        log("end.retry", { sessionId, reason: String(reason) });
        this.#jobs.schedule("report", Date.now() + retryMs);
      }),
    );
  }

  /**
   * Reports the outcome, again and again until the organization has it; then `onSettled` is called, and what was asked and
   * answered is dropped. Resolves when this report is over, whatever came of it.
   */
  report({ config, state, ledger }: Kept & { readonly state: OverState }, onSettled: () => void): Promise<void> {
    const { sessionId, organizationTag } = config;
    if (!this.#jobs.has("report")) this.#jobs.schedule("report", Date.now() + retryMs);
    const outcome: Outcome =
      state.phase === "complete"
        ? { status: "complete", result: state.result }
        : { status: "failed", error: state.error };
    const settled = attemptsOf(this.#env, organizationTag).settle(
      sessionId,
      outcome,
      ledger && { head: ledger.head, entries: ledger.entries },
      config.attempt?.providerVersion ?? 0,
    );
    const reported = Promise.resolve(settled).then(
      () => {
        this.#record.forget();
        onSettled();
        for (const memory of this.#memories) memory.forget();
      },
      (error) => log("report.retry", { ...subjectOf(config), reason: String(error) }),
    );
    this.#context.waitUntil(reported);
    return reported;
  }
}
