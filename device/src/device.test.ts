import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testPublisher } from "../test/publisher.ts";
import { pageScript } from "../test/rig.ts";
import { SessionServer } from "../test/session-server.ts";
import { Site } from "../test/site.ts";
import { type DeviceOptions, type EndedDevice, openDevice } from "./device.ts";

let script: string;
let site: Site;
let publishers: string;
let server: SessionServer;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [script, site] = await Promise.all([pageScript(), Site.open()]);
  publishers = (await testPublisher()).file;
  site.page("/login", "<h1 id=login>Log in</h1>");
  site.page("/home", "<h1 id=home>Home</h1>");
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(() => site.close());

interface Started {
  readonly outcome: Promise<EndedDevice>;
  readonly pid: number;
  readonly logs: string[];
  readonly frames: string[];
  readonly stop: AbortController;
}

async function start(options: Partial<DeviceOptions> = {}): Promise<Started> {
  server = await new SessionServer().open();
  const stop = new AbortController();
  const logs: string[] = [];
  const frames: string[] = [];
  const ready = Promise.withResolvers<number>();
  const outcome = openDevice({
    websocketUrl: server.url,
    clientToken: "ct_secret",
    sessionId: "sess_test",
    expiresAt: Date.now() + 60_000,
    developer: true,
    publishers,
    headless: true,
    pageScript: script,
    onLog: (line) => logs.push(line),
    onFrame: (text) => frames.push(text),
    onReady: ({ pid }) => ready.resolve(pid),
    signal: stop.signal,
    ...options,
  });
  stops.push(async () => {
    stop.abort();
    server.closeSocket(4001);
    await outcome;
    await server.die();
  });
  const pid = await Promise.race([ready.promise, outcome.then(() => expect.unreachable("the device ended at once"))]);
  await server.hello();
  return { outcome, pid, logs, frames, stop };
}

function profilesOfThisProcess(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`passage-device-${process.pid}-`));
}

test("runs a session from hello to its end and leaves nothing behind", async () => {
  const reports: string[] = [];
  const { outcome, pid, frames } = await start({ onCommand: ({ command, error }) => reports.push(error ?? command) });
  const [hello] = server.messages;
  expect(hello).toMatchObject({ type: "client.hello", protocol: 1, device: { kind: "chromium" } });
  expect(hello).toMatchObject({ capabilities: ["yield.conditions", "input.trusted", "network.bodies"] });
  expect(JSON.stringify(hello)).toContain("Chrome/");
  expect(server.tokens).toEqual(["ct_secret"]);

  server.command("c1", "navigate", { url: `${site.origin}/login?code=hidden#part` });
  expect(await server.answer("c1")).toMatchObject({ result: { status: 200 } });
  server.command("c2", "fly");
  expect((await server.answer("c2")).error?.code).toBe("unsupported_command");
  await server.until(() => server.navigations().length > 0);
  expect(server.navigations()).toEqual([`${site.origin}/login`]);
  expect(profilesOfThisProcess()).toHaveLength(1);

  server.end("complete");
  expect(await outcome).toMatchObject({ phase: "complete", error: null, returnUrl: "https://shop.example/back" });
  expect(profilesOfThisProcess()).toEqual([]);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
  expect(reports).toEqual(["navigate", "unsupported_command"]);
  expect(frames).toEqual(server.frames);
});

test("a host that is a phone's webview promises no more than one has", async () => {
  await start({ host: "webview-contract-page" });
  expect(server.messages[0]).toMatchObject({
    capabilities: ["yield.conditions"],
    device: { kind: "webview-contract-page" },
  });
  server.command("c1", "navigate", { url: `${site.origin}/login` });
  expect(await server.answer("c1")).toMatchObject({ result: { status: 200 } });
});

test("a session that failed says why", async () => {
  const { outcome } = await start();
  server.end("failed", "AUTOMATION_ERROR");
  expect(await outcome).toMatchObject({ phase: "failed", error: { code: "AUTOMATION_ERROR", message: "It broke" } });
});

test("a repeated id is answered again and not done again", async () => {
  await start();
  server.command("c1", "navigate", { url: `${site.origin}/login` });
  await server.answer("c1");
  server.command("c2", "evaluate", {
    expression: "document.body.dataset.n = Number(document.body.dataset.n ?? 0) + 1",
  });
  await server.answer("c2");
  server.command("c2", "evaluate", {
    expression: "document.body.dataset.n = Number(document.body.dataset.n ?? 0) + 1",
  });
  await server.until(() => server.answers("c2").length === 2);
  expect(server.answers("c2").map(({ result }) => result.value)).toEqual([1, 1]);
});

