import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Rig } from "../../test/rig.ts";

const total = objectOf({ total: { leaf: "money" } });
let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const wait = (url: string, more: object = {}) =>
  rig.run("waitForResponse", { url, captureBody: true, timeout: 5_000, ...more });
const serve = (path: string, contentType: string | null, body: string | Uint8Array, headers = {}) =>
  rig.site.answer(path, (_request, response) =>
    response.writeHead(200, { ...(contentType && { "content-type": contentType }), ...headers }).end(body),
  );
const fetching = (...paths: string[]) =>
  `<script>(async () => {
    for (const path of ${JSON.stringify(paths)}) await (await fetch(path)).arrayBuffer();
    document.title = "done";
  })()</script>`;
const bill = '{"total":"42.10","session_token":"kP7vQ2xR9tLm4WzB8nYc"}';

describe("a response that a service worker gives has its body", () => {
  const start = "oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim());";
  const page = `<script>(async () => {
    await navigator.serviceWorker.register("worker.js");
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 10));
    await (await fetch("bill")).json();
    document.title = "done";
  })()</script>`;

  test.each([
    ["no handler", ""],
    ["fetched by it", "onfetch = (event) => event.respondWith(fetch(event.request));"],
    [
      "out of its cache",
      `onfetch = (event) => void (event.request.url.endsWith("/bill") && event.respondWith((async () => {
        const cache = await caches.open("v1");
        if (!(await cache.match(event.request))) await cache.put(event.request, await fetch(event.request));
        return cache.match(event.request);
      })()));`,
    ],
    [
      "made by it",
      `onfetch = (event) => void (event.request.url.endsWith("/bill") && event.respondWith(new Response('${bill}')));`,
    ],
  ])("%s", async (_how, worker) => {
    const folder = `/sw-${Math.random().toString(36).slice(2)}`;
    rig.site.page(`${folder}/`, page);
    serve(`${folder}/worker.js`, "text/javascript", start + worker);
    serve(`${folder}/bill`, "application/json", bill);
    for (const _visit of [1, 2]) {
      await rig.run("navigate", { url: `${rig.site.origin}${folder}/` });
      await rig.until("document.title === 'done'");
      const { result } = await rig.run("extract", { from: "response", url: "/bill$", schema: total, timeout: 5_000 });
      expect(result.data).toEqual({ total: "42.10" });
      expect((await wait("/bill$")).result.body).toBe('{"total":"42.10","session_token":"[masked]"}');
    }
    expect((await wait(`${folder}/$`)).result.body).toContain("serviceWorker.register");
  });
});

describe("a captured body is the text that the site's charset says, or an error", () => {
  const latin = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

  test.each([
    ["of the header", "application/json; charset=ISO-8859-1", latin('{"name":"José","amount":"12,50 £"}'), "José"],
    ["of Shift_JIS", "application/json; charset=Shift_JIS", latin('{"name":"\x90\xbf\x8b\x81"}'), "請求"],
    ["of seven bits", "application/json; charset=ISO-2022-JP", latin('{"name":"\x1b$B@A5a\x1b(B"}'), "請求"],
    ["of a byte order mark", "application/json", "\ufeff" + '{"name":"é"}', "é"],
  ])("%s", async (_what, contentType, body, name) => {
    serve("/api/charset", contentType, body);
    await rig.show(fetching("/api/charset"));
    expect(JSON.parse((await wait("/api/charset")).result.body).name).toBe(name);
    const schema = objectOf({ name: { leaf: "text", max: 20 } });
    const read = { from: "response", url: "/api/charset", schema, timeout: 5_000 } as const;
    expect((await rig.run("extract", read)).result.data).toMatchObject({ name });
  });

  test("a document without a charset is windows-1252", async () => {
    serve("/old", "text/html", latin("<title>Caf\xe9 \x80</title>"));
    await rig.run("navigate", { url: `${rig.site.origin}/old` });
    expect((await wait("/old$")).result.body).toBe("<title>Café €</title>");
    expect((await rig.run("title", {})).result.title).toBe("Café €");
  });

  test.each([
    ["JSON that is not UTF-8", "application/json", latin('{"name":"José"}'), "undecodable"],
    ["a picture", "image/png", Uint8Array.of(137, 80, 78, 71, 0, 255), "binary"],
  ])("%s", async (_what, contentType, body, reason) => {
    serve("/api/bytes", contentType, body);
    await rig.show(fetching("/api/bytes"));
    const { error } = await wait("/api/bytes");
    expect(error).toMatchObject({ code: "body_unavailable", details: { reason } });
    expect(error?.message).toContain("fetchInPage");
  });
});

