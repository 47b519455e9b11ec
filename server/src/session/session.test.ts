import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { claim, createLink, getLink } from "../../../test/harness/api.ts";
import { declaredNameOf } from "../../../test/harness/declared-script.ts";
import { eviction } from "../../../test/harness/eviction.ts";
import { removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { connect, scriptedDevice } from "../../../test/harness/scripted-device.ts";
import { expectedBilling, tmobileScript } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

test("[S6][S20] a link completes with its bills, and the device is told so", async () => {
  const link = await createLink(passage, { returnUrl: "myapp://done?a=1#b" });
  const device = await scriptedDevice(await claim(passage, link.claimCode), tmobileScript);
  const closed = device.closed();
  const end = await device.message("server.session_end");
  expect(end).toMatchObject({ phase: "complete", error: null });
  expect(end.returnUrl).toBe(`myapp://done?a=1&linkId=${link.linkId}&status=complete#b`);
  expect(await closed).toMatchObject({ code: 4001 });
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "complete",
      result: { billing: expectedBilling },
      error: null,
    });
});

test("[S10] the device learns where it may go and what it will be asked", async () => {
  const link = await createLink(passage);
  const device = await scriptedDevice(await claim(passage, link.claimCode), () => null);
  const hello = await device.message("server.hello");
  const [signed = "", ...more] = hello.manifests ?? [];
  const manifest = JSON.parse(Buffer.from(signed.split(".")[1] ?? "", "base64url").toString());
  expect(manifest).toMatchObject({
    provider: "tmobile",
    resource: "mobileBillingStatement",
    v: 1,
    reads: { bills: { path: expect.any(String) } },
  });
  expect(manifest.commands).toBe(undefined);
  expect(manifest.origins).toEqual(["https://www.t-mobile.com", "https://account.t-mobile.com"]);
  expect(more).toEqual([]);
  expect(hello.sandbox).toBe(`http://localhost:${passage.port}`);
  expect(hello.operations).toMatchObject([{ resource: "mobileBillingStatement", action: "read" }]);
  device.socket.terminate();
});

test("[S60] the object sleeps while the user types, and the run goes on from its journal", {
  timeout: 60_000,
}, async () => {
  const link = await createLink(passage);
  const claimed = await claim(passage, link.claimCode);
  const device = await scriptedDevice(claimed, (request) =>
    request.command === "yield" ? null : tmobileScript(request),
  );
  const yielded = await device.message("server.set_interactive", (message) => message.interactive);
  const before = device.received.length;
  await eviction(passage, "session", claimed.sessionId);
  device.send({
    type: "client.command_response",
    id: yielded.yield?.id,
    result: { matched: true, condition: 0 },
    error: null,
  });
  await device.message("server.session_end", (message) => message.phase === "complete");
  const resumed = await passage.logged("session.resumed", claimed.sessionId);
  expect(resumed.answered).toBe(5);
  const repeated = device.received.slice(before).filter((message) => message.type === "server.set_interactive");
  expect(repeated).toEqual([{ type: "server.set_interactive", interactive: false }]);
  await expect.poll(() => getLink(passage, link.linkId)).toMatchObject({ status: "complete" });
});

test("[S1][S2][S7] bad tokens, unknown sessions and frames that are not JSON get the documented codes", async () => {
  const link = await createLink(passage);
  const claimed = await claim(passage, link.claimCode);
  const other = await claim(passage, (await createLink(passage)).claimCode);
  await expect(connect(claimed.websocketUrl, "client", "ct_wrong")).rejects.toMatchObject({ status: 401 });
  await expect(connect(claimed.websocketUrl, "client", other.clientToken)).rejects.toMatchObject({ status: 401 });
  await expect(connect(claimed.websocketUrl, "worker", claimed.clientToken)).rejects.toMatchObject({ status: 401 });
  await expect(connect(claimed.websocketUrl, "boss", claimed.clientToken)).rejects.toMatchObject({ status: 400 });
  const unknown = claimed.websocketUrl.replace(/sess_\w+/, "sess_unknown");
  await expect(connect(unknown, "client", claimed.clientToken)).rejects.toMatchObject({ status: 404 });
  for (const frame of ["{", "[]", "null", '{"no":"type"}', '{"type":5}']) {
    const peer = await connect(claimed.websocketUrl, "client", claimed.clientToken);
    const closed = peer.closed();
    peer.socket.send(frame);
    expect(await closed).toMatchObject({ code: 4000 });
  }
});

test("[S8] unknown and foreign message types are answered, and the socket stays", async () => {
  const claimed = await claim(passage, (await createLink(passage)).claimCode);
  const device = await scriptedDevice(claimed, () => null);
  device.send({ type: "client.nonsense", id: "7" });
  expect(await device.message("server.error")).toMatchObject({ code: "unknown_type", ref: "7" });
  device.send({ type: "worker.complete", result: {} });
  await device.message("server.error", (message) => message.code === "wrong_role");
  device.send({ type: "client.command_response" });
  await device.message("server.error", (message) => message.code === "invalid_message");
  device.socket.terminate();
});

