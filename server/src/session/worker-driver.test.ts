import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CreatedSession } from "@passage/protocol/http/session";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { request } from "../../../test/harness/api.ts";
import {
  command,
  connectWorker,
  createSession,
  echo,
  openBoth,
  silent,
} from "../../../test/harness/developer-session.ts";
import { eviction } from "../../../test/harness/eviction.ts";
import { connect, type Script, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

const describeSession = async (session: CreatedSession) =>
  (await request(passage, "GET", `/v1/sessions/${session.sessionId}`)).body;

test("[S12][S13][S20] phases follow the sockets, and commands pass under the worker's own id", async () => {
  const session = await createSession(passage);
  expect(await describeSession(session)).toMatchObject({ phase: "created", metadata: { order: 7 }, linkId: null });
  const worker = await connectWorker(session);
  expect((await worker.message("server.hello")).session).toMatchObject({
    phase: "pending",
    workerConnected: true,
    clientConnected: false,
  });
  const device = await scriptedDevice(session, echo);
  await worker.message("server.client_ready");
  worker.send(command("cmd_001"));
  expect(await worker.message("server.command_result")).toEqual({
    type: "server.command_result",
    id: "cmd_001",
    result: { url: "https://a.example/cmd_001" },
    error: null,
  });
  device.socket.terminate();
  await worker.message("server.client_disconnected");
  expect(await describeSession(session)).toMatchObject({ phase: "active", clientConnected: false });
  worker.socket.terminate();
});

test("[S21][S22] a second request is refused; the same one again is not a second", async () => {
  const { worker, device } = await openBoth(passage, silent);
  worker.send(command("a"));
  worker.send(command("b"));
  expect(await worker.message("server.error")).toMatchObject({ code: "command_pending", ref: "b" });
  worker.send(command("a"));
  await expect.poll(() => device.received.filter((one) => one.type === "server.command").length).toBe(2);
  device.send({ type: "client.command_response", id: "a", result: { url: "x" }, error: null });
  await worker.message("server.command_result");
  expect(worker.received.filter((one) => one.type === "server.error").length).toBe(1);
  worker.send(command("a"));
  await expect.poll(() => worker.received.filter((one) => one.type === "server.command_result").length).toBe(2);
});

test("[S29] what a worker that is gone left waiting does not hold up the next one", async () => {
  const { session, worker, device } = await openBoth(passage, ({ command: name }) =>
    name === "yield" ? null : { result: { url: "x" } },
  );
  worker.send({ type: "worker.yield_to_user", id: "left", conditions: [{ type: "userDone" }] });
  await device.message("server.set_interactive");
  worker.socket.terminate();
  const next = await connectWorker(session);
  next.send(command("mine"));
  expect(await device.message("server.cancel")).toMatchObject({ id: "left" });
  await device.message("server.set_interactive", (message) => !message.interactive);
  expect(await next.message("server.command_result")).toMatchObject({ id: "mine", result: { url: "x" } });
});

test("[S23] a request waits for its device, and an answer for its worker", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  worker.send(command("early"));
  const device = await scriptedDevice(session, silent);
  await device.message("server.command", (message) => message.id === "early");
  const left = worker.closed();
  worker.socket.close();
  await left;
  await expect.poll(() => describeSession(session)).toMatchObject({ workerConnected: false });
  device.send({ type: "client.command_response", id: "early", result: { url: "kept" }, error: null });
  const back = await connectWorker(session);
  expect((await back.message("server.replay")).messages).toMatchObject([
    { type: "server.command_result", id: "early", result: { url: "kept" } },
  ]);
});

test("[S25] a device that never answers is answered for, and the session goes on", { timeout: 20_000 }, async () => {
  const { worker } = await openBoth(passage, ({ id }) => (id === "slow" ? null : { result: {} }), {
    commandTimeoutMs: 100,
  });
  worker.send(command("slow", "click", { selector: "#x", timeout: 100 }));
  expect(await worker.message("server.command_result")).toMatchObject({ id: "slow", error: { code: "timeout" } });
  worker.send(command("next"));
  await worker.message("server.command_result", (message) => message.id === "next");
});

test("[S26] a cancelled request is cancelled on the device, or at once where no device has it", async () => {
  const { worker, device } = await openBoth(passage, silent);
  worker.send(command("a"));
  await device.message("server.command");
  worker.send({ type: "worker.cancel", id: "a" });
  await device.message("server.cancel");
  device.send({ type: "client.command_response", id: "a", result: null, error: { code: "cancelled", message: "" } });
  expect(await worker.message("server.command_result")).toMatchObject({ id: "a", error: { code: "cancelled" } });

  const alone = await connectWorker(await createSession(passage));
  alone.send(command("b"));
  alone.send({ type: "worker.cancel", id: "b" });
  expect(await alone.message("server.command_result")).toMatchObject({ id: "b", error: { code: "cancelled" } });
});

