import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildClaimPage } from "../../build.ts";
import { scenes } from "./testing/scenes.ts";
import { code, details, type PlayedServer, startServer } from "./testing/server.ts";

let browser: Browser;
let server: PlayedServer;
let folder: string;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "claim-"));
  await buildClaimPage(folder);
  server = await startServer(folder);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}, 20_000);
afterAll(async () => {
  await browser?.close();
  await server?.down();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  // A refused or broken request is what some tests are about; everything else on the console is a fault.
  page.on("console", (message) => {
    if (!/Failed to load resource|WebSocket connection/.test(message.text())) complaints.push(message.text());
  });
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

const open = (path = `/claim?code=${code}`) => page.goto(server.url + path);
const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const step = (name: string) => page.locator("[aria-current=step] .label", { hasText: name }).waitFor();
const said = () => page.locator("#announcement").textContent();

test.each(scenes)(
  "$name is shown, narrow and wide, without a sideways scroll",
  async ({ name, heading: expected, play }) => {
    play(server);
    await page.setViewportSize({ width: 360, height: 740 });
    await open();
    await heading(expected);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
    }
    expect(await page.title()).toMatch(/.+ · Passage$/);
    expect(await page.title()).not.toContain(code);
    expect(await page.locator("b").count()).toBe(0);
  },
);

test("it follows a link to its end, aloud, and then leaves the server alone", async () => {
  server.play(details, { status: "pending" });
  await open();
  await step("Waiting for a device");
  expect(await said()).toContain("Waiting for a device");
  await page.locator("#copy").focus();
  server.push({ status: "active", step: "working" });
  await step("Connected, working");
  expect(await page.locator("#ways").isHidden()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("heading");
  server.push({ status: "active", step: "waiting_for_user" });
  await step("Your turn");
  await expect.poll(() => page.title()).toBe("Your turn: sign in · Passage");
  expect(await said()).toContain("Your turn");
  server.push({ status: "active", step: "working" });
  await step("Connected, working");
  expect(await page.locator("#steps li[data-progress=done]").count()).toBe(2);
  server.push({ status: "complete" });
  await heading("Done");
  await expect.poll(() => server.sockets.size).toBe(0);
});

test("after a failure the same link can be tried again", async () => {
  server.play(details, { status: "pending" });
  await open();
  await step("Waiting for a device");
  server.push({ status: "failed", error: { code: "CONNECTION_FAILED", message: "secret words" } });
  await heading("This attempt did not work");
  expect(await page.locator("main").textContent()).not.toContain("secret words");
  expect(await page.locator("#notice").isHidden()).toBe(true);
  expect(await page.locator("#command").textContent()).toBe(`npx @passage/cli open "${server.url}/claim?code=${code}"`);
  server.play({ ...details, status: "active" }, { status: "active", step: "working" });
  await step("Connected, working");
});

test("it says that the server is away, and comes back by itself", async () => {
  server.play(details, { status: "pending" });
  await open();
  await step("Waiting for a device");
  await server.down();
  await page.locator("#notice").waitFor();
  expect(await said()).toContain("No connection to the server");
  server.play({ ...details, status: "active" }, { status: "active", step: "waiting_for_user" });
  await server.up();
  await step("Your turn");
  await page.locator("#notice").waitFor({ state: "hidden" });
});

test("it reports a network that went away at once", async () => {
  server.play(details, { status: "pending" });
  await open();
  await step("Waiting for a device");
  await context.setOffline(true);
  await page.locator("#notice").waitFor();
  await context.setOffline(false);
  await page.locator("#notice").waitFor({ state: "hidden" });
});

test("it goes back to the app after a countdown, without telling the code", async () => {
  await page.clock.install();
  server.play({ ...details, returnUrl: `${server.url}/back?a=b%20c` }, { status: "complete" });
  await open();
  await page.getByText("Taking you there in 5 s").waitFor();
  await page.clock.runFor(2_000);
  await page.getByText("Taking you there in 3 s").waitFor();
  await page.clock.runFor(3_000);
  await page.waitForURL(`${server.url}/back?a=b%20c&linkId=link_1&status=complete`);
  expect(server.seen.find(({ url }) => url.startsWith("/back"))).toMatchObject({ referer: undefined });
  expect(server.seen.filter(({ referer }) => referer)).toEqual([]);
});

test("the countdown can be stopped by keyboard, and the way back stays", async () => {
  await page.clock.install();
  server.play({ ...details, returnUrl: `${server.url}/back` }, { status: "complete" });
  await open();
  await page.getByRole("button", { name: "Stay here" }).press("Enter");
  await page.clock.runFor(10_000);
  expect(page.url()).toContain("/claim");
  expect(await page.locator("#stay").isHidden()).toBe(true);
  await page.getByRole("link", { name: "Back to Budget Buddy" }).click();
  await page.waitForURL(`${server.url}/back?linkId=link_1&status=complete`);
});

test("the command is copied, or selected where the clipboard is closed", async () => {
  server.play(details, { status: "pending" });
  await open();
  const command = `npx @passage/cli open "${server.url}/claim?code=${code}"`;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);

  await page.evaluate(() => {
    getSelection()?.removeAllRanges();
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Selected: press").waitFor();
  expect(await page.evaluate(() => String(getSelection()))).toBe(command);
});

test.each(["", "?code=", "?code=psg_test_x", "?code=clm_x;rm%20-rf%20~", "?code=clm_$(x)"])(
  "/claim%s is an unknown link, and nothing is asked",
  async (query) => {
    const before = server.seen.length;
    await open(`/claim${query}`);
    await heading("This link does not exist");
    expect(server.seen.slice(before).filter(({ url }) => !url.startsWith("/claim"))).toEqual([]);
    expect(await page.locator("#command").textContent()).toBe("");
  },
);

test("[N13] a name from outside stands in an element of its own direction", async () => {
  const name = "\u05e9\u05dc\u05d5\u05dd EVIL Bank";
  server.play({ ...details, requestedBy: name.replace(" ", "\u202e ") }, { status: "pending" });
  await open();
  await heading(`Connect T-Mobile to ${name}`);
  expect(await page.locator("h1 bdi").allTextContents()).toEqual(["T-Mobile", name]);
  expect(await page.locator("body").textContent()).not.toMatch(/[\u202a-\u202e]/);
});

test("the QR code is dark on light in a dark scheme, and named", async () => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  server.play(details, { status: "pending" });
  await open();
  const qr = page.getByRole("img", { name: "QR code with the address of this page" });
  await qr.waitFor();
  expect(await qr.locator("rect").getAttribute("fill")).toBe("#fff");
  expect(await qr.locator("path").getAttribute("fill")).toBe("#000");
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