test("extract keeps numbers: those that no JavaScript number holds are strings", async () => {
  serve("/api/numbers", "application/json", '{"orders":[{"id":9007199254740993,"amount":42.10}]}');
  await rig.show(fetching("/api/numbers"));
  const read = { from: "response", url: "/api/numbers", timeout: 5_000 } as const;
  expect((await rig.run("extract", read)).result.data).toEqual({ orders: [{ id: "9007199254740993", amount: 42.1 }] });
});

describe("a body is found, or an error says why not", () => {
  test("one that never comes whole", async () => {
    rig.site.answer("/api/cut", (_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("x");
      response.socket?.destroySoon();
    });
    await rig.show("<script>fetch('/api/cut').then((r) => r.text()).catch(() => (document.title = 'cut'))</script>");
    await rig.until("document.title === 'cut'");
    expect((await wait("/api/cut")).error).toMatchObject({
      code: "body_unavailable",
      details: { reason: "incomplete" },
    });
    expect((await wait("/api/cut", { captureBody: false })).result).toMatchObject({ status: 200 });
  });

  test("one that only its choice fits into a frame", async () => {
    serve("/api/long", "application/json", JSON.stringify({ id: 7, pad: "x".repeat(1_200_000) }));
    await rig.show(fetching("/api/long"));
    const schema = objectOf({ id: { leaf: "integer" } });
    const read = { from: "response", url: "/api/long", schema, timeout: 5_000 } as const;
    expect((await rig.run("extract", read)).result.data).toEqual({ id: 7 });
    expect((await wait("/api/long")).error).toMatchObject({ code: "payload_too_large" });
  });

  test("the browser's cache, a revalidation and a preload give the body that the page gets", async () => {
    serve("/api/cached", "application/json", '{"from":"cache"}', { "cache-control": "max-age=600" });
    rig.site.answer("/api/tagged", ({ headers }, response) => {
      const same = headers["if-none-match"] === '"1"';
      const more = { "content-type": "application/json", etag: '"1"', "cache-control": "no-cache" };
      response.writeHead(same ? 304 : 200, more).end(same ? "" : '{"from":"tag"}');
    });
    serve("/api/preloaded", "application/json", '{"from":"preload"}');
    const preload = "<link rel=preload as=fetch crossorigin href=/api/preloaded>";
    const twice = ["/api/cached", "/api/tagged", "/api/preloaded", "/api/cached", "/api/tagged"];
    await rig.show(preload + fetching(...twice));
    await rig.until("document.title === 'done'");
    for (const [url, from] of [
      ["/api/cached", "cache"],
      ["/api/tagged", "tag"],
      ["/api/preloaded", "preload"],
    ] as const)
      expect((await wait(url)).result, url).toMatchObject({ status: 200, body: JSON.stringify({ from }) });
  });

  test("the first of many, and what its page polls meanwhile", async () => {
    serve("/api/first", "application/json", '{"first":true}');
    serve("/api/poll", "application/json", "{}");
    await rig.show(fetching("/api/first", ...Array.from({ length: 520 }, (_, n) => `/api/poll?${n}`)));
    await rig.until("document.title === 'done'");
    expect((await wait("/api/first")).result.body).toBe('{"first":true}');
  });
});

