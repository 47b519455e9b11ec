import { publicUrl } from "../egress/public-url.ts";
import type { Reached } from "../page.ts";
import { searchPattern } from "../pattern.ts";
import type { Command, CommandContext } from "./command.ts";

export const url: Command<"url"> = async ({ page }) => ({ url: page.url() });

export const waitForNavigation: Command<"waitForNavigation"> = (context, { urlPattern, waitUntil = "commit" }) =>
  arriveAt(context, `a URL that matches ${urlPattern}`, searchPattern(urlPattern), waitUntil, urlPattern);

export const waitForURL: Command<"waitForURL"> = (context, { url: wanted, waitUntil = "load" }) => {
  if (typeof wanted !== "string")
    return arriveAt(
      context,
      `a URL that matches ${wanted.pattern}`,
      searchPattern(wanted.pattern),
      waitUntil,
      wanted.pattern,
    );
  const exact = URL.parse(wanted)?.href ?? wanted;
  const { privacy, egress } = context;
  // Else it would say whether a guess of what was typed is right.
  const isGuess = egress.typed.holds(exact);
  const whole = (address: string) => !isGuess && address === egress.typed.matchable(exact, privacy.reason !== null);
  return arriveAt(context, publicUrl(exact), whole, waitUntil, wanted);
};

async function arriveAt(
  context: CommandContext,
  what: string,
  matches: (url: string) => boolean,
  until: Reached,
  question: string,
): Promise<{ url: string }> {
  const { page, privacy, egress, progress } = context;
  progress.log(`waiting for ${what}`);
  await page.when(progress, () => {
    progress.log(`the page is at ${publicUrl(page.url())}`);
    privacy.question(question);
    return matches(egress.typed.matchable(page.url(), privacy.reason !== null)) && page.has(until);
  });
  return { url: page.url() };
}
