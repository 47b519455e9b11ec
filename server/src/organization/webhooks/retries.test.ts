import { expect, test } from "vitest";
import { createLink, getLink, request } from "../../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../../test/harness/completed-link.ts";
import { removeFolder, startPassage } from "../../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../../test/harness/receiver.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { createEndpoint, deliveryTo, getEndpoint, getEvent, listEvents } from "../../../../test/harness/webhooks.ts";
import { retryPolicy } from "../../limits.ts";
import { attemptDueAt, policyOf, readRetryAfter } from "./retry.ts";

/** Three days in a second. */
const environment = { PASSAGE_RETRY_SCHEDULE: "0,50,100,200,400", PASSAGE_DISABLE_AFTER: "1500" };
const passage = usePassage({ environment });

const remove = (id: string) => request(passage, "DELETE", `/v1/webhook_endpoints/${id}`);
const typesOf = (deliveries: readonly { body: string }[]) => deliveries.map(({ body }) => JSON.parse(body).event);

async function failedThenComplete(webhookUrl: string): Promise<string> {
  const link = await createLink(passage, { webhookUrl });
  await playLink(passage, link, givesUp);
  await expect.poll(async () => (await getLink(passage, link.linkId)).status).toBe("failed");
  await playLink(passage, link);
  return link.linkId;
}

test("a later event of a link waits until the earlier one is delivered", async () => {
  const receiver = await startReceiver((index) => (index < 3 ? 500 : 200));
  await failedThenComplete(receiver.url);
  await receiver.count(5);
  expect(typesOf(receiver.deliveries)).toEqual([...new Array(4).fill("link.failed"), "link.complete"]);
  await receiver.stop();
});

test("or given up, after the last attempt", async () => {
  const receiver = await startReceiver((index) => (index < 5 ? 500 : 200));
  const linkId = await failedThenComplete(receiver.url);
  await receiver.count(6);
  expect(typesOf(receiver.deliveries)).toEqual([...new Array(5).fill("link.failed"), "link.complete"]);
  const [, failed] = await listEvents(passage, `linkId=${linkId}`);
  expect((await getEvent(passage, failed?.id ?? "")).deliveries).toMatchObject([
    { state: "failed", nextAttemptAt: null, attempts: { length: 5 } },
  ]);
  await receiver.stop();
});

test("Retry-After puts the next attempt off", async () => {
  const busy = { status: 503, headers: { "retry-after": "1" } };
  const receiver = await startReceiver((index) => (index === 0 ? busy : 200));
  await endedLink(passage, { webhookUrl: receiver.url });
  const [first, second] = await receiver.count(2);
  expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(990);
  await receiver.stop();
});

test("410 ends a link's own delivery at once, and disables an endpoint, which is an event of its own", async () => {
  const receiver = await startReceiver((_index, path) => (path.endsWith("/watch") ? 200 : 410));
  const watch = await createEndpoint(passage, {
    url: `${receiver.url}/watch`,
    eventTypes: ["webhook_endpoint.disabled"],
  });
  const gone = await createEndpoint(passage, { url: `${receiver.url}/gone` });
  const { linkId } = await endedLink(passage, { webhookUrl: `${receiver.url}/own` });
  await receiver.count(3);
  const told = receiver.deliveries.find(({ path }) => path.endsWith("/watch"));
  expect(JSON.parse(told?.body ?? "")).toMatchObject({
    event: "webhook_endpoint.disabled",
    endpointId: gone.id,
    reason: "gone",
    linkId: null,
  });
  expect(await getEndpoint(passage, gone.id)).toMatchObject({
    disabled: true,
    disabledReason: "gone",
    health: { backlog: 0, lastError: { status: 410, error: "gone" } },
  });
  const [event] = await listEvents(passage, `linkId=${linkId}`);
  await expect
    .poll(async () => (await getEvent(passage, event?.id ?? "")).deliveries.map(({ state }) => state))
    .toEqual(["failed", "failed"]);
  for (const { id } of [watch, gone]) await remove(id);
  await receiver.stop();
});

test("an endpoint that only fails is disabled when its time is over, and its backlog ends", async () => {
  const receiver = await startReceiver((_index, path) => (path.endsWith("/watch") ? 200 : 302));
  const watch = await createEndpoint(passage, {
    url: `${receiver.url}/watch`,
    eventTypes: ["webhook_endpoint.disabled"],
  });
  const failing = await createEndpoint(passage, { url: `${receiver.url}/failing` });
  const isDisabled = async () => {
    await endedLink(passage);
    return (await getEndpoint(passage, failing.id)).disabledReason;
  };
  await expect.poll(isDisabled, { timeout: 20_000 }).toBe("failing");
  await expect.poll(() => receiver.deliveries.filter(({ path }) => path.endsWith("/watch")).length).toBe(1);
  expect((await getEndpoint(passage, failing.id)).health).toMatchObject({
    successShare: 0,
    lastSuccessAt: null,
    backlog: 0,
    failingSince: expect.any(Number),
    lastError: { status: 302, error: "redirect" },
  });
  const enabled = await request(passage, "PATCH", `/v1/webhook_endpoints/${failing.id}`, { disabled: false });
  expect(enabled.body).toMatchObject({ disabled: false, disabledReason: null, health: { failingSince: null } });
  for (const { id } of [watch, failing]) await remove(id);
  await receiver.stop();
});

