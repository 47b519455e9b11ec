import type { Page } from "playwright-core";
import { goodCode, goodPassword } from "../../sandbox/src/users.ts";

/**
 * Signs in by what a person sees and by no name of the page's making: fills the field that shows and presses the button that
 * goes on, until the site is done asking.
 * @param isIn whether this address is behind the sign-in.
 */
export async function signInBySight(
  page: Page,
  user: string,
  isIn: (url: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let asked = ""; !signal.aborted && !isIn(page.url()); await page.waitForTimeout(50)) {
    const method = page.getByText("Sign in with password");
    if (await method.isVisible().catch(() => false)) await method.click({ timeout: 500 }).catch(() => {});
    const fields = await page.locator("input[autocomplete]:visible").all();
    const kinds = await Promise.all(fields.map((field) => field.getAttribute("autocomplete", { timeout: 200 }))).catch(
      () => [],
    );
    const question = `${page.url()} ${kinds.join(" ")}`;
    if (kinds.length === 0 || asked === question) continue;
    const fill = async () => {
      for (const [index, field] of fields.entries())
        await field.fill(typed(kinds[index] ?? "", user), { timeout: 500 });
      await page
        .getByRole("button", { name: /^(next|continue|log ?in|sign in)/i })
        .first()
        .click({ timeout: 1_000 });
    };
    await fill().then(
      () => (asked = question),
      () => {},
    );
  }
}

function typed(autocomplete: string, user: string): string {
  if (autocomplete === "current-password") return goodPassword;
  return autocomplete === "one-time-code" ? goodCode : user;
}
