import type { Command } from "./command.ts";
import { answered, findAndAct } from "./find.ts";

export const select: Command<"select"> = async (context, { selector, values, force }) => {
  const chosen = await findAndAct<readonly string[]>(
    context,
    { selector, need: "selectable", force },
    async ({ frame, handle }) => {
      const attempt = await answered(frame.call("select", handle, values));
      // A page that left at the change has had it.
      return attempt.kind === "gone" ? { kind: "done", value: values } : attempt;
    },
  );
  return { values: [...(chosen ?? [])] };
};
