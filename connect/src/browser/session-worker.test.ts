import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Browser, Passage, type PassageError } from "../index.ts";
import { fakeSockets } from "../testing/fake-socket.ts";

/** What depends on time or on a server that misbehaves. Everything else is tested against the real one. */
const stored = {
  sessionId: "sess_1",
  workerToken: "wt_secret",
  websocketUrl: "ws://passage.example/sessions/sess_1/ws",
};
let fake: ReturnType<typeof fakeSockets>;
let doorAnswers: Response | undefined;
const doorAsked: { url: string; init: RequestInit }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  fake = fakeSockets();
  doorAnswers = undefined;
  doorAsked.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function dial(signal?: AbortSignal): Promise<Browser> {
  const passage = new Passage({
    apiKey: "psg_test_x",
    webSocket: fake.FakeSocket,
    fetch: async (url, init) => {
      doorAsked.push({ url, init });
      if (!doorAnswers) throw new TypeError("fetch failed");
      return doorAnswers.clone();
    },
  });
  return passage.sessions.connect({ ...stored, signal });
}

async function connected(session: object = {}): Promise<Browser> {
  const browser = dial();
  await vi.advanceTimersByTimeAsync(0);
  fake.newest().greet(session);
  return browser;
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable("the call succeeded"),
    (error: PassageError) => error,
  );
const answer = (result: unknown = {}) =>
  fake.newest().say({ type: "server.command_result", id: fake.newest().last().id, result, error: null });
const refuse = (code: string) =>
  fake.newest().say({ type: "server.error", code, message: code, ref: fake.newest().last().id });

