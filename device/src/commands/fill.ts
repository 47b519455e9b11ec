import type { FieldKind } from "@passage/protocol/steps";
import type { NavigationToken } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct, type Target } from "./find.ts";
import { strike, typeText } from "./keyboard.ts";
import { readKey } from "./keyboard-layout.ts";

export const fill: Command<"fill"> = async (context, { selector, value, force }) => {
  await fillIn(context, selector, value, force);
  return {};
};

export const clear: Command<"clear"> = async (context, { selector, force }) => {
  await fillIn(context, selector, "", force);
  return {};
};

/**
 * As `fill`. A field that does not hold exactly the value afterwards, as fields of the kind write it, is `not_actionable`.
 * @returns the document that it was filled in
 */
export async function fillExactly(
  context: CommandContext,
  { selector, value, kind }: { readonly selector: string; readonly value: string; readonly kind: FieldKind },
): Promise<NavigationToken | null> {
  return fillIn(context, selector, value, undefined, kind);
}

async function fillIn(
  context: CommandContext,
  selector: string,
  value: string,
  force?: boolean,
  kind: FieldKind | null = null,
): Promise<NavigationToken | null> {
  let document: NavigationToken | null = null;
  await findAndAct(context, { selector, need: "fillable", force }, async (target) => {
    const { frame, handle } = target;
    document = context.page.documentToken;
    const filled = await acted(frame.call("fill", handle, value));
    if (filled.kind !== "done") return filled;
    // A question of its own: by then the page's framework has drawn again.
    const holds = await frame.call("holds", handle, value, kind);
    if (holds.kind === "value" && !holds.value) await retype(context, target, value);
    if (kind === null) return filled;
    const kept = await frame.call("holds", handle, value, kind);
    if (kept.kind !== "value" || kept.value) return filled;
    return {
      kind: "failed",
      code: "not_actionable",
      message: "The field does not hold exactly the value that was typed",
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
