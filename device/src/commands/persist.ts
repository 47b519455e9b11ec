import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import type { Failure, Retry } from "../page-script/api.ts";
import type { CommandContext } from "./command.ts";

/** The document went away first. */
export interface Gone {
  readonly kind: "gone";
}

export type Attempt<T> = Gone | Retry | Failure | { readonly kind: "done"; readonly value: T };

export interface Persistence {
  /** Goes on waiting where the page is at an origin that is not the session's, instead of failing there. */
  readonly anyOrigin?: boolean;
  /** What the deadline answers when the element was there. */
  readonly blame: ErrorCode;
}

/** The page looks for so long before it says what it is waiting for. */
const longestSliceMs = 1_000;

/**
 * Makes the attempt again until it is done or has failed. The wait lives here and not in the page: it goes on in whatever
 * document comes next.
 */
export async function persist<T>(
  { page, origins, progress }: CommandContext,
  what: string,
  { anyOrigin, blame }: Persistence,
  attempt: (sliceMs: number) => Promise<Attempt<T>>,
): Promise<T> {
  for (let slice = 50; ; slice *= 2) {
    if (!anyOrigin) origins.demand(page.url());
    if (!origins.allows(page.url())) {
      progress.log("the page is at an origin outside this session; waiting for it to come back");
      await progress.pause(50);
      continue;
    }
    const sliceMs = Math.min(slice, longestSliceMs, Math.max(20, progress.remainingMs / 2));
    const outcome = await progress.race(attempt(sliceMs));
    switch (outcome.kind) {
      case "done":
        return outcome.value;
      case "failed":
        throw failureError(outcome);
      case "gone":
        progress.blame("timeout", `${what}: the page keeps changing`);
        progress.log("the page is changing; looking again in the next document");
        await progress.pause(20);
        break;
      case "retry":
        progress.log(outcome.reason);
        progress.blame(outcome.found ? blame : "timeout", `${what}: ${outcome.reason}`);
    }
  }
}

/** A failure that the page script answered, as the error that it is. */
export function failureError({ code, message, matches, reason }: Failure): PassageError {
  const details = { ...(matches && { matches }), ...(reason && { reason }) };
  return new PassageError(code, message, Object.keys(details).length === 0 ? {} : { details });
}