describe("the line", () => {
  test("dials as the worker, the token not in the address, and says hello when open", async () => {
    await connected();
    expect(fake.newest().url).toBe("ws://passage.example/sessions/sess_1/ws?role=worker");
    expect(fake.newest().protocols).toEqual(["passage.v1", "wt_secret"]);
    expect(fake.newest().messages()).toEqual([{ type: "worker.hello", protocol: 1 }]);
  });

  test("pings after 25 s of silence, and dials again when 10 s bring no pong", async () => {
    await connected();
    const first = fake.newest();
    await vi.advanceTimersByTimeAsync(24_999);
    expect(first.sent).not.toContain("ping");
    await vi.advanceTimersByTimeAsync(1);
    expect(first.sent.at(-1)).toBe("ping");
    await vi.advanceTimersByTimeAsync(9_999);
    first.say("pong");
    await vi.advanceTimersByTimeAsync(25_000 + 9_999);
    expect(first.closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(first.closed).toEqual([1000]);
    await vi.advanceTimersByTimeAsync(400);
    expect(fake.sockets).toHaveLength(2);
    expect(doorAsked).toHaveLength(0);
  });

  test("dials again later and later, up to 2 s, and at once-like after it stood", async () => {
    const browser = await connected();
    const delays: number[] = [];
    const lose = async () => {
      const { length } = fake.sockets;
      const since = Date.now();
      fake.newest().end(1006);
      while (fake.sockets.length === length) await vi.advanceTimersByTimeAsync(10);
      delays.push(Date.now() - since);
    };
    for (let i = 0; i < 5; i++) await lose();
    expect(delays).toEqual([400, 800, 1600, 2000, 2000]);
    fake.newest().greet();
    await lose();
    expect(delays.at(-1)).toBe(400);
    vi.mocked(Math.random).mockReturnValue(0);
    await lose();
    expect(delays.at(-1)).toBe(200);
    browser.close();
  });

  test("a server that says no hello within 10 s is dialled again", async () => {
    const browser = dial();
    await vi.advanceTimersByTimeAsync(0);
    fake.newest().open();
    await vi.advanceTimersByTimeAsync(10_400);
    expect(fake.sockets).toHaveLength(2);
    fake.newest().greet();
    await browser;
  });

  test("an old socket that still speaks is not listened to", async () => {
    const browser = await connected();
    const old = fake.newest();
    old.end(1006);
    await vi.advanceTimersByTimeAsync(400);
    fake.newest().greet();
    old.end(4002);
    const title = browser.title();
    answer({ title: "New" });
    expect(await title).toEqual({ title: "New" });
  });

  test.each([
    [4000, "unexpected_response"],
    [4002, "replaced"],
  ])("close code %i is for good: %s", async (code, expected) => {
    const browser = await connected();
    const lost = vi.fn();
    browser.on("lost", lost);
    const title = failure(browser.title());
    fake.newest().end(code);
    expect(await title).toMatchObject({ code: expected, command: "title" });
    expect(await failure(browser.url())).toMatchObject({ code: expected, command: "url" });
    expect(lost).toHaveBeenCalledWith(expect.objectContaining({ code: expected }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.sockets).toHaveLength(1);
  });

  test("close code 4001 without a word before it still ends everything", async () => {
    const browser = await connected();
    fake.newest().end(4001);
    expect(await failure(browser.title())).toMatchObject({ code: "session_terminal" });
  });

  test("gives up when the session's time is long over and nobody answers", async () => {
    const browser = await connected({ expiresAt: Date.now() + 60_000 });
    const title = failure(browser.title());
    let { length } = fake.sockets;
    fake.newest().end(1006);
    const drop = async () => {
      while (fake.sockets.length === length && Date.now() < start + 200_000) await vi.advanceTimersByTimeAsync(100);
      length = fake.sockets.length;
      fake.newest().end(1006);
    };
    const start = Date.now();
    while (Date.now() < start + 72_000) await drop();
    expect(await title).toMatchObject({ code: "session_expired" });
  });
});

describe("connecting", () => {
  test("fails after 30 s without a server", async () => {
    const error = failure(dial());
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await error).toMatchObject({ code: "connection_failed", command: "connect" });
    const { length } = fake.sockets;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(fake.sockets).toHaveLength(length);
  });

  test.each([
    ["invalid_token", 401],
    ["not_found", 404],
  ])("a socket refused for good is told as %s", async (code, status) => {
    doorAnswers = Response.json({ error: "No.", code, requestId: "req_1", docs: "https://docs.example" }, { status });
    const error = failure(dial());
    await vi.advanceTimersByTimeAsync(0);
    fake.newest().end(1006);
    expect(await error).toMatchObject({ code, message: "No." });
    expect(doorAsked).toMatchObject([
      {
        url: "http://passage.example/sessions/sess_1/ws?role=worker",
        init: { headers: { authorization: "Bearer wt_secret" } },
      },
    ]);
  });

  test.each([404, 426, 502])("a stranger's %i does not end it", async (status) => {
    doorAnswers = new Response("<html>", { status });
    const browser = dial();
    await vi.advanceTimersByTimeAsync(0);
    fake.newest().end(1006);
    await vi.advanceTimersByTimeAsync(400);
    fake.newest().greet();
    await browser;
  });

  test("is cancelled by its signal, before and after it dialled", async () => {
    expect(await failure(dial(AbortSignal.abort("enough")))).toMatchObject({ code: "cancelled", cause: "enough" });
    expect(fake.sockets).toHaveLength(0);
    const controller = new AbortController();
    const error = failure(dial(controller.signal));
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    expect(await error).toMatchObject({ code: "cancelled" });
    expect(fake.newest().closed).toEqual([1000]);
  });

  test("needs a WebSocket, a token and an address that can work, and quotes no token", async () => {
    vi.stubGlobal("WebSocket", undefined);
    const { sessions } = new Passage({ apiKey: "psg_test_x" });
    expect(await failure(sessions.connect(stored))).toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining("Node 20"),
    });
    vi.unstubAllGlobals();
    const bad = await failure(sessions.connect({ ...stored, workerToken: "wt_secret, more" }));
    expect(bad).toMatchObject({ code: "invalid_argument" });
    expect(bad.message).not.toContain("secret");
    expect(await failure(sessions.connect({ ...stored, websocketUrl: "https://a" }))).toMatchObject({
      code: "invalid_argument",
    });
  });
});

