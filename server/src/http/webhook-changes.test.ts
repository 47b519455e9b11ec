import type { Route } from "@passage/protocol/routes/route";
import { webhookRoutes } from "@passage/protocol/routes/webhooks";
import type { CreatedEndpoint, EndpointList, SigningKeyList } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { request } from "../../../test/harness/api.ts";
import { endedLink, givesUp } from "../../../test/harness/completed-link.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();
const endpoints = "/v1/webhook_endpoints";

const post = (owner: Running, path: string, body: unknown, key: string) =>
  request(owner, "POST", path, body, { headers: { "idempotency-key": key } });

test("every change of webhooks is done once under its Idempotency-Key", async () => {
  const owner = await asOrganization(passage, "changes-once");
  const receiver = await startReceiver();
  const { id } = await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.failed"] });
  await endedLink(owner, {}, givesUp);
  const [delivered] = await receiver.count(1);
  const eventId = JSON.parse(delivered?.body ?? "").id;
  const bodies: Record<string, object> = {
    createEndpoint: { url: "https://example.com/once" },
    redeliverSince: { since: 0, include: "all" },
  };
  const changes = Object.entries<Route>(webhookRoutes).filter(
    ([, { method, access }]) => method === "POST" && access !== "public",
  );
  for (const [name, route] of changes) {
    const path = route.path.replace(":id", route.id === "event" ? eventId : id);
    const body = bodies[name] ?? {};
    const [first, second] = [await post(owner, path, body, name), await post(owner, path, body, name)];
    expect(first.status, name).toBe(route.status ?? 200);
    expect(second.body, name).toEqual(first.body);
    expect(second.headers.get("idempotency-replayed"), name).toBe("true");
    expect((await post(owner, path, { ...body, other: 1 }, name)).body.code, name).toBe("idempotency_conflict");
  }
  const listed = await request<EndpointList>(owner, "GET", endpoints);
  expect(listed.body.endpoints).toHaveLength(2);
  expect((await request<SigningKeyList>(owner, "GET", "/v1/webhook_keys")).body.keys).toHaveLength(2);
  expect((await listEvents(owner)).filter(({ type }) => type === "webhook_endpoint.test")).toHaveLength(1);
  // The event itself, twice again, and the test event.
  expect(changes).toHaveLength(7);
  await receiver.count(3);
});

test("twenty equal requests at one instant make one endpoint with one secret", async () => {
  const owner = await asOrganization(passage, "changes-instant");
  const body = { url: "https://example.com/instant" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(owner, endpoints, body, "same")));
  expect(new Set(answers.map((one) => (one.body as unknown as CreatedEndpoint).secret)).size).toBe(1);
  expect((await request<EndpointList>(owner, "GET", endpoints)).body.endpoints).toHaveLength(1);
});

test("the audit log has every change of endpoints, secrets and keys, by whom", async () => {
  const owner = await asOrganization(passage, "changes-audited");
  const { id } = await createEndpoint(owner, { url: "https://example.com/audited" });
  await request(owner, "PATCH", `${endpoints}/${id}`, { disabled: true });
  await request(owner, "POST", `${endpoints}/${id}/rotate_secret`);
  await request(owner, "DELETE", `${endpoints}/${id}`);
  await request(owner, "POST", "/v1/webhook_secret/rotate");
  const rotated = await request<SigningKeyList>(owner, "POST", "/v1/webhook_keys/rotate");
  const self = (await request<{ keys: { id: string }[] }>(owner, "GET", "/v1/keys")).body.keys[0]?.id;
  const { body } = await request<{ entries: { actor: string; action: string; target: string }[] }>(
    owner,
    "GET",
    "/v1/audit_log",
  );
  expect(body.entries.slice(0, 6).map(({ actor, action, target }) => [actor, action, target])).toEqual([
    [self, "webhook_key.rotated", rotated.body.keys[0]?.keyId],
    [self, "webhook_secret.rotated", "links"],
    [self, "webhook_endpoint.deleted", id],
    [self, "webhook_secret.rotated", id],
    [self, "webhook_endpoint.updated", id],
    [self, "webhook_endpoint.created", id],
  ]);
});

test.each([
  ["events:read", "GET", "/v1/events", 200],
  ["events:read", "GET", endpoints, 403],
  ["webhooks:read", "GET", endpoints, 200],
  ["webhooks:read", "GET", "/v1/events", 403],
  ["webhooks:read", "POST", "/v1/webhook_keys/rotate", 403],
  ["webhooks:*", "POST", "/v1/webhook_keys/rotate", 200],
  ["webhooks:*", "GET", "/v1/webhook_keys", 200],
  ["links:*", "GET", "/v1/webhook_keys", 403],
])("a key with %s asks %s %s: %i", async (scope, method, path, status) => {
  const { body } = await request<{ key: string }>(passage, "POST", "/v1/keys", { scopes: [scope] });
  expect((await request(passage, method, path, undefined, { key: body.key })).status).toBe(status);
});
