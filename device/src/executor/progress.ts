import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import { AnswerSources } from "../egress/answer-sources.ts";

const longestLog = 40;

/** What an error says, with the fields that it adds to its details. */
export interface Blame {
  readonly message: string;
  readonly details?: Record<string, unknown>;
}

/** One command's deadline, abort signal and call log. Whatever a command waits for, it waits for in `race`. */
export class Progress {
  readonly signal: AbortSignal;
  /** The values of the site that the outcome depends on, which the gate searches with the answer. */
  readonly sources: AnswerSources;
  readonly #abort = new AbortController();
  readonly #endsAt: number;
  readonly #timer: NodeJS.Timeout;
  readonly #log: string[] = [];
  #code: ErrorCode = "timeout";
  #blame: () => Blame = () => ({ message: "Nothing came of it" });

  /** What aborts `within` aborts this too, and what this looks at counts for `within`. */
  constructor(timeoutMs: number, within?: Progress) {
    this.signal = within ? AbortSignal.any([this.#abort.signal, within.signal]) : this.#abort.signal;
    this.sources = within?.sources ?? new AnswerSources();
    this.#endsAt = performance.now() + timeoutMs;
    this.#timer = setTimeout(() => {
      const { message, details } = this.#blame();
      this.abort(new PassageError(this.#code, `${message} (gave up after ${timeoutMs} ms)`, details && { details }));
    }, timeoutMs);
  }

  get remainingMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Adds a line to the call log, unless the last line says the same. */
  log(line: string): void {
    if (this.#log.at(-1) === line || this.#log.length >= longestLog) return;
    this.#log.push(line);
  }

  /** The error if the deadline passes now. A function is called only then. */
  blame(code: ErrorCode, blame: string | (() => Blame)): void {
    this.#code = code;
    this.#blame = typeof blame === "string" ? () => ({ message: blame }) : blame;
  }

  /** The promise's outcome, or the abort's error, whichever is first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    if (this.signal.aborted) {
      // Nothing waits for this promise any more; a rejection without a handler would end the process.
      promise.catch(() => {});
      throw this.signal.reason;
    }
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(this.signal.reason);
    this.signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([promise, aborted]);
    } finally {
      this.signal.removeEventListener("abort", onAbort);
      aborted.catch(() => {});
    }
  }

  async pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    try {
      await this.race(promise);
    } finally {
      clearTimeout(timer);
    }
  }

  abort(error: PassageError): void {
    this.#abort.abort(error);
  }

  /** Stops the clock. */
  finish(): void {
    clearTimeout(this.#timer);
  }

  /** Whatever stopped the command, as an error that carries the log. */
  explain(error: unknown): PassageError {
    const known =
      error instanceof PassageError
        ? error
        : new PassageError("internal", "The device failed at this command", { cause: error });
    const details = { ...known.details, ...(this.#log.length > 0 && { log: [...this.#log] }) };
    const more = { ...(Object.keys(details).length > 0 && { details }), cause: known.cause };
    return new PassageError(known.code, known.message, more);
  }
}
