import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { YieldCondition } from "@passage/protocol/yield";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

type Condition = Extract<YieldCondition, { type: "networkRequest" }>;

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  const json = (path: string, status: number, body: string) =>
    rig.site.answer(path, (_request, response) =>
      response.writeHead(status, { "content-type": "application/json" }).end(body),
    );
  json("/api/me", 200, '{"name":"Ada","plan":"gold"}');
  json("/api/denied", 403, '{"error":"gold digger"}');
  json("/api/empty", 204, "");
  json("/api/large", 200, JSON.stringify("é".repeat(600_000)));
  json("/api/quotes", 200, '"'.repeat(700_000));
  rig.site.answer("/api/picture", (_request, response) =>
    response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from([137, 80, 78, 71, 0, 255])),
  );
  rig.site.page("/start", "<h1>Start</h1>");
  rig.site.page("/home", "<h1 id=home>Home</h1>");
  rig.site.redirect("/login", "/home?token=secret");
});
afterEach(() => rig.origins.pin(undefined));
afterAll(() => rig.close());

const at = (path: string) => rig.site.origin + path;
const begin = () => rig.run("navigate", { url: at("/start") });
/** In the page's own world, as its scripts would. */
const inPage = (script: string) =>
  rig.webview.evaluate(
    `document.head.append(Object.assign(document.createElement("script"), { textContent: ${JSON.stringify(script)} })); null`,
  );
const ask = (condition: Omit<Condition, "type">, more = {}) =>
  rig.yield({ conditions: [{ type: "networkRequest", ...condition }], timeout: 5_000, ...more });

test("what a person typed meets no bodyContains, and no pattern in an address", async () => {
  rig.site.answer("/echo", (_request, response) => response.writeHead(200).end('{"given":"marlin42x","ok":true}'));
  await begin();
  await inPage("fetch('/echo?p=marlin42x')");
  expect((await ask({ bodyContains: '"given":"mar' })).result).toMatchObject({ matched: true });
  rig.egress.secrets.addTyped("the password", "marlin42x");
  const unmet = { timeout: 300, optional: true };
  for (const asked of [
    { bodyContains: '"given":"mar' },
    { bodyContains: "ok" },
    { url: "p=mar" },
    { urlContains: "p=mar" },
  ])
    expect((await ask(asked, unmet)).result, JSON.stringify(asked)).toMatchObject({ matched: false });
  expect((await ask({ url: "/echo$" })).result).toMatchObject({ matched: true });
});

