import { PassageError } from "@passage/protocol/errors";
import type { Command } from "./command.ts";
import { arrive } from "./navigate.ts";

export const reload: Command<"reload"> = async (context, { waitUntil = "load" }) => {
  const { page, origins } = context;
  origins.demand(page.url());
  return arrive(context, page.url(), waitUntil, () => page.webview.reload());
};

export const goBack: Command<"goBack"> = async (context, { waitUntil = "load" }) => {
  const { page, progress } = context;
  const { previous } = await progress.race(page.webview.history());
  if (previous === null || page.firstEntry === null || previous < page.firstEntry) {
    throw new PassageError("not_actionable", "There is no page before this one that the automation opened");
  }
  return arrive(context, null, waitUntil, () => page.webview.goBack());
};
