import { isForSdk, type Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Passage } from "../index.ts";
import { startServer } from "../testing/server.ts";

let server: Awaited<ReturnType<typeof startServer>>;
let passage: Passage;

beforeAll(async () => {
  server = await startServer(() => ({ body: { nextCursor: null } }));
  passage = new Passage({ apiKey: "psg_test_x", baseUrl: server.url });
});
afterAll(() => server.stop());

const id = "thing_1";
const create = { integrationId: "att", resource: "paymentMethod", action: "read" } as const;

/** Each method of the client, by the row of the table that it asks. */
const calls: Record<string, () => PromiseLike<unknown>> = {
  createLink: () => passage.links.create(create),
  listLinks: () => passage.links.list({ status: "failed", createdAfter: 1, limit: 5 }),
  getLink: () => passage.links.get(id, { include: "partial" }),
  listAttempts: () => passage.links.attempts(id),
  cancelLink: () => passage.links.cancel(id),
  deleteLink: () => passage.links.delete(id),
  listProviders: () => passage.providers.list(),
  getProviderHealth: () => passage.providers.health(id),
  completeLink: () => passage.sandbox.complete(id, { outcome: "failed", reason: "user_gave_up" }),
  createSession: () => passage.sessions.create(),
  listSessions: () => passage.sessions.list({ limit: 5 }),
  getSession: () => passage.sessions.get(id),
  listSessionEvents: () => passage.sessions.events(id, { type: "navigation", after: 3 }),
  traceSession: () => passage.sessions.trace(id, { after: 3 }),
  endSession: () => passage.sessions.delete(id),
  createKey: () => passage.keys.create({ name: "CI", scopes: ["links:read"], expiresIn: 60 }),
  listKeys: () => passage.keys.list(),
  rotateKey: () => passage.keys.rotate(id, { overlap: 0 }),
  revokeKey: () => passage.keys.revoke(id),
  readAuditLog: () => passage.keys.auditLog(),
  listEvents: () => passage.events.list({ type: "link.failed", after: "evt_1" }),
  getEvent: () => passage.events.get(id),
  signEvent: () => passage.events.delivery(id),
  redeliverEvent: () => passage.events.redeliver(id, { endpointId: "whe_1" }),
  createEndpoint: () => passage.webhookEndpoints.create({ url: "https://a.example", eventTypes: ["link.expired"] }),
  listEndpoints: () => passage.webhookEndpoints.list(),
  getEndpoint: () => passage.webhookEndpoints.get(id),
  updateEndpoint: () => passage.webhookEndpoints.update(id, { disabled: true }),
  deleteEndpoint: () => passage.webhookEndpoints.delete(id),
  rotateEndpointSecret: () => passage.webhookEndpoints.rotateSecret(id, { overlapSeconds: 0 }),
  redeliverSince: () => passage.webhookEndpoints.redeliver(id, { since: 1, include: "all" }),
  testEndpoint: () => passage.webhookEndpoints.test(id),
  listSigningKeys: () => passage.webhookKeys.list(),
  rotateSigningKey: () => passage.webhookKeys.rotate(),
  rotateLinkSecret: () => passage.webhookKeys.rotateLinkSecret({ overlapSeconds: 60 }),
};

const keyed = Object.entries<Route>(routes).filter(([, route]) => isForSdk(route));

test("every route that takes a key has a method", () => {
  expect(Object.keys(calls).toSorted()).toEqual(keyed.map(([name]) => name).toSorted());
});

test.each(keyed)("%s: the method asks what the table says", async (name, { method, path, query, body }) => {
  await calls[name]?.();
  const asked = server.requests.at(-1);
  const url = new URL(asked?.url ?? "", server.url);
  expect({ method: asked?.method, path: url.pathname }).toEqual({ method, path: path.replace(":id", id) });
  expect(query?.strict().safeParse(Object.fromEntries(url.searchParams)).error).toBeUndefined();
  if (!query) expect(url.search).toBe("");
  const sent = asked?.body ? JSON.parse(asked.body) : {};
  if (body && "strict" in body) expect(body.strict().safeParse(sent).error).toBeUndefined();
  expect(asked?.headers["idempotency-key"] !== undefined).toBe(method === "POST");
});
