import { type BrowserContext, chromium } from "playwright-core";

/** What the person typed and was given: what must be found nowhere afterwards. */
export interface Secrets {
  readonly password: string;
  readonly code: string;
  /** The values of the cookies that the site gave to their browser. */
  readonly cookies: readonly string[];
}

export const goodUser = { user: "user_good", password: "pass_good", code: "123456" } as const;

/** Plays `user_good` in the device's own window, through the browser's debugging port: another program, as a person is. */
export async function signInAsGoodUser(cdpPort: number, say: (line: string) => void): Promise<Secrets> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${cdpPort}`);
  try {
    const [context] = browser.contexts();
    if (!context) throw new Error("The device's browser has no window.");
    const page = context.pages()[0] ?? (await context.waitForEvent("page"));
    await page.fill("input#usernameTextBox", goodUser.user);
    await page.click("button#lp1-next-btn");
    say(`typed the user name ${goodUser.user}`);
    await page.fill("input#passwordTextBox", goodUser.password);
    await page.click("button#lp2-login-btn");
    say("typed the password");
    await page.check('input[value="sms"]');
    await page.click("button.continue-btn");
    await page.fill("input#confirmcode", goodUser.code);
    const beforeCode = await cookieValues(context);
    await page.click("button.continue-action-btn");
    say("typed the one-time code");
    await page.waitForURL(/\/\/www\./, { waitUntil: "commit" });
    const cookies = new Set([...beforeCode, ...(await cookieValues(context))]);
    return { password: goodUser.password, code: goodUser.code, cookies: [...cookies] };
  } finally {
    // Detaches; the window stays the device's.
    await browser.close();
  }
}

/** Long values only: a preference such as "1" is no secret and is found everywhere. */
async function cookieValues(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map((cookie) => cookie.value).filter((value) => value.length >= 16);
}
