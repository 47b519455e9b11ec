import type { CommandName } from "@passage/protocol/commands";
import type { Command, CommandContext } from "./command.ts";

/** The command, and then the wait for the document of a navigation that it has started. */
export function settling<Name extends CommandName>(command: Command<Name>): Command<Name> {
  return async (context, params) => {
    const result = await command(context, params);
    await settle(context);
    return result;
  };
}

/** What is asked next is meant for the page that the action leads to. A download or status 204 leads to none. */
export async function settle({ page, progress }: CommandContext): Promise<void> {
  progress.blame("timeout", "The page that the action leads to has not answered since the action");
  // While a navigation is under way, a host may answer nothing for the old document.
  await Promise.race([progress.race(page.webview.settled()), page.when(progress, () => page.leaving)]);
  if (!page.leaving) return;
  progress.log("waiting for the page that the action leads to");
  await page.when(progress, () => !page.leaving);
}