test("a slow endpoint has few attempts at once and holds up nobody else", async () => {
  const never = Promise.withResolvers<number>();
  let open = 0;
  const slow = await startReceiver(() => {
    open += 1;
    return never.promise;
  });
  const quick = await startReceiver();
  const slowEndpoint = await createEndpoint(passage, { url: slow.url });
  const quickEndpoint = await createEndpoint(passage, { url: quick.url });
  const started = performance.now();
  for (let index = 0; index < 12; index++) await endedLink(passage);
  await quick.count(12);
  expect(performance.now() - started).toBeLessThan(12_000);
  // Each link shard has its own deliveries.
  expect(open).toBeLessThanOrEqual(8 * Number(process.env.LINK_SHARDS ?? 1));
  expect(open).toBeGreaterThanOrEqual(8);
  expect((await getEndpoint(passage, slowEndpoint.id)).health.backlog).toBe(12);
  never.resolve(200);
  await slow.count(12);
  for (const { id } of [slowEndpoint, quickEndpoint]) await remove(id);
  for (const receiver of [slow, quick]) await receiver.stop();
});

test("an attempt that a kill -9 cut short is told as such and made again", { timeout: 60_000 }, async () => {
  const first = await startPassage({ environment });
  const never = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<void>();
  const receiver = await startReceiver((index) => {
    if (index > 0) return 200;
    asked.resolve();
    return never.promise;
  });
  const endpoint = await createEndpoint(first, { url: receiver.url });
  const link = await endedLink(first);
  await asked.promise;
  await first.kill();
  const second = { ...(await startPassage({ data: first.data, environment })), testKey: first.testKey };
  await expect
    .poll(() => deliveryTo(second, link.linkId, endpoint.id), { timeout: 25_000 })
    .toMatchObject({
      state: "delivered",
      attempts: [
        { status: null, ms: null, error: "interrupted" },
        { status: 200, error: null },
      ],
    });
  never.resolve(200);
  await second.stop();
  await receiver.stop();
  removeFolder(first.data);
});

test("an attempt whose endpoint was deleted meanwhile is told as interrupted after a kill -9, not as under way", {
  timeout: 60_000,
}, async () => {
  const first = await startPassage({ environment });
  const never = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<void>();
  const receiver = await startReceiver(() => {
    asked.resolve();
    return never.promise;
  });
  const endpoint = await createEndpoint(first, { url: receiver.url });
  const link = await endedLink(first);
  await asked.promise;
  await request(first, "DELETE", `/v1/webhook_endpoints/${endpoint.id}`);
  await first.kill();
  const second = { ...(await startPassage({ data: first.data, environment })), testKey: first.testKey };
  expect(await deliveryTo(second, link.linkId, endpoint.id)).toMatchObject({
    state: "cancelled",
    attempts: [{ status: null, ms: null, error: "interrupted" }],
  });
  never.resolve(200);
  await second.stop();
  await receiver.stop();
  removeFolder(first.data);
});

test("the schedule is the documented one for three attempts, then goes on over three days with jitter", () => {
  const waits = (attempt: number) =>
    Array.from({ length: 50 }, () => Number(attemptDueAt(retryPolicy, attempt, 1_000)) - 1_000);
  expect([0, 1, 2].map((attempt) => new Set(waits(attempt)))).toEqual([
    new Set([0]),
    new Set([1_000]),
    new Set([5_000]),
  ]);
  for (let attempt = 3; attempt < 12; attempt++) {
    const delay = retryPolicy.delaysMs[attempt] as number;
    for (const wait of waits(attempt)) {
      expect(wait).toBeGreaterThanOrEqual(delay);
      expect(wait).toBeLessThanOrEqual(delay * 1.2);
    }
    expect(new Set(waits(attempt)).size).toBeGreaterThan(10);
  }
  expect(attemptDueAt(retryPolicy, 12, 0)).toBe(null);
  const hours = retryPolicy.delaysMs.reduce((sum, delay) => sum + delay) / 3_600_000;
  expect(hours).toBeCloseTo(70.2, 1);
  expect(policyOf({})).toEqual(retryPolicy);
});

test.each([
  [null, 0],
  ["120", 120_000],
  [" 5 ", 5_000],
  ["999999999", 86_400_000],
  ["Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["-5", 0],
  ["soon", 0],
])("Retry-After %j is %d ms", (header, ms) => {
  expect(readRetryAfter(header, 0)).toBe(ms);
});
