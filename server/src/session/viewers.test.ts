import type { SessionTrace } from "@passage/protocol/trace";
import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import {
  command,
  connectWorker,
  createSession,
  echo,
  openBoth,
  silent,
} from "../../../test/harness/developer-session.ts";
import { connect, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

test("[S51] a viewer that is just being closed costs the session nothing", async () => {
  const { session, worker } = await openBoth(passage, echo);
  for (let index = 0; index < 20; index++) {
    const viewer = await connect(session.websocketUrl, "debug", session.workerToken);
    viewer.socket.send("null");
    worker.send(command(`during-${index}`));
    await worker.message("server.command_result", (message) => message.id === `during-${index}`);
  }
});

test("[S51] a debug viewer sees both directions and may send nothing", async () => {
  const session = await createSession(passage);
  const viewer = await connect(session.websocketUrl, "debug", session.workerToken);
  const worker = await connectWorker(session);
  const device = await scriptedDevice(session, echo);
  worker.send(command("seen"));
  await worker.message("server.command_result");
  await expect
    .poll(() => new Set(viewer.received.map((one) => one.direction)))
    .toEqual(new Set(["worker_to_server", "server_to_worker", "client_to_server", "server_to_client"]));
  viewer.send({ type: "worker.complete" });
  expect(await viewer.message("server.error")).toMatchObject({ code: "wrong_role" });
  device.socket.terminate();
});

test("[S53] a viewer that comes late gets the history first", async () => {
  const { session, worker, device } = await openBoth(passage, echo);
  for (const id of ["one", "two"]) {
    worker.send(command(id));
    await worker.message("server.command_result", (message) => message.id === id);
  }
  const viewer = await connect(session.websocketUrl, "debug", session.workerToken);
  worker.send(command("three"));
  await worker.message("server.command_result", (message) => message.id === "three");
  const commands = () =>
    viewer.received
      .filter((one) => one.direction === "worker_to_server")
      .map((one) => (one.message as { id?: string }).id)
      .filter(Boolean);
  await expect.poll(commands).toEqual(["one", "two", "three"]);
  device.socket.terminate();
});

test("[S56] the trace tells what was asked, how long it took and what came of it, never the values", async () => {
  const { session, worker, device } = await openBoth(passage, ({ id }) =>
    id === "bad" ? { error: { code: "timeout", message: "secret words" } } : { result: { url: "https://a.example/" } },
  );
  for (const id of ["good", "bad"]) {
    worker.send(command(id, "navigate", { url: "https://a.example/secret" }));
    await worker.message("server.command_result", (message) => message.id === id);
  }
  worker.send({ type: "worker.yield_to_user", id: "turn", conditions: [{ type: "userDone" }] });
  await worker.message("server.command_result", (message) => message.id === "turn");
  const path = `/v1/sessions/${session.sessionId}/trace`;
  const first = await request<SessionTrace>(passage, "GET", `${path}?limit=2`);
  expect(first.body.trace).toMatchObject([
    { request: "navigate", ms: expect.any(Number), sent: 1, error: null },
    { request: "navigate", ms: expect.any(Number), sent: 1, error: { code: "timeout" } },
  ]);
  const rest = await request<SessionTrace>(passage, "GET", `${path}?after=${first.body.nextAfter}`);
  expect(rest.body).toMatchObject({ trace: [{ request: "yield", error: null }], nextAfter: null });
  expect(JSON.stringify([first.body, rest.body])).not.toContain("secret");
  device.socket.terminate();
});

test("[S50][S52] the owner lists, reads and ends sessions; nobody else sees them", async () => {
  const { session, device, worker } = await openBoth(passage, silent);
  const event = (type: string, index: number) => ({ type, ts: index, source: "client", payload: { index } });
  const events = [event("navigation", 1), event("console", 2), event("navigation", 3)];
  device.send({ type: "client.events", clientSeq: 1, events });
  await device.message("server.ack");
  const path = `/v1/sessions/${session.sessionId}`;
  const first = await request<{ events: { payload: unknown }[]; nextAfter: number }>(
    passage,
    "GET",
    `${path}/events?type=navigation&limit=1`,
  );
  expect(first.body.events).toMatchObject([{ type: "navigation", payload: { index: 1 } }]);
  const second = await request<{ events: unknown[] }>(
    passage,
    "GET",
    `${path}/events?type=navigation&after=${first.body.nextAfter}`,
  );
  expect(second.body).toMatchObject({ events: [{ payload: { index: 3 } }], nextAfter: null });
  const list = await request<{ sessions: { id: string }[] }>(passage, "GET", "/v1/sessions?limit=1");
  expect(list.body).toMatchObject({
    sessions: [{ id: session.sessionId, linkId: null, status: "active", error: null, endedAt: null }],
    nextCursor: expect.any(String),
  });

  const tampered = session.sessionId.slice(0, -1) + (session.sessionId.endsWith("a") ? "b" : "a");
  expect((await request(passage, "GET", `/v1/sessions/${tampered}`)).status).toBe(404);
  expect((await request(passage, "GET", path, undefined, { key: null })).status).toBe(401);
  const ended = await request(passage, "DELETE", path);
  expect(ended).toMatchObject({ status: 200, body: { phase: "failed", error: { code: "cancelled" } } });
  await worker.message("server.session_end");
  await expect
    .poll(async () => (await request(passage, "GET", "/v1/sessions?limit=1")).body)
    .toMatchObject({ sessions: [{ id: session.sessionId, status: "failed", error: { code: "cancelled" } }] });
});

test("[S54] the documented configuration is checked, and what concerns the device reaches it", async () => {
  const config = { capture: { snapshots: { enabled: true, delayMs: 100 }, screenshots: { enabled: false } } };
  const { device } = await openBoth(passage, silent, config);
  expect(await device.message("server.hello")).toMatchObject({
    ...config,
    debug: false,
    eventFilter: { types: expect.any(Array) },
  });
  for (const [wrong, path] of [
    [{ commandTimeoutMs: 0 }, "config.commandTimeoutMs"],
    [{ sessionDurationMs: 3_600_001 }, "config.sessionDurationMs"],
    [{ disconnectGracePeriodMs: "5" }, "config.disconnectGracePeriodMs"],
    [{ capture: { snapshots: {} } }, "config.capture.snapshots.enabled"],
  ] as const) {
    const answer = await request(passage, "POST", "/v1/sessions", { config: wrong });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  }
  expect((await request(passage, "POST", "/v1/sessions", "{")).status).toBe(400);
  expect((await request(passage, "POST", "/v1/sessions")).status).toBe(201);
});
