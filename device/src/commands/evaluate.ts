import { PassageError } from "@passage/protocol/errors";
import type { Command } from "./command.ts";

export const evaluate: Command<"evaluate"> = async ({ page, origins, progress }, { expression }) => {
  origins.demand(page.url());
  const outcome = await progress.race(page.webview.evaluate(expression));
  switch (outcome.kind) {
    case "value":
      return { value: outcome.value as never };
    case "threw":
      throw new PassageError("evaluate_failed", outcome.message);
    case "gone":
      throw new PassageError("evaluate_failed", "The page navigated before the expression had its value");
    case "unsettled":
      progress.log("the expression's promise never settles");
      return await progress.race(Promise.withResolvers<never>().promise);
  }
};