describe("reconnecting", () => {
  test("a command that a killed server sends again is joined, and answered once done", async () => {
    await start();
    server.command("c1", "navigate", { url: `${site.origin}/login` });
    await server.answer("c1");
    server.command("c2", "waitForSelector", { selector: "#late" });
    server.command("c3", "updateStatus", { heading: "Still here" });
    await server.answer("c3");
    await server.die();
    await server.open();
    await server.hello(2);
    server.command("c2", "waitForSelector", { selector: "#late" });
    server.command("c4", "evaluate", { expression: "1" });
    server.tell({ type: "server.cancel", id: "c2" });
    expect((await server.answer("c2")).error?.code).toBe("cancelled");
    expect((await server.answer("c4")).result).toEqual({ value: 1 });
    expect(server.answers("c2")).toHaveLength(1);
  });

  test("an answer that no socket took is sent after the next hello", async () => {
    const asked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    site.answer("/slow", async (_request, response) => {
      asked.resolve();
      await release.promise;
      response.writeHead(200, { "content-type": "text/html" }).end("<p>slow</p>");
    });
    const reported = Promise.withResolvers<void>();
    await start({ onCommand: () => reported.resolve() });
    server.command("c1", "navigate", { url: `${site.origin}/slow` });
    await asked.promise;
    await server.die();
    release.resolve();
    await reported.promise;
    await server.open();
    expect(await server.answer("c1")).toMatchObject({ result: { status: 200 } });
  });

  test("events are kept until they are acknowledged", async () => {
    await start();
    server.acknowledges = false;
    server.command("c1", "navigate", { url: `${site.origin}/login` });
    await server.until(() => server.navigations().length === 1);
    server.drop();
    await server.hello(2);
    const batches = () => server.messages.flatMap((message) => (message.type === "client.events" ? [message] : []));
    await server.until(() => batches().length === 2);
    const [first, again] = batches();
    // The same message, sent twice: the ledger has both.
    expect({ ...again, ledger: null }).toEqual({ ...first, ledger: null });
    expect(again?.ledger).not.toEqual(first?.ledger);
    server.acknowledges = true;
    server.command("c2", "navigate", { url: `${site.origin}/home` });
    await server.until(() => server.navigations().length === 2);
    expect(batches().at(-1)).toMatchObject({ clientSeq: 2 });
  });

  test("a yield goes on across a lost socket and is answered once", async () => {
    await start();
    server.command("c1", "navigate", { url: `${site.origin}/login` });
    await server.answer("c1");
    const conditions = [{ type: "url" as const, pattern: "/home$" }];
    server.tell({
      type: "server.set_interactive",
      interactive: true,
      yield: { id: "y1", conditions, timeout: 20_000 },
    });
    server.drop();
    await server.hello(2);
    server.tell({
      type: "server.set_interactive",
      interactive: true,
      yield: { id: "y1", conditions, timeout: 20_000 },
    });
    server.command("c2", "evaluate", { expression: "1" });
    expect((await server.answer("c2")).error?.code).toBe("user_in_control");
    server.tell({ type: "server.cancel", id: "y1" });
    expect((await server.answer("y1")).error?.code).toBe("cancelled");
    expect(server.answers("y1")).toHaveLength(1);
  });
});

describe("the end", () => {
  test("a newer device takes the session: stop, and say so", async () => {
    const { outcome } = await start();
    server.closeSocket(4002);
    expect(await outcome).toMatchObject({
      phase: "replaced",
      error: { message: "Another device took over this session" },
    });
    expect(profilesOfThisProcess()).toEqual([]);
  });

  test("a session that was over already", async () => {
    const { outcome } = await start();
    server.closeSocket(4001);
    expect(await outcome).toMatchObject({ phase: "failed", error: { code: "session_terminal" } });
  });

  test("no server for two minutes after the session's time", async () => {
    const gone = await new SessionServer().open();
    await gone.die();
    const outcome = openDevice({
      websocketUrl: gone.url,
      clientToken: "ct",
      sessionId: "sess_test",
      expiresAt: Date.now() - 119_000,
      publishers,
      headless: true,
      pageScript: script,
    });
    expect(await outcome).toMatchObject({ phase: "lost", error: { code: "session_expired" } });
    expect(profilesOfThisProcess()).toEqual([]);
  });

  test("the signal during a yield is the person's leave", async () => {
    const { outcome, stop } = await start();
    const conditions = [{ type: "userDone" as const }];
    server.tell({ type: "server.set_interactive", interactive: true, yield: { id: "y1", conditions } });
    server.command("c1", "url");
    await server.answer("c1");
    stop.abort();
    expect((await server.answer("y1")).result).toEqual({ matched: false, reason: "user_gave_up" });
    expect(await outcome).toMatchObject({ phase: "closed", error: { code: "cancelled" } });
    expect(profilesOfThisProcess()).toEqual([]);
  });

  test("a yield that is asked for when the person has just left is given up, and the session may end", async () => {
    const { outcome, stop } = await start();
    stop.abort();
    server.command("c1", "url");
    expect((await server.answer("c1")).error?.code).toBe("page_gone");
    const conditions = [{ type: "userDone" as const }];
    server.tell({ type: "server.set_interactive", interactive: true, yield: { id: "y1", conditions } });
    expect((await server.answer("y1")).result).toEqual({ matched: false, reason: "user_gave_up" });
    server.closeSocket(4001);
    expect(await outcome).toMatchObject({ phase: "failed", error: { code: "session_terminal" } });
  });

  test("the window's end answers the running command with page_gone", async () => {
    const { outcome, pid } = await start();
    server.command("c1", "waitForSelector", { selector: "#never" });
    server.command("c2", "updateStatus", {});
    await server.answer("c2");
    process.kill(pid, "SIGKILL");
    expect((await server.answer("c1")).error?.code).toBe("page_gone");
    expect(await outcome).toMatchObject({ phase: "closed", error: { message: "The window was closed" } });
    expect(profilesOfThisProcess()).toEqual([]);
  });
});

test("plain ws:// is for this machine only", async () => {
  const options = { clientToken: "ct", sessionId: "s", expiresAt: 0 };
  await expect(openDevice({ ...options, websocketUrl: "ws://passage.example/x" })).rejects.toThrow("use wss://");
  await expect(openDevice({ ...options, websocketUrl: "http://localhost/x" })).rejects.toThrow("wss://");
});