describe("a networkRequest condition", () => {
  test("is met by a fetch, and tells its place; the body only when asked for", async () => {
    await begin();
    const turn = ask({ url: "/api/me\\?id=\\d+$" });
    await inPage("fetch('/api/me?id=5#x')");
    expect((await turn).result).toEqual({
      matched: true,
      condition: 0,
      url: at("/start"),
      networkCapture: { url: at("/api/me"), method: "GET", status: 200 },
    });
    const captured = ask({ urlContains: "id=6", captureBody: true });
    await inPage("const xhr = new XMLHttpRequest(); xhr.open('POST', '/api/me?id=6'); xhr.send('x')");
    expect((await captured).result.networkCapture).toEqual({
      url: at("/api/me"),
      method: "POST",
      status: 200,
      responseBody: '{"name":"Ada","plan":"gold"}',
    });
    expect(rig.frames.join()).not.toContain("id=");
  });

  test("all given fields must hold", async () => {
    await begin();
    const turn = ask({ urlContains: "/api/", method: "post", successfulOnly: true, bodyContains: "gold" });
    await inPage(`(async () => {
      await fetch("/api/me");
      await fetch("/api/denied", { method: "POST" });
      await fetch("/api/empty", { method: "POST" });
      await fetch("/api/picture", { method: "POST" });
      await fetch("/api/me?last", { method: "POST" });
    })()`);
    expect((await turn).result.networkCapture).toEqual({ url: at("/api/me"), method: "POST", status: 200 });
    const failed = ask({ urlContains: "/api/", bodyContains: "digger", captureBody: true });
    expect((await failed).result.networkCapture).toMatchObject({
      status: 403,
      responseBody: '{"error":"gold digger"}',
    });
  });

  test("what was loaded since the last navigate counts, and nothing from before", async () => {
    await begin();
    await inPage("fetch('/api/me').then(() => document.title = 'done')");
    await rig.until("document.title === 'done'");
    expect((await ask({ urlContains: "/api/me", captureBody: true })).result).toMatchObject({ matched: true });
    expect((await ask({ urlContains: "/start" })).result.networkCapture).toMatchObject({ status: 200 });
    await begin();
    const { result } = await ask({ urlContains: "/api/me" }, { optional: true, timeout: 150 });
    expect(result).toEqual({ matched: false, reason: "timeout" });
  });

  test("a document's response, and the redirect before it", async () => {
    await begin();
    const turn = ask({ url: "/home", bodyContains: "id=home", captureBody: true });
    await inPage("location.href = '/login'");
    const { networkCapture } = (await turn).result;
    expect(networkCapture).toMatchObject({ url: at("/home"), method: "GET", status: 200 });
    expect(networkCapture.responseBody).toContain("<h1 id=home>");
    expect((await ask({ url: "/login$" })).result.networkCapture).toMatchObject({ status: 302 });
    expect(rig.frames.join()).not.toContain("secret");
  });

  test("a page that leaves at once has had its response", async () => {
    for (let n = 0; n < 5; n++) {
      await begin();
      const turn = ask({ urlContains: "/api/me", captureBody: true });
      const away = n % 2 ? at("/home") : at("/home").replace("127.0.0.1", "localhost");
      await inPage(
        `fetch("/api/me").then((answer) => answer.text()).then(() => location.href = ${JSON.stringify(away)})`,
      );
      expect((await turn).result.networkCapture.responseBody).toContain("Ada");
    }
  });

  test("a fetch of a frame without a source, which a wrapped fetch would miss", async () => {
    await begin();
    const turn = ask({ urlContains: "from=frame", captureBody: true });
    await inPage(`const frame = document.body.appendChild(document.createElement("iframe"));
      frame.contentWindow.fetch("/api/me?from=frame")`);
    expect((await turn).result.networkCapture.responseBody).toContain("Ada");
  });

  test("a body over the limit is refused by name, not cut; no body and a picture are told apart", async () => {
    await begin();
    await inPage("for (const path of ['large', 'quotes', 'empty', 'picture']) fetch('/api/' + path)");
    const tooLarge = { code: "payload_too_large" };
    expect((await ask({ urlContains: "/large", captureBody: true })).error).toMatchObject(tooLarge);
    expect((await ask({ urlContains: "/quotes", captureBody: true })).error).toMatchObject(tooLarge);
    expect((await ask({ urlContains: "/large" })).result).toMatchObject({ matched: true });
    const captured = async (path: string) =>
      (await ask({ urlContains: path, captureBody: true })).result.networkCapture;
    expect(await captured("/empty")).toEqual({ url: at("/api/empty"), method: "GET", status: 204 });
    const picture = { url: at("/api/picture"), method: "GET", status: 200, bodyMissing: "binary" };
    expect(await captured("/picture")).toEqual(picture);
  });

  test("only of the session's origins", async () => {
    await begin();
    rig.origins.pin([rig.site.origin]);
    const other = at("/api/me").replace("127.0.0.1", "localhost");
    const turn = ask({ urlContains: "/api/me" }, { optional: true, timeout: 400 });
    await inPage(`fetch(${JSON.stringify(other)}, { mode: "no-cors" })`);
    expect((await turn).result).toEqual({ matched: false, reason: "timeout" });
  });

  test("with others: any of them, or all together", async () => {
    await begin();
    const turn = rig.yield({
      match: "all",
      conditions: [
        { type: "networkRequest", urlContains: "/api/me", captureBody: true },
        { type: "url", pattern: "/home" },
      ],
    });
    await inPage("fetch('/api/me').then((answer) => answer.text()).then(() => location.href = '/home')");
    expect((await turn).result).toMatchObject({ condition: 1, url: at("/home"), networkCapture: { status: 200 } });
    expect((await ask({ url: "(" })).error?.code).toBe("invalid_params");
  });

  test("while the person has the page nothing else of it leaves", async () => {
    await begin();
    const before = rig.frames.length;
    const turn = ask({ urlContains: "last", captureBody: true });
    await inPage("fetch('/api/me?first').then(() => fetch('/api/denied?last'))");
    await turn;
    expect(rig.frames.slice(before)).toHaveLength(1);
    expect(rig.frames.at(-1)).not.toContain("Ada");
  });

  test("a plain webview says that it cannot", async () => {
    const plain = await Rig.open({ plain: true });
    const { error } = await plain.yield({ conditions: [{ type: "networkRequest" }] });
    expect(error).toMatchObject({ code: "unsupported_command", message: expect.stringContaining("cannot see") });
    expect((await plain.run("waitForNetworkIdle", {})).error?.code).toBe("unsupported_command");
    await plain.close();
  });
});

describe("waitForNetworkIdle", () => {
  test("waits for what is under way, and for the quiet after it", async () => {
    const release = Promise.withResolvers<void>();
    rig.site.answer("/api/slow", async (_request, response) => {
      await release.promise;
      response.end("{}");
    });
    await begin();
    await inPage("fetch('/api/slow')");
    await rig.site.asked("/api/slow");
    expect((await rig.run("waitForNetworkIdle", { idleTime: 50, timeout: 200 })).error).toMatchObject({
      code: "timeout",
      message: expect.stringContaining("1 request"),
    });
    const idle = rig.run("waitForNetworkIdle", { idleTime: 100 });
    const startedAt = performance.now();
    release.resolve();
    expect((await idle).result).toEqual({});
    expect(performance.now() - startedAt).toBeGreaterThan(95);
  });

  test("requests that a page left under way do not count, nor a frame of another site", async () => {
    rig.site.answer("/never", () => {});
    await begin();
    await inPage("fetch('/never')");
    await rig.site.asked("/never");
    const other = rig.site.page("/other", "<p>other</p>").replace("127.0.0.1", "localhost");
    rig.site.page("/framed", `<iframe src=${other}></iframe>`);
    await rig.run("navigate", { url: at("/framed") });
    expect((await rig.run("waitForNetworkIdle", { timeout: 3_000 })).result).toEqual({});
  });
});

test("waitForTimeout waits that long", async () => {
  const startedAt = performance.now();
  expect((await rig.run("waitForTimeout", { timeout: 60 })).result).toEqual({});
  expect(performance.now() - startedAt).toBeGreaterThan(55);
  const waiting = rig.run("waitForTimeout", { timeout: 60_000 }, "long");
  rig.cancel("long");
  expect((await waiting).error?.code).toBe("cancelled");
});

test("a streamed answer reaches the page as soon as it comes", async () => {
  const finish = Promise.withResolvers<void>();
  const server = createServer(async (_request, response) => {
    response.writeHead(200, { "access-control-allow-origin": "*" }).write("first");
    await finish.promise;
    response.end("last");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await begin();
  const first = rig.run("evaluate", {
    expression: `fetch("${url}").then((answer) => answer.body.getReader().read()).then(({ value }) => value.length)`,
  });
  expect((await first).result).toEqual({ value: 5 });
  finish.resolve();
  server.closeAllConnections();
  server.close();
});
