import { PassageError } from "@passage/protocol/errors";
import type { Done, Failure, Ready, Retry, Sought } from "../page-script/api.ts";
import type { CommandContext } from "./command.ts";

/** The page looks for so long before it says what it is waiting for. */
const longestSliceMs = 1_000;

/**
 * Looks for the element until it is as needed, then acts on it; both again when the page took the element away between.
 * The wait lives here and not in the page: it goes on in whatever document comes next.
 */
export async function findAndAct<T>(
  { page, origins, privacy, progress }: CommandContext,
  sought: Sought,
  act: (ready: Ready) => Promise<{ kind: "gone" } | Retry | Failure | { kind: "done"; value: T }>,
  options: { readonly anyOrigin?: boolean } = {},
): Promise<T | null> {
  progress.log(`waiting for selector ${sought.selector} (${sought.need})`);
  for (let slice = 50; ; slice *= 2) {
    if (!options.anyOrigin) origins.demand(page.url());
    if (!origins.allows(page.url())) {
      progress.log("the page is at an origin outside this session; waiting for it to come back");
      await progress.pause(50);
      continue;
    }
    privacy.question(sought.selector);
    const sliceMs = Math.min(slice, longestSliceMs, Math.max(20, progress.remainingMs / 2));
    const found = await progress.race(page.call("find", sought, sliceMs, privacy.reason !== null));
    const outcome = found.kind === "gone" ? found : found.value;
    if (outcome.kind === "done") return null;
    const acted: { kind: "gone" } | Retry | Failure | Done | { kind: "done"; value: T } =
      outcome.kind === "ready" ? await progress.race(act(outcome)) : outcome;
    switch (acted.kind) {
      case "done":
        return "value" in acted ? acted.value : null;
      case "failed":
        throw new PassageError(acted.code, acted.message, acted.matches && { details: { matches: acted.matches } });
      case "gone":
        progress.blame("timeout", `${sought.selector}: the page keeps changing`);
        progress.log("the page is changing; looking again in the next document");
        await progress.pause(20);
        break;
      case "retry":
        progress.log(acted.reason);
        if (acted.found && act !== wait) progress.blame("not_actionable", `${sought.selector}: ${acted.reason}`);
        else progress.blame("timeout", `${sought.selector}: ${acted.reason}`);
    }
  }
}

/** The act of a command that only waits. */
export const wait = async (_ready: Ready) => ({ kind: "done" as const, value: null });