describe("requests", () => {
  test("a cancelled one holds up the next until the device lets go, at most 5 s", async () => {
    const browser = await connected();
    const controller = new AbortController();
    const click = failure(browser.click({ selector: "a", signal: controller.signal }));
    const title = browser.title();
    const { id } = fake.newest().last();
    controller.abort();
    expect(await click).toMatchObject({ code: "cancelled", command: "click", id });
    expect(fake.newest().last()).toEqual({ type: "worker.cancel", id });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(fake.newest().last()).toMatchObject({ type: "worker.cancel" });
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.newest().last()).toMatchObject({ command: "title" });
    answer({ title: "" });
    await title;
  });

  test("a cancel is said again on a new socket, and the request is not", async () => {
    const browser = await connected();
    const controller = new AbortController();
    void failure(browser.click({ selector: "a", signal: controller.signal }));
    const { id } = fake.newest().last();
    controller.abort();
    fake.newest().end(1006);
    await vi.advanceTimersByTimeAsync(400);
    fake.newest().greet();
    expect(fake.newest().messages().slice(1)).toEqual([{ type: "worker.cancel", id }]);
    const title = browser.title();
    fake.newest().say({ type: "server.command_result", id, result: null, error: { code: "cancelled", message: "" } });
    answer({ title: "Next" });
    expect(await title).toEqual({ title: "Next" });
  });

  test("one that no device was there for is sent again when one is, within its timeout", async () => {
    const browser = await connected({ clientConnected: false });
    const title = browser.click({ selector: "a", timeout: 5_000 });
    const { id } = fake.newest().last();
    refuse("client_not_connected");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(fake.newest().messages()).toHaveLength(2);
    fake.newest().say({ type: "server.client_ready" });
    expect(fake.newest().messages()).toHaveLength(3);
    expect(fake.newest().last()).toMatchObject({ id });
    answer();
    await title;
  });

  test("the wait for a device ends with the timeout", async () => {
    const browser = await connected({ clientConnected: false });
    const click = failure(browser.click({ selector: "a", timeout: 5_000 }));
    refuse("client_not_connected");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await click).toMatchObject({ code: "client_not_connected", command: "click" });
  });

  test("a device that is connected, but not ready, is tried again soon", async () => {
    const browser = await connected();
    const title = browser.title();
    refuse("client_not_connected");
    await vi.advanceTimersByTimeAsync(250);
    expect(fake.newest().messages()).toHaveLength(3);
    answer({ title: "" });
    await title;
  });

  test("a server that is busy with an older one is tried again when it is free, or soon", async () => {
    const browser = await connected();
    const title = browser.title();
    refuse("command_pending");
    fake.newest().say({ type: "server.command_result", id: "older", result: {}, error: null });
    expect(fake.newest().messages()).toHaveLength(3);
    refuse("command_pending");
    await vi.advanceTimersByTimeAsync(250);
    expect(fake.newest().messages()).toHaveLength(4);
    answer({ title: "" });
    await title;
  });

  test("a code that is newer than this library is not lost", async () => {
    const browser = await connected();
    const title = failure(browser.title());
    const error = { code: "moon_phase", message: "Wait for it.", details: { log: ["a"] } };
    fake.newest().say({ type: "server.command_result", id: fake.newest().last().id, result: null, error });
    expect(await title).toMatchObject({
      code: "unexpected_response",
      message: "moon_phase: Wait for it.",
      details: { log: ["a"], code: "moon_phase" },
    });
  });

  test("frames and message types that we do not know change nothing", async () => {
    const browser = await connected();
    const title = browser.title();
    for (const frame of ["{", "null", "7", '{"type":"server.new_thing"}']) fake.newest().say(frame);
    answer({ title: "" });
    await title;
  });

  test("what cannot be sent is refused here", async () => {
    const browser = await connected();
    expect(await failure(browser.evaluate({ expression: "x".repeat(1_048_576) }))).toMatchObject({
      code: "payload_too_large",
      command: "evaluate",
    });
    expect(await failure(browser.complete(1n))).toMatchObject({ code: "invalid_argument", command: "complete" });
    expect(fake.newest().messages()).toHaveLength(1);
  });

  test("close leaves: calls under way end, and so do later ones", async () => {
    const browser = await connected();
    const calls = [browser.title(), browser.url(), browser.complete(1)].map(failure);
    browser.close();
    for (const call of calls) expect(await call).toMatchObject({ code: "closed" });
    expect(await failure(browser.waitForClient())).toMatchObject({ code: "closed", command: "waitForClient" });
    expect(fake.newest().closed).toEqual([1000]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.sockets).toHaveLength(1);
  });

  test("a listener that is taken off hears nothing, and what was kept meanwhile is delivered", async () => {
    const browser = await connected({ clientConnected: false });
    const heard = vi.fn();
    browser.on("clientReady", heard);
    browser.on("clientReady", vi.fn())();
    const title = browser.title();
    const { id } = fake.newest().last();
    const kept = [
      { type: "server.client_ready" },
      { type: "server.command_result", id, result: { title: "Kept" }, error: null },
    ];
    fake.newest().say({ type: "server.replay", messages: kept });
    expect(await title).toEqual({ title: "Kept" });
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
