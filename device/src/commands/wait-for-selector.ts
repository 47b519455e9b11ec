import type { Command } from "./command.ts";
import { findAndAct, wait } from "./find.ts";

export const waitForSelector: Command<"waitForSelector"> = async (context, { selector, state }) => {
  await findAndAct(context, { selector, need: state ?? "visible" }, wait, { anyOrigin: true });
  return {};
};
