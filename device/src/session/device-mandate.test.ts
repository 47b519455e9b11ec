import { commands } from "@passage/protocol/commands";
import { declaredName } from "@passage/protocol/reads/digest";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { manifest, oldManifest, testPublisher } from "../../test/publisher.ts";
import { pageScript } from "../../test/rig.ts";
import { SessionServer } from "../../test/session-server.ts";
import { Site } from "../../test/site.ts";
import { type DeviceOptions, openDevice } from "../device.ts";
import type { Mandate } from "../mandate/mandate.ts";
import { builtInAlone, type Trust } from "../mandate/trust.ts";

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
async function start(manifests: string[], options: Partial<DeviceOptions> = {}, greets = true) {
  const server = await new SessionServer().open();
  server.greets = greets;
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
    consent: async () => true,
    publishers: publisher.file,
    pageScript: script,
    onLog: (line) => logs.push(line),
    onMandate: (mandate) => mandates.push(mandate),
    onReady: ({ cdpPort }) => cdp.resolve(cdpPort),
    signal: abort.signal,
    ...options,
  });
  stop = async () => {
    server.end("complete");
    abort.abort();
    await outcome;
    await server.die();
  };
  await server.hello();
  return { server, outcome, logs, mandates, cdpPort: cdp.promise };
}

const at = (host: string) => `http://${host}:${new URL(site.origin).port}`;

const whole = manifest();
const stepOf = (name: string, { steps } = whole) => ({ step: declaredName(name, steps[name]) });
const freeCommands = Object.keys(commands).filter((name) => name !== "updateStatus");
/** What a free command could be given: the origin is the session's own. */
const anyParams = () => ({
  url: `${at("www.shop.localhost")}/orders`,
  selector: "h1",
  expression: "1",
  text: "a",
  value: "a",
  key: "a",
});

test("a session does what its manifest declares, whatever the server says later", async () => {
  site.redirect("/other", `${at("www.other.localhost")}/orders`);
  const { server, mandates } = await start([await publisher.sign(whole)]);
  server.command("b1", "begin", { operation: "order:read" });
  server.command("c1", "step", stepOf("orders"));
  expect((await server.answer("c1")).result).toEqual({ status: "ok" });
  server.command("c2", "step", stepOf("other"));
  expect((await server.answer("c2")).error?.code).toBe("origin_not_allowed");
  expect(mandates.map(({ operations }) => operations.map(({ sends }) => sends))).toEqual([
    ["Your orders: date and total of each"],
  ]);

  const more = manifest({
    resource: "invoice",
    origins: ["https://www.other.com"],
    signIn: [],
    steps: { invoices: { go: "https://www.other.com/orders" } },
  });
  server.manifests = [await publisher.sign(more)];
  server.drop();
  await server.hello(2);
  server.command("b2", "begin", { operation: "invoice:read" });
  expect((await server.answer("b2")).error?.code).toBe("command_not_declared");
  server.command("c3", "step", stepOf("invoices", more));
  expect((await server.answer("c3")).error?.code).toBe("command_not_declared");
});

test("a manifest with a part that this device does not know is refused: it might be a limit", async () => {
  const { server, outcome } = await start([await publisher.sign({ ...whole, mostReads: 1 })]);
  server.command("begin", "begin", { operation: "order:read" });
  expect((await server.answer("begin")).error?.code).toBe("device_too_old");
  expect(await outcome).toMatchObject({ phase: "failed", error: { code: "device_too_old" } });
});

test("a signed session has no free command", async () => {
  const { server } = await start([await publisher.sign(whole)]);
  server.command("begin", "begin", { operation: "order:read" });
  expect((await server.answer("begin")).result).toEqual({});
  const before = site.requests.length;
  for (const name of freeCommands) {
    server.command(name, name, anyParams());
    server.command(`${name} in a batch`, "batch", { commands: [{ command: name, params: anyParams() }] });
    expect([name, (await server.answer(name)).error?.code]).toEqual([name, "command_not_declared"]);
    const { results } = (await server.answer(`${name} in a batch`)).result;
    expect([name, results]).toEqual([name, [{ error: expect.objectContaining({ code: "command_not_declared" }) }]]);
  }
  expect(freeCommands.length).toBeGreaterThan(30);
  expect(site.requests.length).toBe(before);
});

