import { readKey } from "../keys.ts";
import type { NavigationToken } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct, type Target } from "./find.ts";
import { strike, typeText } from "./keyboard.ts";

export const fill: Command<"fill"> = async (context, { selector, value, force }) => {
  await fillIn(context, selector, value, force);
  return {};
};

export const clear: Command<"clear"> = async (context, { selector, force }) => {
  await fillIn(context, selector, "", force);
  return {};
};

/**
 * As `fill`. With `whole`, a field that does not hold all of the value afterwards, cut or not, is `not_actionable`.
 * @returns the document that it was filled in
 */
export async function fillWhole(
  context: CommandContext,
  { selector, value, whole }: { readonly selector: string; readonly value: string; readonly whole: boolean },
): Promise<NavigationToken | null> {
  return fillIn(context, selector, value, undefined, whole);
}

async function fillIn(
  context: CommandContext,
  selector: string,
  value: string,
  force?: boolean,
  whole = false,
): Promise<NavigationToken | null> {
  let document: NavigationToken | null = null;
  await findAndAct(context, { selector, need: "fillable", force }, async (target) => {
    const { frame, handle } = target;
    document = context.page.documentToken;
    const filled = await acted(frame.call("fill", handle, value));
    if (filled.kind !== "done") return filled;
    // A question of its own: by then the page's framework has drawn again.
    const holds = await frame.call("holds", handle, value);
    if (holds.kind === "value" && !holds.value) await retype(context, target, value);
    if (!whole) return filled;
    const kept = await frame.call("holds", handle, value, true);
    if (kept.kind !== "value" || kept.value) return filled;
    return {
      kind: "failed",
      code: "not_actionable",
      message: "The field does not hold the whole value that was typed",
    };
  });
  return document;
}

/** For masked inputs, which build their value from keys. */
async function retype(context: CommandContext, { frame, handle }: Target, value: string): Promise<void> {
  context.progress.log("the field made something else of the value; typing it key by key");
  const selected = await frame.call("selectText", handle);
  if (selected.kind === "gone" || selected.value.kind !== "done") return;
  await strike(context, frame, readKey("Backspace", false), 0);
  await typeText(context, frame, value, 0);
}