describe("bodyContains", () => {
  const ask = (more: object) =>
    rig.yield({ conditions: [{ type: "networkRequest", urlContains: "/api/vast", bodyContains: "needle" }], ...more });

  test("is found in a body that could not leave the device", async () => {
    serve("/api/vast", "application/json", `${"x".repeat(2_000_000)}needle`);
    await rig.show(fetching("/api/vast"));
    expect((await ask({ timeout: 5_000 })).result).toMatchObject({ matched: true });
  });

  test("in one that is too large ends the turn at once, or where it could still be met otherwise, at the deadline", async () => {
    serve("/api/vast", "application/json", `${"x".repeat(5_000_000)}needle`);
    await rig.show(fetching("/api/vast"));
    const tooLarge = { code: "payload_too_large", message: expect.stringContaining("is over 4194304 bytes") };
    expect((await ask({ timeout: 60_000, optional: true })).error).toMatchObject(tooLarge);
    const conditions = [
      { type: "networkRequest", urlContains: "/api/vast", bodyContains: "needle" },
      { type: "url", pattern: "/elsewhere" },
    ] as const;
    const both = await rig.yield({ conditions: [...conditions], timeout: 500, optional: true });
    expect(both.error).toMatchObject(tooLarge);
  });
});

describe("a wait that times out lists what it has seen", () => {
  test("[A12] with a mark for each query", async () => {
    serve("/settings", "application/json", "{}");
    await rig.show(fetching("/settings?_=17", "/settings?_=18"));
    await rig.until("document.title === 'done'");
    const seen = { method: "GET", url: `${rig.site.origin}/settings`, status: 200 };
    for (const asked of [
      rig.run("waitForResponse", { url: "/settings$", timeout: 300 }),
      rig.run("extract", { from: "response", url: "/settings$", timeout: 300 }),
    ]) {
      const { error } = await asked;
      expect(error?.code).toBe("timeout");
      expect(error?.message).toContain(`GET ${rig.site.origin}/settings?… (200), GET`);
      expect(error?.details).toMatchObject({ seen: [seen, expect.anything()] });
    }
  });

  test("[A12] of a person's turn by places alone, without ids, codes and what was typed", async () => {
    rig.egress.secrets.addTyped("the password", "marlin42x");
    for (const path of ["/of/12345678/bill", "/of/marlin42x"]) serve(path, "application/json", "{}");
    await rig.show(fetching("/of/12345678/bill?code=kP7vQ2xR9tLm4WzB8nYc", "/of/marlin42x"));
    await rig.until("document.title === 'done'");
    const { error } = await rig.yield({ conditions: [{ type: "networkRequest", url: "/bills" }], timeout: 300 });
    expect(error?.code).toBe("timeout");
    expect(error?.details).toMatchObject({ seen: [{ url: `${rig.site.origin}/of/:id/bill` }, expect.anything()] });
    expect(JSON.stringify(error)).not.toMatch(/12345678|kP7vQ2|marlin/);
  });

  test("[A12] the ten latest places, and how many more", async () => {
    const paths = Array.from({ length: 14 }, (_, n) => `/many-${String.fromCharCode(97 + n)}`);
    for (const path of paths) serve(path, "text/plain", "");
    await rig.show(fetching(...paths));
    await rig.until("document.title === 'done'");
    const { error } = await rig.run("waitForResponse", { url: "/nothing", timeout: 300 });
    expect(error?.message).toMatch(/\/many-n \(200\), .*\/many-e \(200\); and 5 earlier ones/);
    expect(error?.message).not.toContain("many-d");
  });

  test("of the session's origins only", async () => {
    const other = createServer((_request, response) => response.end("x")).listen(0, "127.0.0.1");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as { port: number };
    rig.origins.pin([rig.site.origin]);
    await rig.show(
      `<script>fetch("http://127.0.0.1:${port}/x", { mode: "no-cors" }).then(() => (document.title = "done"))</script>`,
    );
    await rig.until("document.title === 'done'");
    const { error } = await rig.run("waitForResponse", { url: "/nothing", timeout: 300 });
    rig.origins.pin(undefined);
    other.close();
    expect(error?.message).toContain("page-");
    expect(error?.message).not.toContain(String(port));
  });
});
