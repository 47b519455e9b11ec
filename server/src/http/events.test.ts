import type { EventList } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { createLink, getLink, request } from "../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../test/harness/completed-link.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { expectedBilling } from "../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint, getEvent, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();
let organizations = 0;
const fresh = (): Promise<Running> => asOrganization(passage, `events-${++organizations}`);

test("each end of an attempt is an event, listed newest first, by type and by link", async () => {
  const own = await fresh();
  const link = await createLink(own);
  await playLink(own, link, givesUp);
  await expect.poll(async () => (await getLink(own, link.linkId)).status).toBe("failed");
  await playLink(own, link);
  await expect.poll(async () => (await listEvents(own)).length).toBe(2);
  await endedLink(own);
  await expect.poll(async () => (await listEvents(own)).length).toBe(3);
  const types = async (query: string) => (await listEvents(own, query)).map(({ type }) => type);
  expect(await types("")).toEqual(["link.complete", "link.complete", "link.failed"]);
  expect(await types("type=link.failed,link.expired")).toEqual(["link.failed"]);
  expect(await types(`linkId=${link.linkId}`)).toEqual(["link.complete", "link.failed"]);
  const newest = (await listEvents(own))[0];
  expect(newest).toEqual({
    id: expect.stringMatching(/^evt_/),
    type: "link.complete",
    linkId: expect.stringMatching(/^link_/),
    createdAt: expect.any(Number),
  });
  expect(await getEvent(own, newest?.id ?? "")).toEqual({
    ...newest,
    data: {
      event: "link.complete",
      id: newest?.id,
      linkId: newest?.linkId,
      status: "complete",
      operations: [{ resource: "mobileBillingStatement", action: "read" }],
      result: { billing: expectedBilling },
      error: null,
      timestamp: expect.any(Number),
    },
    deliveries: [],
  });
});

test("pages go back from the newest, and forward from an event", async () => {
  const own = await fresh();
  const endpoint = await createEndpoint(own, { url: "http://127.0.0.1:9/" });
  for (let index = 0; index < 5; index++) await request(own, "POST", `/v1/webhook_endpoints/${endpoint.id}/test`);
  const walk = async (query: string) => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const path: string = `/v1/events?limit=2&${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { body } = await request<EventList>(own, "GET", path);
      seen.push(...body.events.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    return seen;
  };
  const back = await walk("");
  expect(back).toHaveLength(5);
  // Where there are several shards, an event is in its place after a second.
  await expect.poll(() => walk(`after=${back[4]}`), { timeout: 5_000 }).toEqual(back.slice(0, 4).reverse());
  expect(await walk(`after=${back[0]}`)).toEqual([]);
});

test("an event tells each attempt of each delivery: when, what was answered, how long it took", async () => {
  const receiver = await startReceiver((index) => [500, "cut" as const, 204][index] ?? 200);
  const link = await endedLink(passage, { webhookUrl: receiver.url });
  await receiver.count(3);
  await expect
    .poll(async () => {
      const [summary] = await listEvents(passage, `linkId=${link.linkId}`);
      return summary && (await getEvent(passage, summary.id)).deliveries;
    })
    .toEqual([
      {
        endpointId: null,
        url: receiver.url,
        state: "delivered",
        nextAttemptAt: null,
        attempts: [
          { at: expect.any(Number), status: 500, ms: expect.any(Number), error: "status" },
          { at: expect.any(Number), status: null, ms: expect.any(Number), error: "unreachable" },
          { at: expect.any(Number), status: 204, ms: expect.any(Number), error: null },
        ],
      },
    ]);
  // What the receiver answered stands nowhere.
  expect(passage.output.join()).not.toContain("its own affair");
  await receiver.stop();
});

test("link.expired goes to those who subscribe, on time, and not to the link's own URL", async () => {
  const own = await fresh();
  const receiver = await startReceiver();
  await createEndpoint(own, { url: `${receiver.url}/expiry`, eventTypes: ["link.expired"] });
  await createEndpoint(own, { url: `${receiver.url}/default` });
  const link = await createLink(own, { expiresIn: 1, webhookUrl: `${receiver.url}/own` });
  const [delivery] = await receiver.count(1);
  expect(delivery?.path).toBe("/webhooks/expiry");
  expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
    event: "link.expired",
    linkId: link.linkId,
    status: "expired",
    result: null,
    error: null,
  });
  const [event] = await listEvents(own);
  expect((await getEvent(own, event?.id ?? "")).deliveries).toHaveLength(1);
  await receiver.stop();
});

test("another organization's events are unknown, and so is what no log has", async () => {
  const own = await fresh();
  await endedLink(own);
  await expect.poll(async () => (await listEvents(own)).length).toBe(1);
  const id = (await listEvents(own))[0]?.id;
  const other = await fresh();
  for (const [method, path] of [
    ["GET", `/v1/events/${id}`],
    ["POST", `/v1/events/${id}/redeliver`],
    ["GET", "/v1/events/evt_x"],
  ] as const)
    expect((await request(other, method, path)).status).toBe(404);
  expect((await request(other, "GET", `/v1/events?after=${id}`)).body).toMatchObject({ issues: [{ path: "after" }] });
  expect(await listEvents(other)).toEqual([]);
  for (const query of ["limit=0", "cursor=x", "cursor=bGlua3M6MQ=="])
    expect((await request(own, "GET", `/v1/events?${query}`)).status).toBe(400);
  expect((await request(own, "GET", "/v1/events", undefined, { key: null })).status).toBe(401);
});
