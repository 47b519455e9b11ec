import { PassageError } from "@passage/protocol/errors";
import type { Issued } from "./issued.ts";
import type { Journal, Recorded } from "./journal.ts";
import { type Page, pageOver } from "./page.ts";
import { Timer } from "./timer.ts";

/** The one request that waits for the device. `seq` is its number in the run, and its id on the wire. */
export type Pending = { readonly seq: number; readonly issued: Issued };

/** More than any operation needs: a loop that asks without end is stopped, and a device that answers with a megabyte each time. */
export const runLimits = {
  requests: 2_000,
  /** Of all answers together, in characters of JSON. */
  answered: 67_108_864,
} as const;
const stallMs = 10_000;

export interface AutomationHooks {
  /** The run waits for this; called again for the same request after a restart. */
  onPending(pending: Pending): void;
  onResult(result: unknown): void;
  onError(error: unknown): void;
  /** A replay asks for something else than was recorded; `onError` follows. */
  onDiverged?(seq: number, request: Issued): void;
}

/**
 * An automation is a journaled function: it runs from the top whenever the object wakes, recorded answers return at once,
 * and the first unanswered request is where it really waits.
 */
export class Automation {
  readonly #journal: Journal;
  readonly #hooks: AutomationHooks;
  #seq = 0;
  #waiting: { pending: Pending; request: string; settle: (answer: Recorded) => void } | null = null;
  #over = false;
  readonly #stall = new Timer(() => this.#stalled());
  /** What the journal held when the run began: beyond that there is nothing to read. */
  readonly #recorded: number;
  #answered: number;
  readonly #settled = Promise.withResolvers<void>();

  constructor(journal: Journal, hooks: AutomationHooks) {
    this.#journal = journal;
    this.#hooks = hooks;
    this.#recorded = journal.count();
    this.#answered = journal.size();
  }

  get pending(): Pending | null {
    return this.#waiting?.pending ?? null;
  }

  /** Runs the function; resolves when it waits for its first unanswered request or has ended. */
  start(run: (page: Page) => Promise<unknown>): Promise<void> {
    run(pageOver((issued) => this.#issue(issued))).then(
      (result) => this.#returned(result),
      (error) => this.#end(() => this.#hooks.onError(error)),
    );
    this.#stall.set(stallMs);
    return this.#settled.promise;
  }

  /** Commits the answer to the pending request and lets the function go on. False: that request is not pending. */
  answer(seq: number, answer: Recorded, now: number): boolean {
    const waiting = this.#waiting;
    if (this.#over || waiting?.pending.seq !== seq) return false;
    this.#answered += this.#journal.record(seq, waiting.request, answer, now);
    this.#waiting = null;
    this.#stall.set(stallMs);
    waiting.settle(answer);
    return true;
  }

  /** Ends the run where it stands: whatever it still does has no effect. */
  stop(): void {
    this.#over = true;
    this.#waiting = null;
    this.#stall.stop();
    this.#settled.resolve();
  }

  async #issue(issued: Issued): Promise<unknown> {
    const seq = ++this.#seq;
    if (seq > runLimits.requests)
      return this.#fail("too_many_requests", `The automation issued more than ${runLimits.requests} requests.`);
    if (this.#answered > runLimits.answered)
      return this.#fail("too_much_answered", `The answers have more than ${runLimits.answered} characters together.`);
    const request = JSON.stringify(issued);
    const recorded = seq <= this.#recorded ? this.#journal.read(seq) : null;
    if (recorded && recorded.request !== request) {
      this.#hooks.onDiverged?.(seq, issued);
      return this.#fail(
        "replay_diverged",
        `Request ${seq} is not the one that was recorded: the run is not deterministic.`,
      );
    }
    if (recorded) return unwrap(recorded.answer);
    if (this.#waiting)
      return this.#fail(
        "concurrent_requests",
        `Request ${seq} was issued while ${this.#waiting.pending.seq} was pending. Await each one.`,
      );
    const answered = Promise.withResolvers<Recorded>();
    const pending = { seq, issued };
    this.#waiting = { pending, request, settle: answered.resolve };
    if ("yield" in issued) this.#stall.stop();
    else this.#stall.clear();
    if (!this.#over) this.#hooks.onPending(pending);
    this.#settled.resolve();
    return unwrap(await answered.promise);
  }

  #returned(result: unknown): void {
    if (!this.#waiting) return this.#end(() => this.#hooks.onResult(result));
    const { seq } = this.#waiting.pending;
    void this.#fail("floating_request", `The automation returned while request ${seq} was pending. Await each one.`);
  }

  /** A function that waits for something else than its page would wait for ever: nothing wakes it. */
  #stalled(): void {
    const seconds = stallMs / 1000;
    void this.#fail(
      "automation_stalled",
      `The automation neither asked for anything nor ended for ${seconds} seconds.`,
    );
  }

  #fail(reason: string, message: string): Promise<never> {
    this.#end(() => this.#hooks.onError(new PassageError("AUTOMATION_ERROR", message, { details: { reason } })));
    return new Promise(() => {});
  }

  #end(report: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#waiting = null;
    this.#stall.stop();
    report();
    this.#settled.resolve();
  }
}

function unwrap(answer: Recorded): unknown {
  if ("result" in answer) return answer.result;
  const { code, message, details } = answer.error;
  throw new PassageError(code, message, details && { details });
}
