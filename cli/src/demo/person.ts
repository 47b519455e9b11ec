import { type BrowserContext, chromium, type Page } from "playwright-core";

/** What the person typed and was given: what must be found nowhere afterwards. */
export interface Secrets {
  readonly password: string;
  readonly code: string;
  /** The values of the cookies that the site gave to their browser. */
  readonly cookies: readonly string[];
}

/** A person of the sandbox's T-Mobile; `passage sandbox users` says what becomes of each. */
export interface SandboxUser {
  readonly user: string;
  readonly password: string;
}

export const goodUser = { user: "user_good", password: "pass_good", code: "123456" } as const;

/** Plays `user_good` in the device's own window, through the browser's debugging port: another program, as a person is. */
export function signInAsGoodUser(cdpPort: number, say: (line: string) => void): Promise<Secrets> {
  return atTheWindow(cdpPort, async (page, context) => {
    await enterPassword(page, goodUser, say);
    await page.check('input[value="sms"]');
    await page.click("button.continue-btn");
    await page.fill("input#confirmcode", goodUser.code);
    const beforeCode = await cookieValues(context);
    await page.click("button.continue-action-btn");
    say("typed the one-time code");
    await page.waitForURL(/\/\/www\./, { waitUntil: "commit" });
    const cookies = new Set([...beforeCode, ...(await cookieValues(context))]);
    return { password: goodUser.password, code: goodUser.code, cookies: [...cookies] };
  });
}

/** Plays a user whom the site asks for a password alone. */
export function signInWithPassword(cdpPort: number, user: SandboxUser, say: (line: string) => void): Promise<void> {
  return atTheWindow(cdpPort, (page) => enterPassword(page, user, say));
}

async function atTheWindow<T>(cdpPort: number, act: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${cdpPort}`);
  try {
    const [context] = browser.contexts();
    if (!context) throw new Error("The device's browser has no window.");
    return await act(context.pages()[0] ?? (await context.waitForEvent("page")), context);
  } finally {
    // Detaches; the window stays the device's.
    await browser.close();
  }
}

async function enterPassword(page: Page, { user, password }: SandboxUser, say: (line: string) => void): Promise<void> {
  await page.fill("input#usernameTextBox", user);
  await page.click("button#lp1-next-btn");
  say(`typed the user name ${user}`);
  await page.fill("input#passwordTextBox", password);
  await page.click("button#lp2-login-btn");
  say("typed the password");
}

/** Long values only: a preference such as "1" is no secret and is found everywhere. */
async function cookieValues(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map((cookie) => cookie.value).filter((value) => value.length >= 16);
}
