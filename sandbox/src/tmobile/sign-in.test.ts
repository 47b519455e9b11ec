import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestBrowser } from "../testing/browser.ts";
import { type RunningSandbox, runSandbox } from "../testing/run-workerd.ts";
import { reachCodePage, signIn, signInPaths } from "../testing/tmobile-visit.ts";
import { goodCode, goodPassword } from "../users.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await runSandbox();
});
afterAll(() => sandbox.stop());

const newBrowser = () => new TestBrowser(sandbox.port);

test("the start page leads through OAuth to the login form", async () => {
  const browser = newBrowser();
  const start = await browser.ask("/account");
  expect(start.status).toBe(302);
  const authorize = new URL(start.location ?? "");
  expect(authorize.host).toBe(`account.t-mobile.localhost:${sandbox.port}`);
  expect(authorize.pathname).toBe("/oauth2/v1/auth");
  expect(authorize.searchParams.get("client_id")).toMatch(/^MYTMO/);
  const form = await browser.open(authorize.href);
  expect(form.url.pathname).toBe("/signin/v2/");
  expect(form.body.match(/type="submit"/g)).toHaveLength(1);
});

test.each([
  ["/account", "/my-account/dashboard"],
  ["/signin", "/my-account/dashboard"],
  ["/bill/historical", "/bill/historical"],
  ["http://t-mobile.localhost/my-account", "/my-account/dashboard"],
])("a sign-in that %s began ends on %s", async (start, end) => {
  const landed = await signIn(newBrowser(), "user_good", start);
  expect(landed.status).toBe(200);
  expect(landed.url.pathname).toBe(end);
});

test.each(["4255550100", "good@example.com"])("user_good may also be typed as %s", async (alias) => {
  const dashboard = await signIn(newBrowser(), alias);
  expect(dashboard.body).toContain('id="logout_desktop"');
  expect(dashboard.body).toContain("account/account-overview");
  expect(dashboard.body).toContain("Bill &amp; pay");
});

test("user_no_mfa needs no code", async () => {
  const browser = newBrowser();
  const { url } = await browser.open("/account");
  await browser.enter(signInPaths.username, "user_no_mfa", url);
  const { page } = await browser.enter(signInPaths.password, goodPassword, url);
  expect((await browser.open(page)).url.pathname).toBe("/my-account/dashboard");
});

test.each([
  ["user_good", "not the password", /incorrect/],
  ["nobody@example.com", goodPassword, /incorrect/],
  ["user_locked", goodPassword, /locked/],
])("%s with %j stays on the password step", async (user, password, message) => {
  const browser = newBrowser();
  const { url } = await browser.open("/account");
  await browser.enter(signInPaths.username, user, url);
  const answer = await browser.enter(signInPaths.password, password, url);
  expect(answer).toEqual({ step: "password", error: expect.stringMatching(message), page: null });
  expect((await browser.open("/account")).url.pathname).toBe("/signin/v2/");
});

test("three wrong codes start the login again", async () => {
  const browser = newBrowser();
  const codePage = await reachCodePage(browser);
  for (const code of ["000000", "111111"]) {
    expect(await browser.enter(signInPaths.code, code, codePage)).toMatchObject({ step: "code", error: /match/ });
  }
  const { step, page } = await browser.enter(signInPaths.code, "222222", codePage);
  expect(step).toBe("username");
  const form = await browser.open(new URL(page, codePage).href);
  expect(form.url.pathname).toBe("/signin/v2/");
  expect(form.body).toContain("Too many incorrect codes");
  expect(await browser.enter(signInPaths.code, goodCode, codePage)).toMatchObject({ step: "username" });
});

