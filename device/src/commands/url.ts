import { publicUrl } from "../egress/public-url.ts";
import { searchPattern } from "../network/regex.ts";
import type { Reached } from "../page/page.ts";
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
  const { typed } = context.egress;
  // Else it would say whether a guess of what was typed is right.
  const isGuess = typed.holds(exact);
  const whole: Matches = (address, how) => !isGuess && address === typed.matchable(exact, how);
  return arriveAt(context, publicUrl(exact), whole, waitUntil, wanted);
};

type Matches = (address: string, how: "whole" | "open" | "private") => boolean;

/** A pattern is matched against the address as `url` would tell it, so that it cannot spell out what is withheld. */
async function arriveAt(
  context: CommandContext,
  what: string,
  matches: Matches,
  until: Reached,
  question: string,
): Promise<{ url: string }> {
  const { page, privacy, egress, addresses, progress } = context;
  progress.log(`waiting for ${what}`);
  const isThere = async () => {
    const address = page.url();
    progress.log(`the page is at ${publicUrl(address)}`);
    privacy.question(question);
    const isTold = privacy.reason === null && (await progress.race(addresses.tells(address)));
    const how = privacy.reason !== null ? "private" : isTold ? "whole" : "open";
    return page.url() === address && matches(egress.typed.matchable(address, how), how) && page.has(until);
  };
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = page.webview.listen(() => resolve());
    try {
      if (await isThere()) return { url: page.url() };
      await progress.race(promise);
    } finally {
      stop();
    }
  }
}
