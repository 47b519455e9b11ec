import type { Command } from "./command.ts";
import { acted, findAndAct } from "./find.ts";

export const setInputFiles: Command<"setInputFiles"> = async (context, { selector, files }) => {
  await findAndAct(context, { selector, need: "attached" }, ({ frame, handle }) =>
    acted(frame.call("setFiles", handle, files)),
  );
  return {};
};
