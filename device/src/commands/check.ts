import { PassageError } from "@passage/protocol/errors";
import type { Command, CommandContext } from "./command.ts";
import { answered, findAndAct } from "./find.ts";
import { type ClickWanted, clickOn } from "./mouse.ts";
import { settle } from "./settle.ts";

export const check: Command<"check"> = (context, params) => setChecked(context, params, true);

export const uncheck: Command<"uncheck"> = (context, params) => setChecked(context, params, false);

/** By a click, as a person does: frameworks take no other change of it. */
async function setChecked(
  context: CommandContext,
  wanted: ClickWanted,
  checked: boolean,
): Promise<Record<string, never>> {
  const before = await stateOf(context, wanted.selector);
  if (before.checked === checked) return {};
  if (before.radio && !checked)
    throw new PassageError("not_actionable", "A radio button cannot be unchecked; check another one of its group");
  const { page } = context;
  const document = page.documentToken;
  await clickOn(context, wanted);
  if (wanted.trial) return {};
  await settle(context);
  // The page acted on the click: the element is gone with its document.
  if (page.documentToken !== document) return {};
  if ((await stateOf(context, wanted.selector)).checked !== checked)
    throw new PassageError("not_actionable", "The click did not change whether it is checked");
  return {};
}

async function stateOf(context: CommandContext, selector: string): Promise<{ checked: boolean; radio: boolean }> {
  const state = await findAndAct(context, { selector, need: "attached" }, ({ frame, handle }) =>
    answered(frame.call("checked", handle)),
  );
  return state ?? { checked: false, radio: false };
}