test("[S28] a batch is one request with one answer", async () => {
  const results = [{ result: {} }, { error: { code: "timeout", message: "late" } }];
  const { worker } = await openBoth(passage, ({ command: name }) =>
    name === "batch" ? { result: { results } } : null,
  );
  worker.send(command("all", "batch", { commands: [{ command: "url" }, { command: "title" }] }));
  expect(await worker.message("server.command_result")).toMatchObject({ id: "all", result: { results } });
});

test("[S30][S31] a yield hands the page over; commands wait, the status does not", async () => {
  const { worker, device } = await openBoth(passage, ({ command: name }) =>
    name === "updateStatus" ? { result: {} } : null,
  );
  const conditions = [{ type: "url", pattern: "/done" }];
  worker.send({ type: "worker.yield_to_user", id: "y", conditions, status: { heading: "Sign in" }, timeout: 60_000 });
  const given = await device.message("server.set_interactive");
  expect(given).toMatchObject({ interactive: true, yield: { id: "y", conditions, status: { heading: "Sign in" } } });
  worker.send(command("no"));
  expect(await worker.message("server.error")).toMatchObject({ code: "user_in_control", ref: "no" });
  worker.send(command("status", "updateStatus", { heading: "Hello" }));
  await worker.message("server.command_result", (message) => message.id === "status");
  device.send({ type: "client.command_response", id: "y", result: { matched: true, condition: 0 }, error: null });
  expect(await worker.message("server.command_result", (message) => message.id === "y")).toMatchObject({
    result: { matched: true, condition: 0 },
  });
  await device.message("server.set_interactive", (message) => !message.interactive);
});

test("[S32] an optional yield that runs out says so; another one ends the session", async () => {
  const expired: Script = ({ command: name, params }) =>
    name !== "yield"
      ? null
      : params.optional
        ? { result: { matched: false, reason: "timeout" } }
        : { error: { code: "timeout", message: "late" } };
  const { worker, session } = await openBoth(passage, expired);
  const yielded = { type: "worker.yield_to_user", conditions: [{ type: "userDone" }], timeout: 50 };
  worker.send({ ...yielded, id: "o", optional: true });
  expect(await worker.message("server.command_result")).toMatchObject({ id: "o", result: { matched: false } });
  worker.send({ ...yielded, id: "n" });
  expect(await worker.message("server.session_end")).toMatchObject({
    phase: "failed",
    error: { code: "CLIENT_TIMEOUT" },
  });
  expect(await describeSession(session)).toMatchObject({ phase: "failed", error: { code: "CLIENT_TIMEOUT" } });
});

test("[S34][S10] for a device that only tells events, the server evaluates the conditions", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  const device = await connect(session.websocketUrl, "client", session.clientToken);
  device.send({ type: "client.hello" });
  await worker.message("server.client_ready");
  let clientSeq = 0;
  const tell = (type: string, payload: object) =>
    device.send({
      type: "client.events",
      clientSeq: ++clientSeq,
      events: [{ type, ts: clientSeq, source: "client", payload }],
    });
  const yieldFor = (id: string, conditions: object[], match = "any") =>
    worker.send({ type: "worker.yield_to_user", id, conditions, match });
  const result = (id: string) => worker.message("server.command_result", (message) => message.id === id);

  tell("navigation", { url: "https://a.example/done", isMainFrame: true });
  yieldFor("met-already", [{ type: "url", pattern: "/done$" }]);
  expect(await result("met-already")).toMatchObject({
    result: { matched: true, condition: 0, url: "https://a.example/done" },
  });

  worker.send(command("go", "navigate", { url: "https://a.example/" }));
  const go = await device.message("server.command");
  device.send({
    type: "client.command_response",
    id: go.id,
    result: { url: "https://a.example/", status: 200 },
    error: null,
  });
  await result("go");
  yieldFor("after-navigate", [
    { type: "url", pattern: "/done$" },
    { type: "networkRequest", urlContains: "/token", method: "post", successfulOnly: true },
  ]);
  tell("navigation", { url: "https://frame.example/done", isMainFrame: false });
  tell("net.response", { url: "https://a.example/token", method: "POST", status: 401 });
  tell("net.response", { url: "https://a.example/token", method: "POST", status: 200 });
  expect(await result("after-navigate")).toMatchObject({
    result: {
      matched: true,
      condition: 1,
      networkCapture: { url: "https://a.example/token", method: "POST", status: 200 },
    },
  });
  await device.message("server.set_interactive", (message) => !message.interactive);

  yieldFor(
    "all",
    [
      { type: "url", pattern: "/home" },
      { type: "networkRequest", url: "/me$" },
    ],
    "all",
  );
  tell("navigation", { url: "https://a.example/home" });
  tell("net.response", { url: "https://a.example/me", method: "GET", status: 500 });
  expect(await result("all")).toMatchObject({ result: { matched: true, condition: 0 } });

  yieldFor("blind", [{ type: "selector", selector: "#x" }]);
  expect(await result("blind")).toMatchObject({ error: { code: "unsupported_command" } });
  device.socket.terminate();
});

