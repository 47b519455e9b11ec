import { failure } from "../failure.ts";
import type { Page } from "../page.ts";
import { escapePattern } from "../pattern.ts";

/** Opens the account and waits until the person has signed in. The login form wins over the URL: /account is its entry too. */
export async function signIn(page: Page): Promise<void> {
  await page.updateStatus({ heading: "Opening T-Mobile", progress: 0.1 });
  await page.navigate({ url: page.siteUrl("https://www.t-mobile.com/account") });
  const site = escapePattern(page.siteUrl("https://www.t-mobile.com"));
  const outcome = await page.yieldToUser({
    status: { heading: "Sign in to T-Mobile" },
    match: "all",
    conditions: [
      { type: "url", pattern: `^${site}/(my-account|bill|account)(/|$|\\?)` },
      { type: "selector", selector: "input#usernameTextBox", state: "hidden" },
      { type: "selector", selector: "input#passwordTextBox", state: "hidden" },
    ],
  });
  if (!outcome.matched) throw failure("user_gave_up", "The sign-in to T-Mobile was given up before it was complete.");
}
