import { PassageError } from "@passage/protocol/errors";
import type { Frame } from "../frame.ts";
import { readKey, readText } from "../keys.ts";
import type { Keystroke } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct } from "./find.ts";
import type { Attempt } from "./persist.ts";

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

/** Copies, cuts or pastes. The clipboard outlives the private phase, and may hold what the person copied elsewhere. */
function usesClipboard({ code, modifiers }: Keystroke): boolean {
  const has = (...names: readonly string[]) => modifiers.some((one) => names.includes(one));
  if (has("Control", "Meta") && /^(KeyC|KeyX|KeyV|Insert)$/.test(code)) return true;
  return has("Shift") && /^(Insert|Delete)$/.test(code);
}

function noClipboard(key: string): PassageError {
  const message = `${key} would use the clipboard, which is the person's; use fill, or read with textContent`;
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
  if (trustedInput?.press) await trustedInput.press(stroke, holdMs);
  else await frame.call("press", stroke, holdMs);
}

async function insert({ page }: CommandContext, frame: Frame, text: string): Promise<void> {
  const { trustedInput } = page.webview;
  if (trustedInput?.insertText) await trustedInput.insertText(text);
  else await frame.call("insertText", text);
}

/** Acts once the element has the focus: keys that went elsewhere could do anything. */
async function focused(context: CommandContext, selector: string, act: (frame: Frame) => Promise<void>): Promise<void> {
  await findAndAct(context, { selector, need: "attached" }, async ({ frame, handle }): Promise<Attempt<null>> => {
    const asked = await frame.call("focus", handle);
    if (asked.kind === "gone") return asked;
    if (asked.value.kind === "retry") return asked.value;
    await act(frame);
    return { kind: "done", value: null };
  });
}