test("[S14][S18][S6] it completes from active only, and an end is for ever", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  worker.send({ type: "worker.complete", result: { early: true } });
  expect(await worker.message("server.error")).toMatchObject({ code: "client_not_connected" });
  const device = await scriptedDevice(session, silent);
  const closed = [worker.closed(), device.closed()];
  worker.send({ type: "worker.complete", result: { bills: [1, null, { a: "é" }] } });
  worker.send({ type: "worker.fail", error: { code: "late", message: "late" } });
  expect(await worker.message("server.session_end")).toMatchObject({ phase: "complete", error: null });
  await device.message("server.session_end");
  expect((await Promise.all(closed)).map((one) => one.code)).toEqual([4001, 4001]);
  expect(await describeSession(session)).toMatchObject({ phase: "complete", result: { bills: [1, null, { a: "é" }] } });
  const late = await connect(session.websocketUrl, "client", session.clientToken);
  const lateClosed = late.closed();
  late.send({ type: "client.hello" });
  expect((await late.message("server.hello")).session.phase).toBe("complete");
  await late.message("server.session_end");
  expect(await lateClosed).toMatchObject({ code: 4001 });
});

test("[S14] a worker fails it from pending", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  worker.send({ type: "worker.fail", error: { code: "no_stock", message: "Nothing to buy" } });
  expect(await worker.message("server.session_end")).toMatchObject({
    phase: "failed",
    error: { code: "AUTOMATION_ERROR", message: "Nothing to buy", details: { workerCode: "no_stock" } },
  });
});

test("[S15][S17] without a client for the grace it expires, and at its duration in any case", async () => {
  const gone = await openBoth(passage, silent, { disconnectGracePeriodMs: 300 });
  gone.device.socket.terminate();
  expect(await gone.worker.message("server.session_end")).toMatchObject({
    phase: "expired",
    error: { code: "CLIENT_TIMEOUT" },
  });
  const long = await openBoth(passage, silent, { sessionDurationMs: 3_000 });
  expect(await long.worker.message("server.session_end")).toMatchObject({ phase: "expired" });
});

test("[S16] grace does not run while the person has the page", async () => {
  const { worker, device, session } = await openBoth(passage, silent, { disconnectGracePeriodMs: 200 });
  worker.send({ type: "worker.yield_to_user", id: "y", conditions: [{ type: "userDone" }] });
  await device.message("server.set_interactive");
  device.socket.terminate();
  await worker.message("server.client_disconnected");
  const back = await scriptedDevice(session, silent);
  expect(await back.message("server.set_interactive")).toMatchObject({ yield: { id: "y" } });
  expect(await describeSession(session)).toMatchObject({ phase: "active" });
  back.send({ type: "client.command_response", id: "y", result: { matched: true }, error: null });
  await worker.message("server.command_result");
});

test("[S3] the token may come in three ways, and the subprotocol is echoed to who asked", async () => {
  const session = await createSession(passage);
  const url = `${session.websocketUrl}?role=worker`;
  const ways = [
    new WebSocket(`${url}&token=${session.workerToken}`),
    new WebSocket(url, { headers: { authorization: `Bearer ${session.workerToken}` } }),
    new WebSocket(url, ["passage.v1", session.workerToken]),
  ];
  const opened = ways.map(
    (socket) => new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject)),
  );
  await Promise.all(opened);
  expect(ways.map((socket) => socket.protocol)).toEqual(["", "", "passage.v1"]);
  for (const socket of ways) socket.terminate();
});

