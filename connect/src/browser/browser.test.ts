import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { type Running, removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import type { Browser, CommandName, CommandParams, CommandResult, SessionEnd, YieldResult } from "../index.ts";
import { commandNames } from "../protocol.generated.ts";
import { device, failure, passageOf, startSession } from "../testing/session.ts";

let running: Running;
beforeAll(async () => {
  running = await startPassage();
});
afterAll(async () => {
  await running.stop();
  removeFolder(running.data);
});

const done = () => ({ result: {} });
const page = { url: "https://shop.example/", status: 200 };

/** A call of each method, and the result that the device gives it. */
const calls: { [Name in CommandName]: [CommandParams<Name> | undefined, CommandResult<Name>] } = {
  navigate: [{ url: "https://shop.example/", waitUntil: "commit", timeout: 9_000 }, page],
  reload: [undefined, page],
  goBack: [{ timeout: 9_000 }, page],
  click: [{ selector: "role=button" }, {}],
  hover: [{ selector: "nav", position: { x: 1, y: 2 }, modifiers: ["Shift"] }, {}],
  check: [{ selector: "#terms", force: true }, {}],
  uncheck: [{ selector: "#news", trial: true }, {}],
  fill: [{ selector: "#code", value: "123" }, {}],
  clear: [{ selector: "#code" }, {}],
  type: [{ selector: "#code", text: "123", delay: 5 }, {}],
  focus: [{ selector: "#code" }, {}],
  setInputFiles: [{ selector: "#bill", files: [{ name: "a.txt", mimeType: "text/plain", data: "YQ==" }] }, {}],
  select: [{ selector: "select", values: ["a", "b"] }, { values: ["a"] }],
  press: [{ key: "Enter" }, {}],
  waitForSelector: [{ selector: "main", state: "attached" }, {}],
  waitForNavigation: [{ urlPattern: "/orders$" }, { url: page.url }],
  waitForURL: [{ url: { pattern: "/orders" }, waitUntil: "commit" }, { url: page.url }],
  waitForResponse: [
    { url: "/api/", captureBody: true },
    { url: page.url, method: "GET", status: 200, body: "[]" },
  ],
  fetchInPage: [
    { url: "/api", method: "POST", headers: { a: "b" }, body: "{}", as: "json" },
    { url: page.url, status: 200, contentType: "application/json", body: { a: 1 } },
  ],
  extract: [{ from: "dom", rows: "tr", fields: { total: "td" } }, { data: [{ total: "1" }] }],
  waitForNetworkIdle: [undefined, {}],
  waitForTimeout: [{ timeout: 5 }, {}],
  evaluate: [{ expression: "[1, null]" }, { value: [1, null] }],
  textContent: [{ selector: "h1" }, { text: "Orders" }],
  innerText: [{ selector: "h1" }, { text: "Orders" }],
  innerHTML: [{ selector: "h1" }, { html: "<b>Orders</b>" }],
  getAttribute: [{ selector: "a", name: "href" }, { value: null }],
  inputValue: [{ selector: "#name" }, { value: "Ada" }],
  count: [{ selector: "tr" }, { count: 3 }],
  isVisible: [{ selector: "h1" }, { visible: true }],
  content: [undefined, { html: "<html></html>" }],
  title: [undefined, { title: "Orders" }],
  url: [undefined, { url: page.url }],
  screenshot: [
    { format: "jpeg", quality: 50 },
    { data: "AA==", format: "jpeg", width: 1, height: 1 },
  ],
  updateStatus: [{ heading: "Reading", progress: 0.5 }, {}],
};

test("read takes what the schema names of the page's request, in the schema's type", async () => {
  const { browser, asked } = await startSession(running, () => ({
    result: { url: page.url, status: 200, contentType: "application/json", body: { total: "42.10" } },
  }));
  const schema = { type: "object", properties: { total: { leaf: "money" } }, required: ["total"] } as const;
  const { status, data, drift } = await browser.read({
    request: { url: "/api/bill", method: "POST", body: "{}" },
    schema,
  });
  expectTypeOf(data).toExtend<{ total: string } | null>();
  expect({ status, data, drift }).toEqual({ status: 200, data: { total: "42.10" }, drift: [] });
  const params = { url: "/api/bill", method: "POST", body: "{}", schema };
  expect(asked).toMatchObject([{ command: "fetchInPage", params }]);
});

describe("commands", () => {
  test("each method is its command on the wire, and returns the device's result", async () => {
    const { browser, asked } = await startSession(running, ({ command }) => ({
      result: calls[command as CommandName][1],
    }));
    for (const name of commandNames) {
      const method = browser[name] as (params?: object) => Promise<unknown>;
      const [params, result] = calls[name];
      const { signal } = new AbortController();
      expect(await method(params && { ...params, signal })).toEqual(result);
    }
    expect(asked.map(({ command, params }) => [command, params])).toEqual(
      commandNames.map((name) => [name, calls[name][0] ?? {}]),
    );
    expect(new Set(asked.map(({ id }) => id)).size).toBe(commandNames.length);
    browser.close();
  });

  test("calls made at once run one after the other, in order", async () => {
    const { browser, asked, answer } = await startSession(running, () => null);
    const order: string[] = [];
    const all = (["title", "url", "content"] as const).map((name) => browser[name]().then(() => order.push(name)));
    for (const count of [1, 2, 3]) {
      await expect.poll(() => asked.length).toBe(count);
      answer({ result: {} });
    }
    await Promise.all(all);
    expect(order).toEqual(["title", "url", "content"]);
    browser.close();
  });

  test("a call made before the device is there waits for it", async () => {
    const session = await passageOf(running).sessions.create();
    const browser = await session.connect();
    const title = browser.title();
    await device(session, () => ({ result: { title: "Late" } }));
    expect(await title).toEqual({ title: "Late" });
    browser.close();
  });

  test("a call is answered though its device was replaced in the middle", async () => {
    const { session, browser, peer, asked } = await startSession(running, () => null);
    const title = browser.title();
    await expect.poll(() => asked.length).toBe(1);
    peer.socket.terminate();
    const second = await device(session, () => ({ result: { title: "Second" } }));
    expect(await title).toEqual({ title: "Second" });
    expect(second.asked.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    browser.close();
  });

  test("a device's error keeps its code, its text and what the device saw", async () => {
    const error = { code: "strict_violation", message: "2 elements match a", details: { matches: ["<a>", "<a>"] } };
    const { browser, asked } = await startSession(running, () => ({ error }));
    expect(await failure(browser.click({ selector: "a" }))).toMatchObject({
      ...error,
      command: "click",
      id: asked[0]?.id,
    });
    browser.close();
  });

  test("a server's refusal keeps its code", async () => {
    const { browser } = await startSession(running, done);
    expect(await failure(browser.yieldToUser({ conditions: [] }))).toMatchObject({
      code: "invalid_message",
      command: "yieldToUser",
    });
    browser.close();
  });

  test("a signal cancels the call on the device, and the next goes on when the device has let go", async () => {
    const { browser, peer, asked, answer } = await startSession(running, ({ command }) =>
      command === "click" ? null : { result: { title: "Next" } },
    );
    const controller = new AbortController();
    const click = failure(browser.click({ selector: "a", signal: controller.signal }));
    const title = browser.title();
    await expect.poll(() => asked.length).toBe(1);
    controller.abort("enough");
    expect(await click).toMatchObject({ code: "cancelled", command: "click", cause: "enough" });
    const { id } = await peer.message("server.cancel");
    expect(asked).toMatchObject([{ id, command: "click" }]);
    answer({ error: { code: "cancelled", message: "Let go" } });
    expect(await title).toEqual({ title: "Next" });
    browser.close();
  });

  test("a call whose turn has not come is cancelled without a word", async () => {
    const { browser, asked, answer } = await startSession(running, () => null);
    const controller = new AbortController();
    const title = browser.title();
    const click = failure(browser.click({ selector: "a", signal: controller.signal }));
    const never = failure(browser.click({ selector: "b", signal: AbortSignal.abort() }));
    await expect.poll(() => asked.length).toBe(1);
    controller.abort();
    expect(await click).toMatchObject({ code: "cancelled" });
    expect(await never).toMatchObject({ code: "cancelled" });
    const url = browser.url();
    answer({ result: {} });
    await title;
    await expect.poll(() => asked.map(({ command }) => command)).toEqual(["title", "url"]);
    browser.close();
    expect(await failure(url)).toMatchObject({ code: "closed" });
  });
});

describe("batch", () => {
  test("runs in one round trip and answers each command's result", async () => {
    const { browser, asked } = await startSession(running, () => ({
      result: { results: [{ result: {} }, { result: { title: "Orders" } }] },
    }));
    const [clicked, { title }] = await browser.batch([
      { command: "click", params: { selector: "a" } },
      { command: "title" },
    ]);
    expect([clicked, title]).toEqual([{}, "Orders"]);
    expect(asked).toMatchObject([
      {
        command: "batch",
        params: { commands: [{ command: "click", params: { selector: "a" } }, { command: "title" }] },
      },
    ]);
    browser.close();
  });

  test("throws the first error, with its index and the results before it", async () => {
    const error = { code: "timeout", message: "No a in time." };
    const { browser } = await startSession(running, () => ({
      result: { results: [{ result: { title: "Orders" } }, { error }] },
    }));
    const batch = browser.batch([
      { command: "title" },
      { command: "click", params: { selector: "a" } },
      { command: "url" },
    ]);
    expect(await failure(batch)).toMatchObject({
      ...error,
      command: "click",
      details: { index: 1, results: [{ title: "Orders" }] },
    });
    browser.close();
  });

  test("an answer for fewer commands is no success", async () => {
    const { browser } = await startSession(running, () => ({ result: { results: [] } }));
    expect(await failure(browser.batch([{ command: "url" }]))).toMatchObject({ code: "unexpected_response" });
    browser.close();
  });
});

describe("the person", () => {
  test("a yield reaches the device as it is, and its captured response comes back", async () => {
    const captured = {
      matched: true,
      condition: 0,
      networkCapture: {
        url: "https://shop.example/api/orders",
        method: "GET",
        status: 200,
        responseBody: '{"orders":[]}',
      },
    } satisfies YieldResult;
    const { browser, peer, asked } = await startSession(running, () => ({ result: captured }));
    const request = {
      status: { heading: "Sign in" },
      conditions: [{ type: "networkRequest", urlContains: "/api/orders", captureBody: true }, { type: "userDone" }],
      match: "any",
      timeout: 60_000,
      optional: true,
    } satisfies Parameters<Browser["yieldToUser"]>[0];
    const result = await browser.yieldToUser(request);
    expect(JSON.parse(result.networkCapture?.responseBody ?? "")).toEqual({ orders: [] });
    expect(asked[0]?.params).toEqual({ id: asked[0]?.id, ...request });
    await peer.message("server.set_interactive", ({ interactive }) => !interactive);
    browser.close();
  });

  test("meanwhile the status may change, and other calls wait", async () => {
    const { browser, asked, answer } = await startSession(running, ({ command }) =>
      command === "yield" ? null : { result: {} },
    );
    const yielded = browser.yieldToUser({ conditions: [{ type: "userDone" }] });
    const status = browser.updateStatus({ heading: "Take your time" });
    const clicked = browser.click({ selector: "a" });
    await status;
    expect(asked.map(({ command }) => command)).toEqual(["yield", "updateStatus"]);
    answer({ result: { matched: true } }, asked[0]?.id);
    await Promise.all([yielded, clicked]);
    expect(asked.map(({ command }) => command)).toEqual(["yield", "updateStatus", "click"]);
    browser.close();
  });

  test("a yield is cancelled by its signal", async () => {
    const { browser, peer, asked, answer } = await startSession(running, ({ command }) =>
      command === "yield" ? null : { result: { title: "Back" } },
    );
    const controller = new AbortController();
    const yielded = failure(browser.yieldToUser({ conditions: [{ type: "userDone" }], signal: controller.signal }));
    await expect.poll(() => asked.length).toBe(1);
    controller.abort();
    expect(await yielded).toMatchObject({ code: "cancelled", command: "yieldToUser" });
    await peer.message("server.cancel");
    answer({ error: { code: "cancelled", message: "" } });
    expect(await browser.title()).toEqual({ title: "Back" });
    browser.close();
  });

  test("the device's coming and going is told", async () => {
    const session = await passageOf(running).sessions.create();
    const browser = await session.connect();
    const heard: string[] = [];
    for (const name of ["clientReady", "clientDisconnected"] as const) browser.on(name, () => heard.push(name));
    const early = await failure(browser.waitForClient({ signal: AbortSignal.abort() }));
    expect(early).toMatchObject({ code: "cancelled", command: "waitForClient" });
    const there = browser.waitForClient();
    const first = await device(session, done);
    await there;
    await browser.waitForClient();
    first.peer.socket.terminate();
    await expect.poll(() => heard).toEqual(["clientReady", "clientDisconnected"]);
    await device(session, done);
    await browser.waitForClient();
    await expect.poll(() => heard).toEqual(["clientReady", "clientDisconnected", "clientReady"]);
    browser.close();
  });
});

describe("the end", () => {
  test("complete waits for the calls before it, and ends the session for everybody", async () => {
    const { browser, peer, asked } = await startSession(running, () => ({ result: { title: "Last" } }));
    const end = new Promise<SessionEnd>((resolve) => browser.on("end", resolve));
    const [title] = await Promise.all([browser.title(), browser.complete({ orders: [] })]);
    expect(title).toEqual({ title: "Last" });
    expect(asked).toHaveLength(1);
    expect(await end).toMatchObject({ phase: "complete", error: null });
    await peer.message("server.session_end", ({ phase }) => phase === "complete");
    for (const call of [browser.title(), browser.complete(), browser.waitForClient()])
      expect(await failure(call)).toMatchObject({ code: "session_terminal", details: { phase: "complete" } });
  });

  test("complete before any device was there is refused", async () => {
    const session = await passageOf(running).sessions.create();
    const browser = await session.connect();
    expect(await failure(browser.complete())).toMatchObject({ code: "client_not_connected", command: "complete" });
    browser.close();
  });

  test("fail does not wait for what hangs", async () => {
    const { browser, peer, asked } = await startSession(running, () => null);
    const calls = [browser.click({ selector: "a" }), browser.title()].map(failure);
    await expect.poll(() => asked.length).toBe(1);
    await browser.fail({ code: "NO_ORDERS", message: "There are no orders." });
    for (const call of calls)
      expect(await call).toMatchObject({
        code: "session_terminal",
        message: "The session is over: There are no orders.",
        details: { phase: "failed", error: { details: { workerCode: "NO_ORDERS" } } },
      });
    await peer.message("server.session_end", ({ phase }) => phase === "failed");
  });
});

// The proof is the type check of this file.
test("types: params, options and results of calls", () => {
  const use = async (browser: Browser) => {
    expectTypeOf(await browser.navigate({ url: "a" })).toEqualTypeOf<{ url: string; status: number | null }>();
    expectTypeOf(await browser.title({ signal: AbortSignal.abort() })).toEqualTypeOf<{ title: string }>();
    // @ts-expect-error: a selector is required
    await browser.click();
    // @ts-expect-error: no such param
    await browser.click({ selector: "a", firmly: true });
    // @ts-expect-error: a link's event
    browser.on("link.complete", () => {});
    browser.on("end", ({ phase }) => expectTypeOf(phase).toEqualTypeOf<"complete" | "failed" | "expired">());
    const results = await browser.batch([{ command: "url" }, { command: "isVisible", params: { selector: "a" } }]);
    expectTypeOf(results).toEqualTypeOf<[{ url: string }, { visible: boolean }]>();
    // @ts-expect-error: that is not what click takes
    await browser.batch([{ command: "click", params: { url: "a" } }]);
  };
  expectTypeOf(use).returns.resolves.toBeVoid();
});
