import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { escapePattern } from "../pattern.ts";

/**
 * Opens the orders and waits until the person has signed in. The sign-in is on another site, so the address alone tells; a
 * session that the site renews on its own passes through there too, and comes back without the person.
 */
export async function openOrders(page: Page): Promise<void> {
  const site = escapePattern(page.siteUrl("https://www.ubereats.com"));
  const outcome = await arrive(page, `^${site}/([a-z]{2}(-[a-z]{2})?/)?orders(/|$|\\?)`);
  if (!outcome.matched) throw failure("user_gave_up", "The sign-in to Uber Eats was given up before it was complete.");
}

async function arrive(page: Page, pattern: string) {
  await page.navigate({ url: page.siteUrl("https://www.ubereats.com/orders") });
  return page.yieldToUser({
    status: { heading: "Sign in to Uber Eats" },
    conditions: [{ type: "url", pattern }],
  });
}
