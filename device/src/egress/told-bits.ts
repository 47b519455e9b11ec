import { errorCodes, PassageError } from "@passage/protocol/errors";
import { driftKinds, mostDrift, statusClasses } from "@passage/protocol/reads/declaration";
import type { CommandResponse } from "@passage/protocol/session";
import { strictReasons } from "./shapes.ts";

/**
 * How much a signed session may tell besides the leaves that its shapes name, in bits. `events` of it are for what is told
 * unasked: a site can navigate as often as it likes, and must not use up what its operation needs.
 */
export const toldLimits = { answers: 2_048, events: 1_024 } as const;

const choice = (of: number) => Math.ceil(Math.log2(of));
/** A manifest of 12,000 bytes names fewer places, and fewer expectations at them, than this. */
const driftPlaces = 4_096;
const errorBits = 1 + choice(Object.keys(errorCodes).length * (strictReasons.length + 1));
/** A turn has 32 conditions at most, and ends without one in two ways. */
const turnBits = 1 + choice(32 + 2);
/** Which event, of which place or scheme, and that it came between these two answers and no others. */
const eventBits = 16;

/**
 * Counts what the answers of a signed session can carry besides declared leaves. An answer counts as the length of its word in a
 * code that has a word for each answer that the device might have given, the usual ones short. As no word is the beginning of
 * another, a session that has told n bits has told one of at most 2^n things:
 *
 * - 1 bit says whether it is an error. An error has a code and a reason, whichever of all: {@link errorBits} in all.
 * - A step, a word to the person, `begin`: nothing more. A place that was opened, and a read: 1 bit where the status is `ok` (or
 *   there is none), 4 bits for another class.
 * - `at`: 1 bit more. A turn: which of its conditions, or why none.
 * - A read: 1 bit for whether there is data, 1 bit for whether there is drift. Drift: how many spots, and of each which place,
 *   which kind, and its count (twice the count's length in binary digits).
 * - A batch: all of its entries; its error is one of them.
 *
 * When and in what order answers come is not counted: docs/limits.md has the rate of that.
 */
export class ToldBits {
  #answers = 0;
  #events = 0;

  /** Bits that answers have told so far. */
  get answers(): number {
    return this.#answers;
  }

  /** For a device that outlives its session. */
  renew(): void {
    this.#answers = 0;
    this.#events = 0;
  }

  /** Why nothing is done any more once the session has told all that it may. */
  get spent(): PassageError | null {
    if (this.#answers < toldLimits.answers) return null;
    const words = `A session may tell ${toldLimits.answers} bits besides what its shapes name, and this one has told them`;
    return new PassageError("payload_too_large", words);
  }

  /** Whether the answer may leave. One that would go beyond the limit uses up what is left. */
  tell(answer: Pick<CommandResponse, "result" | "error">): boolean {
    const bits = bitsOf(answer);
    const fits = this.#answers + bits <= toldLimits.answers;
    this.#answers = fits ? this.#answers + bits : toldLimits.answers;
    return fits;
  }

  /** Whether another event may leave. */
  tellEvent(): boolean {
    if (this.#events + eventBits > toldLimits.events) return false;
    this.#events += eventBits;
    return true;
  }
}

/** The most that an answer can tell besides declared leaves. */
export function bitsOf({ result, error }: Pick<CommandResponse, "result" | "error">): number {
  if (error) return errorBits;
  const told = (result ?? {}) as Record<string, unknown>;
  if (Array.isArray(told.results)) return told.results.reduce((sum: number, one) => sum + bitsOf(one), 0);
  if ("matched" in told) return turnBits;
  if ("holds" in told) return 2;
  const { status } = told;
  const statusBits = !("status" in told)
    ? 0
    : status === "ok" || status === null
      ? 1
      : 1 + choice(statusClasses.length);
  if (!("data" in told)) return 1 + statusBits;
  const drift = Array.isArray(told.drift) ? (told.drift as { count: number }[]) : [];
  const spotBits = ({ count }: { count: number }) =>
    choice(driftPlaces) + choice(driftKinds.length) + 2 * Math.ceil(Math.log2(count + 1));
  const driftBits = drift.length === 0 ? 0 : choice(mostDrift) + drift.reduce((sum, one) => sum + spotBits(one), 0);
  return 1 + statusBits + 2 + driftBits;
}