test("a code works once, in the browser that asked, with its own state", async () => {
  const browser = newBrowser();
  const codePage = await reachCodePage(browser);
  const { page } = await browser.enter(signInPaths.code, goodCode, codePage);
  const forged = new URL(page);
  forged.searchParams.set("state", "forged");
  expect((await browser.ask(forged.href)).status).toBe(400);
  const stranger = newBrowser();
  await stranger.open("/account");
  expect((await stranger.ask(page)).status).toBe(400);
  expect((await browser.ask(page)).status).toBe(400);

  const callback = await browser.ask(
    (await browser.ask((await browser.ask("/account")).location ?? "")).location ?? "",
  );
  expect(callback.status).toBe(302);
  expect((await browser.ask(callback.url.href)).status).toBe(400);
  const used = new URL(callback.url);
  const fresh = new URL((await browser.ask("/signin")).location ?? "").searchParams.get("state");
  used.searchParams.set("state", fresh ?? "");
  expect((await browser.ask(used.href)).status).toBe(400);
});

test("the account host sends nobody to a foreign site", async () => {
  const url = new URL((await newBrowser().ask("/account")).location ?? "");
  url.searchParams.set("redirect_uri", "http://evil.localhost/oauth/callback");
  expect((await newBrowser().ask(url.href)).status).toBe(400);
});

test("the bare login form leads nowhere", async () => {
  const browser = newBrowser();
  const { url } = await browser.open("http://account.t-mobile.localhost/signin/v2/");
  await browser.enter(signInPaths.username, "user_no_mfa", url);
  const { page } = await browser.enter(signInPaths.password, goodPassword, url);
  const end = await browser.open(new URL(page, url).href);
  expect(end.url.pathname).toBe("/signin/v2/");
  expect(end.body).toContain("You can close this page");
});

test("a browser that is signed in on the account host goes straight back, until it logs out", async () => {
  const browser = newBrowser();
  await signIn(browser);
  expect((await browser.open("/account")).url.pathname).toBe("/my-account/dashboard");
  expect((await browser.open("http://account.t-mobile.localhost/home/dashboard")).url.pathname).toBe(
    "/my-account/dashboard",
  );
  const home = await browser.open("/logout");
  expect([home.status, home.url.pathname]).toEqual([200, "/"]);
  expect((await browser.open("/account")).url.pathname).toBe("/signin/v2/");
});

test("a sign-in goes on after the process was killed", async () => {
  const browser = newBrowser();
  const codePage = await reachCodePage(browser, "user_good", "/bill/summary");
  await sandbox.crash();
  const { page } = await browser.enter(signInPaths.code, goodCode, codePage);
  expect((await browser.open(page)).url.pathname).toBe("/bill/summary");
  await sandbox.crash();
  expect((await browser.open("/account")).url.pathname).toBe("/my-account/dashboard");
});

test("nothing typed and no cookie is stored, logged or printed", async () => {
  const browser = newBrowser();
  const codePage = await reachCodePage(browser);
  const { page } = await browser.enter(signInPaths.code, goodCode, codePage);
  const callback = new URL(page).searchParams;
  await browser.open(page);
  const badJson = { method: "POST", body: goodPassword, headers: { "content-type": "application/json" } };
  expect((await browser.ask("http://account.t-mobile.localhost/signin/v2/password", badJson)).status).toBe(400);

  const files = await readdir(sandbox.dataFolder, { recursive: true, withFileTypes: true });
  const stored = await Promise.all(
    files.filter((f) => f.isFile()).map((f) => readFile(join(f.parentPath, f.name), "latin1")),
  );
  const log = (await browser.ask("http://sandbox.localhost/log")).body;
  const kept = [...stored, log, sandbox.printed()].join("\n");
  expect(kept).toContain("/signin/v2/password");
  expect(browser.cookieValues.size).toBeGreaterThan(2);
  expect(stored.join()).toContain("user_good");
  const secrets = [
    goodPassword,
    goodCode,
    callback.get("code") ?? "",
    callback.get("state") ?? "",
    ...browser.cookieValues,
  ];
  for (const secret of secrets) {
    expect(kept.includes(secret), "a secret was kept").toBe(false);
  }
});
