import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { openBoth, silent } from "../../../test/harness/developer-session.ts";
import { connect } from "../../../test/harness/scripted-device.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

test("[S55] one capture may have 1.5 MiB, comes back whole, and the oldest make room", {
  timeout: 60_000,
}, async () => {
  const { session, device } = await openBoth(passage, silent);
  const capture = (clientSeq: number, bytes: number, type = "page.screenshot") =>
    device.send({
      type: "client.events",
      clientSeq,
      events: [{ type, ts: clientSeq, source: "client", payload: { data: "x".repeat(bytes) } }],
    });
  capture(1, 1_500_000);
  await device.message("server.ack", (message) => message.clientSeq === 1);
  capture(2, 1_500_000, "console");
  await device.message("server.error", (message) => message.code === "payload_too_large");
  capture(3, 1_600_000);
  await expect.poll(() => device.received.filter((one) => one.type === "server.error").length).toBe(2);
  const path = `/v1/sessions/${session.sessionId}/events?type=page.screenshot`;
  const first = await request<{ events: { payload: { data: string } }[] }>(passage, "GET", `${path}&limit=1`);
  expect(first.body.events[0]?.payload.data.length).toBe(1_500_000);
  for (let clientSeq = 4; clientSeq < 49; clientSeq++) {
    capture(clientSeq, 1_500_000);
    await device.message("server.ack", (message) => message.clientSeq === clientSeq);
  }
  const after = await request<{ events: { ts: number }[] }>(passage, "GET", `${path}&limit=1`);
  expect(after.body.events[0]?.ts).toBe(5);
  device.socket.terminate();
});

test("[S58] a device that tells without end fills no disk: the newest is kept, of events and of history", {
  timeout: 60_000,
}, async () => {
  const { session, device } = await openBoth(passage, silent);
  const count = 400;
  for (let clientSeq = 1; clientSeq <= count; clientSeq++) {
    const payload = { text: "x".repeat(60_000) };
    device.send({
      type: "client.events",
      clientSeq,
      events: [{ type: "console", ts: clientSeq, source: "client", payload }],
    });
    await device.message("server.ack", (message) => message.clientSeq === clientSeq);
  }
  const path = `/v1/sessions/${session.sessionId}/events`;
  const events = async (query: string) =>
    (await request<{ events: { ts: number }[] }>(passage, "GET", `${path}?${query}`)).body.events;
  const [oldest] = await events("limit=1");
  const kept = count - (oldest?.ts ?? 0) + 1;
  expect(kept * 60_000).toBeLessThan(16_777_216);
  expect(kept * 60_000).toBeGreaterThan(13_000_000);
  const viewer = await connect(session.websocketUrl, "debug", session.workerToken);
  const told = () => viewer.received.map((one) => JSON.stringify(one.message));
  // Sixteen megabytes come over the socket.
  await expect
    .poll(() => told().at(-1)?.includes(`"clientSeq":${count}`), { timeout: 30_000, interval: 200 })
    .toBe(true);
  expect(told().join("").length).toBeLessThan(17_000_000);
  viewer.socket.terminate();
  device.socket.terminate();
});
