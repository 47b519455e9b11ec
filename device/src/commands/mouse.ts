import { readModifiers } from "../keys.ts";
import type { Point } from "../page-script/api.ts";
import type { Modifier } from "../webview.ts";
import type { Command, CommandContext } from "./command.ts";
import { acted, findAndAct, type Target } from "./find.ts";

export const click: Command<"click"> = async (context, params) => {
  await clickOn(context, params);
  return {};
};

export const hover: Command<"hover"> = async (context, { selector, trial, ...params }) => {
  const { position, force } = params;
  const how = { position, force, modifiers: modifiersOf(context, params.modifiers) };
  const { move } = context.page.webview.trustedInput ?? {};
  await findAndAct(context, { selector, need: "hoverable", position, force }, async ({ frame, handle, point }) => {
    if (trial) return done;
    if (!move || !point) return acted(frame.call("hover", handle, how));
    await move(point, how.modifiers);
    return done;
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
}

/** With trusted input where the host has it, otherwise by script. */
export async function clickOn(context: CommandContext, wanted: ClickWanted): Promise<void> {
  const { selector, position, force, trial, button = "left", clickCount = 1 } = wanted;
  const how = { button, clickCount, modifiers: modifiersOf(context, wanted.modifiers) };
  const input = context.page.webview.trustedInput;
  await findAndAct(context, { selector, need: "clickable", position, force }, async (target: Target) => {
    if (trial) return done;
    if (!input || !target.point) return acted(target.frame.call("click", target.handle, { ...how, position, force }));
    await input.click(target.point, how);
    return done;
  });
}

const done = { kind: "done", value: null } as const;

function modifiersOf({ page }: CommandContext, names: readonly string[] = []): Modifier[] {
  return readModifiers(names, page.webview.userAgent.includes("Mac OS X"));
}
