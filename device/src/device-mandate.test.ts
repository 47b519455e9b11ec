import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { manifest, testPublisher } from "../test/publisher.ts";
import { pageScript } from "../test/rig.ts";
import { SessionServer } from "../test/session-server.ts";
import { Site } from "../test/site.ts";
import { type DeviceOptions, openDevice } from "./device.ts";
import type { Mandate } from "./mandate.ts";

let script: string;
let site: Site;
let publisher: Awaited<ReturnType<typeof testPublisher>>;
let stop: () => Promise<unknown> = async () => {};

beforeAll(async () => {
  [script, site, publisher] = await Promise.all([pageScript(), Site.open(), testPublisher()]);
  site.page("/orders", "<h1>Your orders</h1>");
});
afterEach(() => stop());
afterAll(() => site.close());

/** A device at a server whose hello has the manifests. The site stands in for `*.shop.com`. */
async function start(manifests: string[], options: Partial<DeviceOptions> = {}) {
  const server = await new SessionServer().open();
  server.manifests = manifests;
  if (manifests.length > 0) server.sandbox = site.origin;
  const abort = new AbortController();
  const logs: string[] = [];
  const mandates: Mandate[] = [];
  const cdp = Promise.withResolvers<number | null>();
  const outcome = openDevice({
    websocketUrl: server.url,
    clientToken: "ct_secret",
    sessionId: "sess_test",
    expiresAt: Date.now() + 60_000,
    headless: true,
    publishers: publisher.file,
    pageScript: script,
    onLog: (line) => logs.push(line),
    onMandate: (mandate) => mandates.push(mandate),
    onReady: ({ cdpPort }) => cdp.resolve(cdpPort),
    signal: abort.signal,
    ...options,
  });
  stop = async () => {
    abort.abort();
    await outcome;
    await server.die();
  };
  await server.hello();
  return { server, outcome, logs, mandates, cdpPort: cdp.promise };
}

const at = (host: string) => `http://${host}:${new URL(site.origin).port}`;

test("a session works on the origins and with the commands of its manifest, whatever the server says later", async () => {
  const { server, mandates } = await start([await publisher.sign(manifest({ commands: [] }))]);
  server.command("c1", "navigate", { url: `${at("www.shop.localhost")}/orders` });
  expect((await server.answer("c1")).result).toMatchObject({ status: 200 });
  server.command("c2", "navigate", { url: `${at("www.other.localhost")}/orders` });
  expect((await server.answer("c2")).error?.code).toBe("origin_not_allowed");
  server.command("c3", "evaluate", { expression: "1" });
  expect((await server.answer("c3")).error?.code).toBe("command_not_declared");
  expect(mandates.map(({ operations }) => operations.map(({ sends }) => sends))).toEqual([
    ["Your orders: date and total of each"],
  ]);

  server.manifests = [await publisher.sign(manifest({ origins: ["https://www.other.com"] }))];
  server.drop();
  await server.hello(2);
  server.command("c4", "navigate", { url: `${at("www.other.localhost")}/orders` });
  expect((await server.answer("c4")).error?.code).toBe("origin_not_allowed");
  server.command("c5", "evaluate", { expression: "1" });
  expect((await server.answer("c5")).error?.code).toBe("command_not_declared");
});

test("a manifest of a stranger: nothing runs, the server and the person hear why", async () => {
  const stranger = await testPublisher();
  const before = site.requests.length;
  const { server, outcome, logs } = await start([await stranger.sign(manifest())]);
  server.command("c1", "navigate", { url: `${at("www.shop.localhost")}/orders` });
  server.tell({
    type: "server.set_interactive",
    interactive: true,
    yield: { id: "y1", conditions: [{ type: "userDone" }] },
  });
  expect((await server.answer("c1")).error?.code).toBe("manifest_untrusted");
  expect((await server.answer("y1")).error?.code).toBe("manifest_untrusted");
  expect(await outcome).toMatchObject({
    phase: "failed",
    error: { code: "manifest_untrusted", message: expect.stringContaining("does not trust") },
  });
  expect(logs).toContainEqual(expect.stringContaining("refused: This session's list of what it may do"));
  expect(site.requests.length).toBe(before);
});

test("a link's session that declares nothing is refused", async () => {
  const { outcome } = await start([]);
  expect(await outcome).toMatchObject({ phase: "failed", error: { code: "manifest_untrusted" } });
});

test("a developer's own automation is marked as one, whatever it writes on the overlay", async () => {
  const { server, cdpPort } = await start([], { developer: true, cdpPort: 0 });
  server.command("c1", "navigate", { url: `${site.origin}/orders` });
  await server.answer("c1");
  server.command("c2", "updateStatus", { heading: "Your bank", subheading: "Quite safe" });
  await server.answer("c2");
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await cdpPort}`);
  const [page] = browser.contexts()[0]?.pages() ?? [];
  if (!page) throw new Error("The device has no window");
  const session = await page.context().newCDPSession(page);
  await expect
    .poll(async () => JSON.stringify(await session.send("DOM.getDocument", { depth: -1, pierce: true })))
    .toContain("A developer's own automation drives this page · Quite safe");
  await browser.close();
});
