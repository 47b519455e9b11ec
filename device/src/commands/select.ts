import type { Command } from "./command.ts";
import { findAndAct } from "./find.ts";

export const select: Command<"select"> = async (context, { selector, values }) => {
  const chosen = await findAndAct(context, { selector, need: "fillable" }, async (ready) => {
    const outcome = await context.page.call("select", ready.handle, values);
    return outcome.kind === "gone" ? outcome : outcome.value;
  });
  return { values: chosen ?? [] };
};
