import { goodCode, goodPassword } from "../users.ts";
import type { Answer, Ask, TestBrowser } from "./browser.ts";

export const signInPaths = {
  username: "/signin/v2/username",
  password: "/signin/v2/password",
  choose: "/sap/v2/actions/choosemethod",
  code: "/sap/v2/actions/confirmcode",
};

/** Goes from a protected page to the code page, as `user_good` or another user with a code. */
export async function reachCodePage(browser: TestBrowser, user = "user_good", start = "/account"): Promise<URL> {
  const { url } = await browser.open(start);
  await browser.enter(signInPaths.username, user, url);
  await browser.enter(signInPaths.password, goodPassword, url);
  const { page } = await browser.enter(signInPaths.choose, "sms", url);
  return new URL(page, url);
}

/** The whole sign-in. The answer is the page that it ends on. */
export async function signIn(browser: TestBrowser, user = "user_good", start = "/account"): Promise<Answer> {
  const codePage = await reachCodePage(browser, user, start);
  const { page } = await browser.enter(signInPaths.code, goodCode, codePage);
  return browser.open(page);
}

/** A billing call as the page `from` makes it. */
export function billingCall(browser: TestBrowser, from: Answer, path: string, body: string, ask: Ask = {}) {
  const type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
  const headers = { "content-type": type, referer: from.url.href, ...ask.headers };
  return browser.ask(new URL(path, from.url).href, { ...ask, method: "POST", body, headers });
}