test("[S4][S27] a newer device takes the session over, and gets what is pending", async () => {
  const claimed = await claim(passage, (await createLink(passage)).claimCode);
  const first = await scriptedDevice(claimed, () => null);
  await first.message("server.command");
  const closed = first.closed();
  const second = await scriptedDevice(claimed, tmobileScript);
  expect(await closed).toMatchObject({ code: 4002 });
  expect(await second.message("server.command")).toMatchObject({ id: "1" });
  await second.message("server.session_end", (message) => message.phase === "complete");
});

test("[S24] an answer to something that is not pending changes nothing", async () => {
  const claimed = await claim(passage, (await createLink(passage)).claimCode);
  const device = await scriptedDevice(claimed, () => null);
  const command = await device.message("server.command");
  device.send({ type: "client.command_response", id: "99", result: {}, error: null });
  device.send({ type: "client.command_response", id: command.id, result: {}, error: null });
  device.send({ type: "client.command_response", id: command.id, result: { twice: true }, error: null });
  await device.message("server.command", (message) => message.id === "2");
  await passage.logged("answer.stale", claimed.sessionId, '"id":"99"');
  await passage.logged("answer.stale", claimed.sessionId, '"id":"1"');
  device.socket.terminate();
});

test("[S33] a user who gives up fails the link with the reason, and it can be claimed again", async () => {
  const link = await createLink(passage);
  const device = await scriptedDevice(await claim(passage, link.claimCode), (request) =>
    request.command === "yield" ? { result: { matched: false, reason: "user_gave_up" } } : tmobileScript(request),
  );
  const end = await device.message("server.session_end");
  expect(end).toMatchObject({ phase: "failed", error: { code: "AUTOMATION_ERROR" } });
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "failed",
      error: { code: "AUTOMATION_ERROR", details: { reason: "user_gave_up" } },
    });
  const again = await scriptedDevice(await claim(passage, link.claimCode), tmobileScript);
  await again.message("server.session_end", (message) => message.phase === "complete");
});

/** What a device says of a bill list with amounts of another kind. */
const drifted = {
  status: "ok",
  data: null,
  drift: [{ at: "getBillList[].bills[].currentCharges", expected: "money", seen: "number", count: 2 }],
};

test("[S43] a result of the wrong shape from the site ends in schema_drift, and nothing is delivered as data", async () => {
  const link = await createLink(passage);
  const device = await scriptedDevice(await claim(passage, link.claimCode), (request) =>
    declaredNameOf(request) === "bills" ? { result: drifted } : tmobileScript(request),
  );
  await device.message("server.session_end");
  await expect
    .poll(() => getLink(passage, link.linkId))
    .toMatchObject({
      status: "failed",
      result: null,
      error: { code: "RESULT_VALIDATION_ERROR", details: { reason: "schema_drift" } },
    });
});

test("[S50] telemetry is acknowledged, and a repeated batch is acknowledged again", async () => {
  const claimed = await claim(passage, (await createLink(passage)).claimCode);
  const device = await scriptedDevice(claimed, () => null);
  const batch = {
    type: "client.events",
    clientSeq: 3,
    events: [{ type: "navigation", ts: 1, source: "client", payload: {} }],
  };
  device.send(batch);
  device.send(batch);
  await expect
    .poll(() => device.received.filter((one) => one.type === "server.ack"))
    .toEqual([
      { type: "server.ack", clientSeq: 3 },
      { type: "server.ack", clientSeq: 3 },
    ]);
  device.socket.terminate();
});

test("[S44][S53] once the link has its outcome, what was asked and answered is gone", async () => {
  const own = await startPassage();
  const link = await createLink(own);
  const claimed = await claim(own, link.claimCode);
  const device = await scriptedDevice(claimed, tmobileScript);
  await device.message("server.session_end");
  await expect.poll(() => getLink(own, link.linkId)).toMatchObject({ status: "complete" });
  await own.line('"link.settled"');
  await own.stop();
  const folder = join(own.data, "objects", "session");
  const files = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  const rows = files.flatMap((name) => new DatabaseSync(join(folder, name)).prepare("SELECT * FROM journal").all());
  expect(rows).toEqual([]);
  const batches = files.flatMap((name) => new DatabaseSync(join(folder, name)).prepare("SELECT * FROM timeline").all());
  const seen = batches.flatMap(({ entries }) => JSON.parse(String(entries)) as { message: string }[]);
  expect(seen.length).toBeGreaterThan(20);
  for (const { message } of seen) {
    const { type, id, command, error, ...said } = JSON.parse(message);
    expect(said).toEqual({});
    expect(Object.keys(error)).toEqual(error.code ? ["code"] : []);
  }
  removeFolder(own.data);
});

test("[S51] the owner watches a session's messages with an API key", async () => {
  const claimed = await claim(passage, (await createLink(passage)).claimCode);
  const viewer = await connect(claimed.websocketUrl, "debug", passage.testKey as string);
  const device = await scriptedDevice(claimed, tmobileScript);
  await device.message("server.session_end");
  await expect
    .poll(() => new Set(viewer.received.map((one) => one.direction)))
    .toEqual(new Set(["client_to_server", "server_to_client"]));
  viewer.socket.terminate();
});
