import { PassageError } from "@passage/protocol/errors";
import { cutLater } from "../page-script/cut-later.ts";
import type { Command } from "./command.ts";

export const evaluate: Command<"evaluate"> = async (context, { expression }) => {
  const { page, origins, privacy, fresh, progress } = context;
  origins.demand(page.url());
  if (privacy.hadField) throw hadField();
  const outcome = await progress.race(fresh.evaluating(() => page.webview.evaluateApart(expression)));
  switch (outcome.kind) {
    case "value":
      return { value: outcome.value as never };
    case "threw":
      throw new PassageError("evaluate_failed", cutLater(outcome.message, 1000));
    case "gone":
      throw new PassageError("evaluate_failed", "The page navigated before the expression had its value");
    case "unsettled":
      progress.log("the expression's promise never settles");
      return await progress.race(Promise.withResolvers<never>().promise);
  }
};

/** What was typed may still be in the memory of its scripts, which an expression can reach. */
function hadField(): PassageError {
  const message = "This page has had a field for a secret since it was loaded; navigate or reload, then evaluate";
  return new PassageError("blocked_private", message, { details: { reason: "had_sensitive_field" } });
}
