import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EndpointList } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { createLink, request } from "../../../test/harness/api.ts";
import { endedLink, playLink } from "../../../test/harness/completed-link.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint, deliveryTo, getEndpoint, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();
const address = (id: string, action = "") => `/v1/webhook_endpoints/${id}${action && `/${action}`}`;
const patch = (id: string, fields: object) => request(passage, "PATCH", address(id), fields);
const remove = (id: string) => request(passage, "DELETE", address(id));

test("an endpoint is made with a secret that is shown once, changed and deleted", async () => {
  const made = await createEndpoint(passage, { url: "https://example.com/a" });
  const { secret, ...shown } = made;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(shown).toEqual({
    id: expect.stringMatching(/^whe_/),
    url: "https://example.com/a",
    eventTypes: ["link.complete", "link.failed"],
    description: null,
    disabled: false,
    disabledReason: null,
    createdAt: expect.any(Number),
    health: {
      attempts: 0,
      successShare: null,
      lastSuccessAt: null,
      lastError: null,
      failingSince: null,
      backlog: 0,
    },
  });
  expect(await getEndpoint(passage, made.id)).toEqual(shown);
  const change = { url: "https://example.com/b", eventTypes: ["link.expired"], description: "expiry" };
  expect((await patch(made.id, change)).body).toEqual({ ...shown, ...change });
  expect((await patch(made.id, { description: null })).body).toEqual({ ...shown, ...change, description: null });
  const listed = await request<EndpointList>(passage, "GET", "/v1/webhook_endpoints");
  expect(listed.body.endpoints.map(({ id }) => id)).toContain(made.id);
  expect(JSON.stringify(listed.body)).not.toContain("whsec_");
  expect((await remove(made.id)).status).toBe(204);
  expect((await remove(made.id)).status).toBe(404);
});

test.each([
  ["no url", {}, "url"],
  ["no URL", { url: "nope" }, "url"],
  ["an unknown type", { url: "https://example.com", eventTypes: ["link.sold"] }, "eventTypes.0"],
  ["no type", { url: "https://example.com", eventTypes: [] }, "eventTypes"],
  ["a description that is a number", { url: "https://example.com", description: 5 }, "description"],
])("%s is refused", async (_name, body, path) => {
  const answer = await request(passage, "POST", "/v1/webhook_endpoints", body);
  expect(answer).toMatchObject({ status: 400, body: { issues: [{ path }] } });
});

test("a live endpoint may not be on this machine, nor without TLS, even in development", async () => {
  const operatorToken = readFileSync(join(passage.data, "operator-token"), "utf8").trim();
  const live = await request<{ key: string }>(
    passage,
    "POST",
    "/operator/keys",
    { mode: "live" },
    { key: operatorToken },
  );
  for (const url of ["http://localhost:3000/", "https://127.0.0.1/", "http://example.com/"])
    expect((await request(passage, "POST", "/v1/webhook_endpoints", { url }, live.body)).status).toBe(400);
  const url = "https://example.com/";
  expect((await request(passage, "POST", "/v1/webhook_endpoints", { url }, live.body)).status).toBe(201);
});

test("a redirect is a failure, and nobody goes where it leads", async () => {
  const elsewhere = await startReceiver();
  const receiver = await startReceiver(() => ({ status: 307, headers: { location: elsewhere.url } }));
  const endpoint = await createEndpoint(passage, { url: receiver.url });
  await request(passage, "POST", address(endpoint.id, "test"));
  await expect
    .poll(async () => (await getEndpoint(passage, endpoint.id)).health.lastError)
    .toMatchObject({ status: 307, error: "redirect" });
  expect(elsewhere.deliveries).toEqual([]);
  await remove(endpoint.id);
  for (const one of [receiver, elsewhere]) await one.stop();
});

test("a link's end goes to its own URL and to each endpoint that subscribes; the same URL twice gets it once", async () => {
  const receiver = await startReceiver();
  const both = await createEndpoint(passage, { url: `${receiver.url}/a` });
  const failures = await createEndpoint(passage, { url: `${receiver.url}/b`, eventTypes: ["link.failed"] });
  await endedLink(passage, { webhookUrl: `${receiver.url}/own` });
  await receiver.count(2);
  await endedLink(passage, { webhookUrl: `${receiver.url}/a` });
  await receiver.count(3);
  const { eventId } = (await request(passage, "POST", address(failures.id, "test"))).body;
  const last = (await receiver.count(4))[3];
  expect(JSON.parse(last?.body ?? "")).toMatchObject({
    event: "webhook_endpoint.test",
    id: eventId,
    endpointId: failures.id,
  });
  expect(receiver.deliveries.map(({ path }) => path).sort()).toEqual(
    ["/a", "/a", "/b", "/own"].map((path) => `/webhooks${path}`),
  );
  await expect
    .poll(async () => (await getEndpoint(passage, both.id)).health)
    .toMatchObject({ attempts: 2, successShare: 1, lastSuccessAt: expect.any(Number), backlog: 0 });
  for (const { id } of [both, failures]) await remove(id);
  await receiver.stop();
});

