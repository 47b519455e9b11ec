import { matchable, publicUrl } from "../egress/public-url.ts";
import { searchPattern } from "../pattern.ts";
import type { Command, CommandContext } from "./command.ts";

export const url: Command<"url"> = async (context) => ({ url: tellable(context) });

export const waitForNavigation: Command<"waitForNavigation"> = async (context, { urlPattern }) => {
  const { page, privacy, progress } = context;
  const matches = searchPattern(urlPattern);
  progress.log(`waiting for a URL that matches ${urlPattern}`);
  await page.when(progress, () => {
    progress.log(`the page is at ${publicUrl(page.url())}`);
    privacy.question(urlPattern);
    return matches(privacy.reason ? matchable(page.url()) : page.url());
  });
  return { url: tellable(context) };
};

/** Elsewhere than on the session's own origins only the place is told: a query there is not the session's business. */
function tellable({ page, origins }: CommandContext): string {
  return origins.allows(page.url()) ? page.url() : publicUrl(page.url());
}
