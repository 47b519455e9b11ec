import { PassageError } from "@passage/protocol/errors";
import type { Frame } from "../page/frame.ts";
import type { Failure, Foreign, Retry } from "../page-script/api.ts";
import type { CommandContext } from "./command.ts";
import { type Attempt, type Gone, persist } from "./persist.ts";

/** Goes on with the rest of the selector in the frame of another origin that it led to. That origin must be the session's too. */
export async function inForeign<T>(
  { origins }: CommandContext,
  outer: Frame,
  { handle, rest }: Foreign,
  goOn: (frame: Frame, rest: string) => Promise<T>,
): Promise<T | Retry> {
  if (!outer.canEnter) {
    const message = "This device cannot look into frames of another origin; navigate to the frame's own address";
    throw new PassageError("unsupported_command", message);
  }
  const inner = await outer.enter(handle);
  if (!inner || !origins.demandFrame(inner.url))
    return { kind: "retry", reason: "the frame has no document yet", found: true };
  return goOn(inner.frame, rest);
}

type Asked<T> =
  | Gone
  | { readonly kind: "value"; readonly value: { kind: "done"; value: T } | Retry | Failure | Foreign };

/** Asks until there is an answer, in the frame that the selector leads to. */
export function askWhere<T>(
  context: CommandContext,
  selector: string,
  ask: (frame: Frame, selector: string, guarded: boolean, sliceMs: number) => Promise<Asked<T>>,
  blame: "timeout" | "extract_failed" = "timeout",
): Promise<T> {
  const within = async (frame: Frame, rest: string, sliceMs: number): Promise<Attempt<T>> => {
    const { privacy, progress } = context;
    privacy.question(rest);
    const asked = await progress.race(ask(frame, rest, privacy.reason !== null, sliceMs));
    if (asked.kind === "gone") return asked;
    if (asked.value.kind !== "foreign") return asked.value;
    return inForeign(context, frame, asked.value, (child, inner) => within(child, inner, sliceMs));
  };
  return persist(context, selector, { blame }, (sliceMs) => within(context.page.mainFrame, selector, sliceMs));
}