test("a manifest that names commands instead of steps is refused: the server must be updated, and no command is carried out", async () => {
  const before = site.requests.length;
  const { server, outcome } = await start([await publisher.sign(oldManifest(freeCommands))]);
  for (const name of freeCommands) server.command(name, name, anyParams());
  for (const name of freeCommands)
    expect([name, (await server.answer(name)).error]).toEqual([
      name,
      expect.objectContaining({
        code: "manifest_untrusted",
        message: expect.stringContaining(
          "of an older kind, which this device does not take: the server must be updated",
        ),
      }),
    ]);
  expect(await outcome).toMatchObject({ phase: "failed", error: { code: "manifest_untrusted" } });
  expect(site.requests.length).toBe(before);
});

test("before its hello a server has nothing done", async () => {
  const { server, logs } = await start([await publisher.sign(whole)], {}, false);
  const before = site.requests.length;
  for (const name of freeCommands) server.command(name, name, anyParams());
  server.greet();
  server.command("begin", "begin", { operation: "order:read" });
  expect((await server.answer("begin")).result).toEqual({});
  expect(server.messages.filter(({ type }) => type === "client.command_response")).toHaveLength(1);
  expect(logs.filter((line) => line.startsWith("not done: server.command"))).toHaveLength(freeCommands.length);
  expect(site.requests.length).toBe(before);
});

test("a signed session on the real site tells declared places only, and shows nothing of the page", async () => {
  site.page(
    "/orders",
    "<title>Orders of Ada Byron</title><h1>Ada Byron</h1><script>history.pushState({}, '', '/orders/ada.byron/9f8e7d')</script>",
  );
  const steps = { orders: { go: `${site.origin}/orders` }, gone: { go: `${site.origin}/gone` } };
  const live = manifest({ origins: [site.origin], signIn: [], steps });
  const { server } = await start([await publisher.sign(live)], {}, false);
  server.sandbox = undefined;
  server.capture = { snapshots: { enabled: true, delayMs: 1 }, screenshots: { enabled: true, intervalMs: 20 } };
  server.greet();
  server.command("begin", "begin", { operation: "order:read" });
  // A second hello of the server changes nothing of it.
  server.greet();
  server.command("c1", "step", stepOf("orders", live));
  expect((await server.answer("c1")).result).toEqual({ status: "ok" });
  server.command("c2", "step", stepOf("gone", live));
  expect((await server.answer("c2")).result).toEqual({ status: "absent" });
  await server.until(() => server.navigations().length >= 3);
  expect(server.navigations()).toEqual([`${site.origin}/orders`, "other", `${site.origin}/gone`]);
  expect(server.frames.join()).not.toMatch(/byron|9f8e7d|snapshot|screenshot/i);
});

test.each([
  ["a batch whose command is no text", "batch", { commands: [{ command: { toString: 1, valueOf: 1 } }] }],
  ["a batch with more faults than an error may list", "batch", { commands: Array(20).fill({ command: 1 }) }],
  [
    "a read with more faults than an error may list",
    "read",
    { read: "a@00000000", params: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, {}])) },
  ],
])("no message ends the device: %s", async (_name, command, params) => {
  const { server } = await start([await publisher.sign(whole)]);
  server.command("strange", command, params);
  expect((await server.answer("strange")).error?.code).toMatch(/^(invalid_params|command_not_declared)$/);
  server.command("begin", "begin", { operation: "order:read" });
  expect((await server.answer("begin")).result).toEqual({});
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

test("a stranger's manifest for a sandbox on this machine, whose server publishes the key: it is done, and the person is told", async () => {
  const stranger = await testPublisher();
  const trust = { ...builtInAlone, published: async () => [stranger.published] };
  const { server, logs } = await start([await stranger.sign(whole)], { trust });
  server.command("b1", "begin", { operation: "order:read" });
  server.command("c1", "step", stepOf("orders"));
  expect((await server.answer("c1")).result).toEqual({ status: "ok" });
  expect(logs).toContain(
    `Signed by a publisher that this device does not know (thumbprint ${stranger.thumbprint}): accepted, as this is test mode on this machine, which reaches no real site`,
  );
});

test("a manifest whose acceptance cannot be noted is refused", async () => {
  const trust: Trust = {
    ...builtInAlone,
    accept: () => {
      throw new Error("the disk is full");
    },
  };
  const live = manifest({ origins: [site.origin], signIn: [], steps: { orders: { go: `${site.origin}/orders` } } });
  const { server, outcome } = await start([await publisher.sign(live)], { trust }, false);
  server.sandbox = undefined;
  server.greet();
  expect(await outcome).toMatchObject({
    phase: "failed",
    error: { message: expect.stringContaining("the disk is full") },
  });
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
