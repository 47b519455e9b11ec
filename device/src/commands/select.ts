import type { Command } from "./command.ts";
import { answered, findAndAct } from "./find.ts";

export const select: Command<"select"> = async (context, { selector, values, force }) => {
  const chosen = await findAndAct(context, { selector, need: "selectable", force }, ({ frame, handle }) =>
    answered(frame.call("select", handle, values)),
  );
  return { values: chosen ?? [] };
};
