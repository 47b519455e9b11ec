import type { Frame } from "../page/frame.ts";
import type { Done, Failure, Point, Retry, Sought } from "../page-script/api.ts";
import type { CommandContext } from "./command.ts";
import { inForeign } from "./foreign.ts";
import { type Attempt, type Gone, persist } from "./persist.ts";

/** The element, in the frame that it was found in; the point is the viewport's. */
export interface Target {
  readonly frame: Frame;
  readonly handle: number;
  readonly point: Point | null;
  /** The frames of other origins around it, from the inside out. */
  readonly around: readonly Frame[];
}

/**
 * Looks for the element until it is as needed, then acts on it; both again when the page took the element away between.
 * Null from a wait for an element that is not there.
 */
export function findAndAct<T>(
  context: CommandContext,
  sought: Sought,
  act: (target: Target) => Promise<Attempt<T>>,
  options: { readonly anyOrigin?: boolean } = {},
): Promise<T | null> {
  const { selector, need } = sought;
  context.progress.log(`waiting for selector ${selector} (${need})`);
  const blame = act === wait ? "timeout" : "not_actionable";
  let attempts = 0;
  return persist<T | null>(context, selector, { ...options, blame }, async (sliceMs) => {
    const found = await context.progress.race(seek(context, context.page.mainFrame, sought, sliceMs));
    if (found.kind === "done") return { kind: "done", value: null };
    if (found.kind !== "ready") return found;
    if (attempts++ === 0) context.progress.blame("timeout", `${selector}: the page has not answered since the action`);
    return act(found.target);
  });
}

/** The act of a command that only waits. */
export const wait = async (_target: Target) => ({ kind: "done" as const, value: null });

type Sighted = { readonly kind: "ready"; readonly target: Target } | Done | Retry | Failure | Gone;

async function seek(context: CommandContext, frame: Frame, sought: Sought, sliceMs: number): Promise<Sighted> {
  const { privacy } = context;
  privacy.question(sought.selector);
  const found = await frame.call("find", sought, sliceMs, privacy.reason !== null);
  if (found.kind === "gone") return found;
  if (found.value.kind === "ready") {
    const { handle, point } = found.value;
    return { kind: "ready", target: { frame, handle, point, around: [] } };
  }
  if (found.value.kind !== "foreign") return found.value;
  const { handle } = found.value;
  return inForeign(context, frame, found.value, async (child, rest) => {
    const inner = await seek(context, child, { ...sought, selector: rest }, sliceMs);
    return inner.kind === "ready" && isPointed(sought) ? fromOutside(frame, handle, inner.target, sought) : inner;
  });
}

/** The target with its point as one of the window around it, once nothing there is in the way. */
async function fromOutside(outer: Frame, frameHandle: number, target: Target, { force }: Sought): Promise<Sighted> {
  if (!target.point) return { kind: "retry", reason: "the element is outside the window", found: true };
  const at = await outer.call("reveal", frameHandle, target.point, force ?? false);
  if (at.kind === "gone") return at;
  return at.value.kind === "at"
    ? { kind: "ready", target: { ...target, point: at.value.point, around: [...target.around, outer] } }
    : at.value;
}

function isPointed({ need }: Sought): boolean {
  return need === "clickable" || need === "hoverable";
}

/** The page script's answer about an element, as an attempt. */
export async function answered<T>(
  asked: Promise<
    Gone | { readonly kind: "value"; readonly value: { readonly kind: "done"; readonly value: T } | Retry | Failure }
  >,
): Promise<Attempt<T>> {
  const answer = await asked;
  return answer.kind === "gone" ? answer : answer.value;
}

/** As {@link answered}, where there is nothing to answer but that it is done. A page that left at the act has had it. */
export async function acted(
  asked: Promise<Gone | { readonly kind: "value"; readonly value: Done | Retry | Failure }>,
): Promise<Attempt<null>> {
  const answer = await asked;
  if (answer.kind === "gone" || answer.value.kind === "done") return { kind: "done", value: null };
  return answer.value;
}
