import type { Command } from "./command.ts";
import { findAndAct } from "./find.ts";

export const fill: Command<"fill"> = async (context, { selector, value }) => {
  await findAndAct(context, { selector, need: "fillable" }, async (ready) => {
    const filled = await context.page.call("fill", ready.handle, value);
    if (filled.kind === "gone") return filled;
    return filled.value.kind === "done" ? { kind: "done", value: null } : filled.value;
  });
  return {};
};