test("events are sent again: one, or all that an endpoint missed while it was disabled", async () => {
  const receiver = await startReceiver();
  const endpoint = await createEndpoint(passage, { url: receiver.url });
  const since = Date.now();
  const first = await endedLink(passage);
  await receiver.count(1);
  await expect.poll(async () => (await deliveryTo(passage, first.linkId, endpoint.id))?.state).toBe("delivered");
  await patch(endpoint.id, { disabled: true });
  const second = await endedLink(passage);
  await expect.poll(async () => (await listEvents(passage, `linkId=${second.linkId}`)).length).toBe(1);
  expect(await deliveryTo(passage, second.linkId, endpoint.id)).toBe(undefined);
  const missed = () => request(passage, "POST", address(endpoint.id, "redeliver"), { since });
  expect(await missed()).toMatchObject({ status: 400, body: { error: expect.stringContaining("Enable it first") } });
  await patch(endpoint.id, { disabled: false });
  expect(await missed()).toMatchObject({ status: 202, body: { deliveries: 1 } });
  await receiver.count(2);
  await expect.poll(async () => (await deliveryTo(passage, second.linkId, endpoint.id))?.state).toBe("delivered");
  expect((await missed()).body).toEqual({ deliveries: 0 });
  const [event] = await listEvents(passage, `linkId=${first.linkId}`);
  const again = await request(passage, "POST", `/v1/events/${event?.id}/redeliver`);
  expect(again).toMatchObject({ status: 202, body: { deliveries: 1 } });
  await receiver.count(3);
  await expect
    .poll(async () => (await deliveryTo(passage, first.linkId, endpoint.id))?.attempts)
    .toMatchObject([{ status: 200 }, { status: 200 }]);
  const all = { since, include: "all" };
  expect((await request(passage, "POST", address(endpoint.id, "redeliver"), all)).body).toEqual({ deliveries: 2 });
  const ids = (await receiver.count(5)).map(({ body }) => JSON.parse(body).linkId);
  expect(ids).toEqual([first, second, first, first, second].map(({ linkId }) => linkId));
  await remove(endpoint.id);
  await receiver.stop();
});

test("an event is redelivered to an endpoint that did not exist when it happened", async () => {
  const link = await endedLink(passage);
  await expect.poll(async () => (await listEvents(passage, `linkId=${link.linkId}`)).length).toBe(1);
  const receiver = await startReceiver();
  const endpoint = await createEndpoint(passage, { url: receiver.url });
  const [event] = await listEvents(passage, `linkId=${link.linkId}`);
  const path = `/v1/events/${event?.id}/redeliver`;
  expect((await request(passage, "POST", path)).body).toEqual({ deliveries: 0 });
  expect((await request(passage, "POST", path, { endpointId: endpoint.id })).body).toEqual({ deliveries: 1 });
  const [delivery] = await receiver.count(1);
  expect(JSON.parse(delivery?.body ?? "")).toMatchObject({ id: event?.id, linkId: link.linkId });
  expect((await request(passage, "POST", path, { endpointId: "whe_x" })).status).toBe(404);
  await remove(endpoint.id);
  await receiver.stop();
});

test("deleting or disabling an endpoint ends what is on its way", async () => {
  const receiver = await startReceiver(() => 500);
  for (const end of [remove, (id: string) => patch(id, { disabled: true })]) {
    const endpoint = await createEndpoint(passage, { url: receiver.url });
    const link = await endedLink(passage);
    const state = async () => (await deliveryTo(passage, link.linkId, endpoint.id))?.state;
    await expect.poll(state).toBe("waiting");
    expect((await end(endpoint.id)).status).toBeLessThan(300);
    expect(await state()).toBe("cancelled");
    await remove(endpoint.id);
  }
  await receiver.stop();
});

test("another organization's endpoint is unknown on every route", async () => {
  const { id } = await createEndpoint(passage, { url: "https://example.com/" });
  const other = await asOrganization(passage, "endpoints-other");
  const routes: [string, string, object?][] = [
    ["GET", address(id)],
    ["PATCH", address(id), { disabled: true }],
    ["DELETE", address(id)],
    ["POST", address(id, "test")],
    ["POST", address(id, "rotate_secret")],
    ["POST", address(id, "redeliver"), { since: 0 }],
  ];
  for (const [method, path, body] of routes)
    expect(await request(other, method, path, body)).toMatchObject({
      status: 404,
      body: { error: "Webhook endpoint not found" },
    });
  const link = await createLink(other);
  await playLink(other, link);
  await expect.poll(async () => (await listEvents(other)).length).toBe(1);
  const [event] = await listEvents(other);
  const crossed = { endpointId: id };
  expect((await request(other, "POST", `/v1/events/${event?.id}/redeliver`, crossed)).status).toBe(404);
  await remove(id);
});

test("an organization has at most 50 endpoints", async () => {
  const own = await asOrganization(passage, "endpoints-many");
  for (let index = 0; index < 50; index++) await createEndpoint(own, { url: `https://example.com/${index}` });
  const answer = await request(own, "POST", "/v1/webhook_endpoints", { url: "https://example.com/" });
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining("at most 50") } });
});
