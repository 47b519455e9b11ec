import type { Point } from "../page-script/api.ts";
import type { Modifier } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct, type Target } from "./find.ts";
import { noClipboard } from "./keyboard.ts";
import { readModifiers } from "./keyboard-layout.ts";
import type { Attempt } from "./persist.ts";

export const click: Command<"click"> = async (context, params) => {
  await clickOn(context, params);
  return {};
};

export const hover: Command<"hover"> = async (context, { selector, trial, ...params }) => {
  const { position, force } = params;
  const how = { position, force, modifiers: modifiersOf(context, params.modifiers) };
  const { move } = context.page.webview.trustedInput ?? {};
  await findAndAct(context, { selector, need: "hoverable", position, force }, async (target) => {
    const { frame, handle, point } = target;
    if (trial) return done;
    if (!move || !point) return acted(frame.call("hover", handle, how));
    const pointing = () => move(point, how.modifiers);
    return force ? pointing().then(() => done) : proven(target, "hover", pointing);
  });
  return {};
};

export interface ClickWanted {
  readonly selector: string;
  readonly position?: Point | undefined;
  readonly force?: boolean | undefined;
  readonly trial?: boolean | undefined;
  readonly modifiers?: readonly string[] | undefined;
  readonly button?: "left" | "middle" | "right" | undefined;
  readonly clickCount?: number | undefined;
  /**
   * The press is the one that was armed (`PageApi.armCommit`), and is made once: when it reached nothing that is known, it may still
   * come. Called right before it; rejects where it may not be made.
   */
  readonly commit?: (() => Promise<void>) | undefined;
}

/** With trusted input where the host has it, otherwise by script. */
export async function clickOn(context: CommandContext, wanted: ClickWanted): Promise<void> {
  const { selector, position, force, trial, button = "left", clickCount = 1 } = wanted;
  // On Linux it pastes what was selected last, in whatever program.
  if (button === "middle") throw noClipboard("The middle button");
  const how = { button, clickCount, modifiers: modifiersOf(context, wanted.modifiers) };
  const input = context.page.webview.trustedInput;
  await findAndAct(context, { selector, need: "clickable", position, force }, async (target: Target) => {
    if (trial) return done;
    if (wanted.commit) return committed(context, target, wanted.commit);
    if (!input || !target.point) return acted(target.frame.call("click", target.handle, { ...how, position, force }));
    const clicking = () => input.click(target.point as Point, how);
    return force ? forced(target, clickCount, clicking) : proven(target, "click", clicking, clickCount);
  });
}

/** The press of a commit. It is made in the main document, since nobody sees two documents at one moment. */
async function committed(
  { page }: CommandContext,
  target: Target,
  demand: () => Promise<void>,
): Promise<Attempt<null>> {
  const { frame, handle, point } = target;
  if (frame !== page.mainFrame)
    return unpressed("A commit's button is in the page itself, not in a frame of another origin");
  await demand();
  const input = page.webview.trustedInput;
  const how = { button: "left" as const, clickCount: 1, modifiers: [] };
  if (!input || !point) return acted(frame.call("click", handle, { ...how, commit: true }));
  let isDown = false;
  const goesOn = async () => {
    const pressed = await frame.call("pressed");
    isDown = pressed.kind === "value" && pressed.value;
    return isDown;
  };
  const attempt = await proven(target, "click", () => input.click(point, how, goesOn), 1, true);
  if (attempt.kind === "retry") return unpressed(attempt.reason);
  return attempt.kind === "done" && !isDown ? unpressed("The page went on before the button was pressed") : attempt;
}

function unpressed(message: string): Attempt<null> {
  return { kind: "failed", code: "not_actionable", message };
}

/** Acts on the place, whatever is there. */
async function forced({ frame, handle }: Target, presses: number, act: () => Promise<void>): Promise<Attempt<null>> {
  const announced = await frame.call("announcePresses", handle, presses);
  if (announced.kind === "gone") return announced;
  if (announced.value.kind !== "done") return announced.value;
  await act();
  return done;
}

/** Acts, and is done only when the element has received the event. A document that left at the act has had it. */
async function proven(
  { frame, handle, around }: Target,
  kind: "click" | "hover",
  act: () => Promise<void>,
  presses = 0,
  commit = false,
): Promise<Attempt<null>> {
  for (const outer of around) await outer.call("expectHit", null, kind);
  const expected = await frame.call("expectHit", handle, kind, presses, commit);
  if (expected.kind === "gone") return expected;
  if (expected.value.kind !== "done") return expected.value;
  await act();
  const heard = await frame.call("received", handle);
  const elsewhere = await Promise.all(around.map((outer) => outer.call("received", null)));
  if (heard.kind === "gone" || (heard.value.kind === "done" && heard.value.value)) return done;
  for (const asked of [heard, ...elsewhere])
    if (asked.kind === "value" && asked.value.kind === "retry") return asked.value;
  // A mouse that was there already does not move.
  if (kind === "hover") return done;
  const reason =
    "the click was sent to the element's place and reached neither the element nor anything else in the page";
  return { kind: "retry", reason, found: true };
}

const done = { kind: "done", value: null } as const;

function modifiersOf({ page }: CommandContext, names: readonly string[] = []): Modifier[] {
  return readModifiers(names, page.webview.userAgent.includes("Mac OS X"));
}
