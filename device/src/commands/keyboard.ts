import { PassageError } from "@passage/protocol/errors";
import type { Frame } from "../page/frame.ts";
import type { Done, Failure } from "../page-script/api.ts";
import type { Keystroke } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct } from "./find.ts";
import { readKey, readText } from "./keyboard-layout.ts";
import { type Attempt, failureError, type Gone } from "./persist.ts";

export const focus: Command<"focus"> = async (context, { selector }) => {
  await findAndAct(context, { selector, need: "attached" }, ({ frame, handle }) => acted(frame.call("focus", handle)));
  return {};
};

export const press: Command<"press"> = async (context, { selector, key, delay = 0 }) => {
  const { page, origins, progress } = context;
  const stroke = readKey(key, page.webview.userAgent.includes("Mac OS X"));
  if (usesClipboard(stroke)) throw noClipboard(key);
  if (selector === undefined) {
    origins.demand(page.url());
    await progress.race(strike(context, page.mainFrame, stroke, delay));
    return {};
  }
  await focused(context, selector, (frame) => strike(context, frame, stroke, delay));
  return {};
};

/**
 * Copies, cuts or pastes; on a Mac Control with K and Y too, which cut and paste beside the clipboard. What is kept there outlives
 * the private phase, and may be what the person copied elsewhere.
 */
function usesClipboard({ key, code, modifiers }: Keystroke): boolean {
  const has = (...names: readonly string[]) => modifiers.some((one) => names.includes(one));
  if (/^(Copy|Cut|Paste)$/.test(key)) return true;
  if (has("Control", "Meta") && /^(KeyC|KeyX|KeyV|KeyK|KeyY|Insert)$/.test(code)) return true;
  return has("Shift") && /^(Insert|Delete)$/.test(code);
}

/** What would use the clipboard is not there for an automation. */
export function noClipboard(what: string): PassageError {
  const message = `${what} is not available: it would use the clipboard or the selection, which are the person's; use fill, or read with textContent`;
  return new PassageError("blocked_private", message, { details: { reason: "clipboard" } });
}

export const type: Command<"type"> = async (context, { selector, text, delay = 0 }) => {
  await focused(context, selector, (frame) => typeText(context, frame, text, delay));
  return {};
};

/** Key by key, where the focus is. */
export async function typeText(context: CommandContext, frame: Frame, text: string, delayMs: number): Promise<void> {
  const { progress, page, origins } = context;
  for (const [index, stroke] of readText(text).entries()) {
    if (delayMs > 0 && index > 0) await progress.pause(delayMs);
    // A key may lead elsewhere, and what follows is not for that place.
    origins.demand(page.url());
    if (typeof stroke === "string") await progress.race(insert(context, frame, stroke));
    else await progress.race(strike(context, frame, stroke, 0));
  }
}

/** A page that leaves at the key has had it. */
export async function strike({ page }: CommandContext, frame: Frame, stroke: Keystroke, holdMs: number): Promise<void> {
  const { trustedInput } = page.webview;
  if (!trustedInput?.press) return demandDone(frame.call("press", stroke, holdMs));
  await demandDone(frame.call("announceKeys", [...stroke.modifiers.map((name) => `${name}Left`), stroke.code]));
  await trustedInput.press(stroke, holdMs);
}

async function insert({ page }: CommandContext, frame: Frame, text: string): Promise<void> {
  const { trustedInput } = page.webview;
  if (!trustedInput?.insertText) return demandDone(frame.call("insertText", text));
  await demandDone(frame.call("announceKeys", [`text:${text}`]));
  await trustedInput.insertText(text);
}

/** @throws `blocked_private` when what has the focus is not the automation's to type in. */
async function demandDone(asked: Promise<Gone | { readonly kind: "value"; readonly value: Done | Failure }>) {
  const answer = await asked;
  if (answer.kind === "value" && answer.value.kind === "failed") throw failureError(answer.value);
}

/** Acts once the element has the focus: keys that went elsewhere could do anything. */
async function focused(context: CommandContext, selector: string, act: (frame: Frame) => Promise<void>): Promise<void> {
  await findAndAct(context, { selector, need: "attached" }, async ({ frame, handle }): Promise<Attempt<null>> => {
    const asked = await frame.call("focus", handle);
    if (asked.kind === "gone") return asked;
    if (asked.value.kind !== "done") return asked.value;
    await act(frame);
    return { kind: "done", value: null };
  });
}
