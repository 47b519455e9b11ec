import { verifyWebhook } from "@passage/connect";
import { Webhook } from "standardwebhooks";
import { expect, test, vi } from "vitest";
import { createLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../test/harness/completed-link.ts";
import { removeFolder, startPassage } from "../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { launchPassage, runPassage } from "../../../test/harness/run-passage.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

// Each command is a process of its own, and a test runs up to ten.
vi.setConfig({ testTimeout: 120_000 });

const passage = usePassage();
const here = () => ["--data", passage.data];
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await runPassage([...args, "--json", ...here()]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
};

test("listen carries signed webhooks to an address that only this machine reaches, in order", async () => {
  const receiver = await startReceiver();
  const { body } = await request<{ secret: string }>(passage, "POST", "/v1/webhook_secret/rotate");
  const listening = launchPassage(["listen", "--forward-to", receiver.url, ...here()]);
  await listening.line("Forwarding");
  const link = await createLink(passage);
  await playLink(passage, link, givesUp);
  await playLink(passage, link);
  const [failed, complete] = await receiver.count(2);
  for (const [delivery, event] of [
    [failed, "link.failed"],
    [complete, "link.complete"],
  ] as const) {
    const received = { headers: delivery?.headers ?? {}, body: delivery?.body ?? "" };
    const publicKeyUrl = `${passage.url}/webhook_verification_key/get`;
    expect(await verifyWebhook(received, { publicKeyUrl })).toMatchObject({ event, linkId: link.linkId });
    new Webhook(body.secret).verify(received.body, received.headers as Record<string, string>);
  }
  await listening.line("200 in");
  expect(await listening.stop()).toBe(0);
  await receiver.stop();
});

test("listen reports a receiver that refuses or is not there, and goes on", async () => {
  const receiver = await startReceiver((index) => (index === 0 ? 500 : "cut"));
  const [last] = (await json("events", "list", "--limit", "1")).events;
  const listening = launchPassage(["listen", "--forward-to", receiver.url, "--after", last.id, "--json", ...here()]);
  await listening.line("Forwarding");
  await endedLink(passage);
  expect(JSON.parse(await listening.line('"status":500'))).toMatchObject({ event: { type: "link.complete" } });
  await endedLink(passage);
  expect(JSON.parse(await listening.line('"status":null')).error).toContain("no answer");
  expect(await listening.stop()).toBe(0);
  await receiver.stop();
});

test("tail prints each event once, as it happens", async () => {
  const tailing = launchPassage(["events", "tail", "--json", "--type", "link.complete", ...here()]);
  await tailing.line("Waiting for events");
  const links = [await endedLink(passage), await endedLink(passage)];
  for (const { linkId } of links) await tailing.line(linkId);
  await endedLink(passage, {}, givesUp);
  const third = await endedLink(passage);
  await tailing.line(third.linkId);
  const printed = tailing.lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  expect(printed.map(({ linkId }) => linkId)).toEqual([...links, third].map(({ linkId }) => linkId));
  expect(await tailing.stop()).toBe(0);
});

test("tail bears a server that is away, and misses nothing of what happened when it is back", async () => {
  const first = await startPassage();
  const { data, port, testKey } = first;
  const environment = { PASSAGE_URL: first.url, PASSAGE_API_KEY: testKey ?? "" };
  const before = await endedLink(first);
  const tailing = launchPassage(["events", "tail"], environment);
  await tailing.line("Waiting for events");
  await first.kill();
  await tailing.line("does not answer");
  const second = { ...(await startPassage({ data, port })), testKey };
  const after = await endedLink(second);
  await tailing.line(after.linkId);
  expect(tailing.lines.join()).not.toContain(before.linkId);
  expect(await tailing.stop()).toBe(0);
  await second.stop();
  removeFolder(data);
});

test("list and get show what happened, to people and to programs", async () => {
  const { linkId } = await endedLink(passage);
  const { events } = await json("events", "list", "--link", linkId);
  expect(events).toEqual([{ id: expect.any(String), type: "link.complete", linkId, createdAt: expect.any(Number) }]);
  expect(await json("events", "get", events[0].id)).toMatchObject({ data: { event: "link.complete", linkId } });
  const { stdout } = await runPassage(["events", "list", ...here()]);
  expect(stdout).toMatch(/^TIME +EVENT +TYPE +LINK\n/);
});

test("resend sends an event again and waits for its receiver", async () => {
  const receiver = await startReceiver();
  const { linkId } = await endedLink(passage, { webhookUrl: receiver.url });
  await receiver.count(1);
  const [event] = (await json("events", "list", "--link", linkId)).events;
  const sent = await runPassage(["resend", event.id, ...here()]);
  expect(sent).toMatchObject({ status: 0, stdout: expect.stringContaining("delivered") });
  const [first, second] = await receiver.count(2);
  expect(second?.body).toBe(first?.body);
  await receiver.stop();
  const failed = await runPassage(["resend", event.id, ...here()]);
  expect(failed).toMatchObject({ status: 1, stdout: expect.stringMatching(/waiting \(unreachable\), next attempt/) });
  const nowhere = (await json("events", "list", "--link", (await endedLink(passage)).linkId)).events[0];
  expect(await runPassage(["resend", nowhere.id, ...here()])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("went nowhere"),
  });
});