test("[S5] ping is answered pong", async () => {
  const session = await createSession(passage);
  const socket = new WebSocket(`${session.websocketUrl}?role=worker&token=${session.workerToken}`);
  socket.once("open", () => socket.send("ping"));
  expect(await new Promise((resolve) => socket.once("message", (data) => resolve(String(data))))).toBe("pong");
  socket.terminate();
});

test("[S7][S8][S9][S10] hostile frames are refused one by one, and the socket that may stay stays", async () => {
  const session = await createSession(passage);
  const worker = await connectWorker(session);
  const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  const bad: [frame: string, code: string][] = [
    [JSON.stringify({ type: "worker.command", id: "x".repeat(200), command: "url" }), "invalid_message"],
    [JSON.stringify({ type: "worker.command", id: "a", command: "constructor" }), "unsupported_command"],
    [JSON.stringify({ type: "worker.command", id: "a", command: "__proto__" }), "unsupported_command"],
    [`{"type":"worker.fly","x":${deep}}`, "unknown_type"],
    ['{"type":"constructor"}', "unknown_type"],
    [JSON.stringify({ type: "worker.fly", pad: "x".repeat(2_097_152) }), "payload_too_large"],
    [JSON.stringify({ type: "client.hello" }), "wrong_role"],
  ];
  for (const [index, [frame, code]] of bad.entries()) {
    worker.socket.send(frame);
    await expect
      .poll(() => worker.received.filter((one) => one.type === "server.error")[index])
      .toMatchObject({ code });
  }
  worker.socket.send('{"type":"worker.command","id":"p","command":"url","params":{"__proto__":{"polluted":1}}}');
  const device = await scriptedDevice(session, echo);
  expect((await device.message("server.command")).params).toEqual({});
  const closed = worker.closed();
  worker.socket.send(Buffer.from([0xff, 0xfe, 0xfd]));
  expect(await closed).toMatchObject({ code: 4000 });
  const other = await connectWorker(session);
  const gone = other.closed();
  other.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
  expect([1007, 4000]).toContain((await gone).code);
});

test("[S11] ten thousand frames in a row are each answered, and the session works on", {
  timeout: 60_000,
}, async () => {
  const { worker } = await openBoth(passage, ({ id }) => (id === "held" ? null : { result: { url: "x" } }));
  worker.send(command("held"));
  for (let index = 0; index < 10_000; index++) worker.send(command(`flood-${index}`));
  await expect
    .poll(() => worker.received.filter((one) => one.code === "command_pending").length, { timeout: 30_000 })
    .toBe(10_000);
});

test("[S35] commands are passed on without a commit, whatever their answers carry", async () => {
  const { worker, device } = await openBoth(passage, silent);
  const folder = join(passage.data, "objects", "session");
  const framesWritten = () => {
    const logs = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite-wal$/.test(name));
    return logs.reduce((sum, name) => sum + statSync(join(folder, name)).size / 4_120, 0);
  };
  const before = framesWritten();
  for (let index = 1; index <= 200; index++) {
    const id = `${index}`;
    worker.send(command(id));
    await device.message("server.command", (one) => one.id === id);
    const ledger = { head: "a".repeat(64), entries: index };
    device.send({ type: "client.command_response", id, result: { url: "x" }, error: null, ledger });
    await worker.message("server.command_result", (one) => one.id === id);
  }
  // The timeline is written every two seconds.
  expect(framesWritten() - before).toBeLessThan(50);
});

test("[S60] opened in the same instant by both, it still sleeps during a yield and wakes on the match", {
  timeout: 60_000,
}, async () => {
  const session = await createSession(passage);
  const [worker, device] = await Promise.all([
    connect(session.websocketUrl, "worker", session.workerToken),
    connect(session.websocketUrl, "client", session.clientToken),
  ]);
  worker.send({ type: "worker.hello" });
  device.send({ type: "client.hello" });
  await worker.message("server.client_ready");
  worker.send(command("first"));
  await device.message("server.command");
  device.send({ type: "client.command_response", id: "first", result: { url: "x" }, error: null });
  await worker.message("server.command_result");
  worker.send({ type: "worker.yield_to_user", id: "y", conditions: [{ type: "userDone" }] });
  await device.message("server.set_interactive");
  await eviction(passage, "session", session.sessionId);
  device.send({ type: "client.command_response", id: "y", result: { matched: true, condition: 0 }, error: null });
  await worker.message("server.command_result", (one) => one.id === "y");
  await passage.logged("session.woke", session.sessionId);
  expect(device.received.filter((one) => one.type === "server.set_interactive" && one.interactive).length).toBe(1);
});
