import type { CreatedSession } from "@passage/protocol/http/session";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { SigningKeyList, TestedEndpoint } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { type Answered, claim, createLink, request } from "../../../test/harness/api.ts";
import { asOrganization, newKey } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { createEndpoint, getEndpoint, getEvent } from "../../../test/harness/webhooks.ts";

const passage = usePassage();

/** Every kind of id that an organization's own routes know. */
async function idsOf(owner: Running): Promise<Record<string, string>> {
  const link = await createLink(owner);
  await claim(owner, link.claimCode);
  const session = await request<CreatedSession>(owner, "POST", "/v1/sessions", {});
  const key = await request<{ id: string; key: string }>(owner, "POST", "/v1/keys", {});
  const endpoint = await createEndpoint(owner, { url: "https://hooks.example.com/in" });
  const tried = await request<TestedEndpoint>(owner, "POST", `/v1/webhook_endpoints/${endpoint.id}/test`);
  const signing = await request<SigningKeyList>(owner, "GET", "/v1/webhook_keys");
  return {
    link: link.linkId,
    session: session.body.sessionId,
    apiKey: key.body.id,
    claimCode: link.claimCode,
    secretKey: key.body.key,
    token: session.body.clientToken,
    webhookEndpoint: endpoint.id,
    event: tried.body.eventId,
    webhookKey: signing.body.keys[0]?.keyId ?? "",
    organization: signing.body.organization,
  };
}

const rows = Object.entries<Route>(routes).filter(
  ([, { access, id }]) => id && !["public", "operator"].includes(access),
);

/** A body that the row takes, or undefined. */
function bodyFor({ method, path }: Route): unknown {
  if (method !== "POST" && method !== "PATCH") return undefined;
  return path === routes.redeliverSince.path ? { since: 0 } : {};
}

/** The body without what is another in each answer, byte for byte. */
function alike({ status, body, headers }: Answered<{ requestId: string }>) {
  return { status, type: headers.get("content-type"), text: JSON.stringify(body).replace(body.requestId, "req") };
}

test("there are routes with ids to try", () => {
  expect(rows.length).toBeGreaterThanOrEqual(17);
});

test("every route answers another organization's ids of every kind as it answers what never was", async () => {
  const owner = await asOrganization(passage, "owner");
  const stranger = await asOrganization(passage, "stranger");
  const foreign = await idsOf(owner);
  const before = await snapshot(owner, foreign);
  for (const [name, route] of rows) {
    const ask = (id: string) =>
      request<{ requestId: string }>(stranger, route.method, route.path.replace(":id", id), bodyFor(route));
    const unknown = alike(await ask("never_was"));
    expect(unknown.status, name).toBe(404);
    for (const [kind, id] of Object.entries(foreign)) expect(alike(await ask(id)), `${name} ${kind}`).toEqual(unknown);
  }
  expect(await snapshot(owner, foreign)).toEqual(before);
});

test("the other mode of the same organization is a stranger too", async () => {
  const ids = await idsOf(await asOrganization(passage, "both"));
  const live = { ...passage, testKey: (await newKey(passage, { organization: "both", mode: "live" })).key };
  for (const [name, route] of rows)
    for (const id of Object.values(ids)) {
      const answer = await request(live, route.method, route.path.replace(":id", id), bodyFor(route));
      expect(answer.status, name).toBe(404);
    }
});

test("the time of a refusal does not tell whether the id exists", { timeout: 60_000 }, async () => {
  const owner = await asOrganization(passage, "timed");
  const stranger = await asOrganization(passage, "timer");
  const { linkId } = await createLink(owner);
  const gone = await createLink(owner);
  expect((await request(owner, "DELETE", `/v1/links/${gone.linkId}`)).status).toBe(200);
  const took: Record<string, number[]> = { exists: [], gone: [] };
  for (let round = 0; round < 300; round++)
    for (const [name, id] of [
      ["exists", linkId],
      ["gone", gone.linkId],
    ] as const) {
      const startedAt = performance.now();
      await request(stranger, "GET", `/v1/links/${id}`);
      took[name]?.push(performance.now() - startedAt);
    }
  const [exists = 0, absent = 0] = Object.values(took).map((times) => times.toSorted((a, b) => a - b)[150] as number);
  console.log(`median of 300: an id that exists ${exists.toFixed(3)} ms, one that is gone ${absent.toFixed(3)} ms`);
  // Both are refused by the tag in the id, before any object is asked: a look-up more would be half as long again.
  expect(Math.abs(exists - absent)).toBeLessThan(0.25 * Math.max(exists, absent));
});

/** What the owner sees of its things: nobody else may change it. */
async function snapshot(owner: Running, ids: Record<string, string>) {
  const [link, session, keys, endpoint, event] = await Promise.all([
    request(owner, "GET", `/v1/links/${ids.link}`),
    request(owner, "GET", `/v1/sessions/${ids.session}`),
    request<{ keys: { lastUsedAt: unknown; revokedAt: unknown }[] }>(owner, "GET", "/v1/keys"),
    getEndpoint(owner, ids.webhookEndpoint as string),
    getEvent(owner, ids.event as string),
  ]);
  return [
    endpoint.disabled,
    endpoint.url,
    event.deliveries.map(({ endpointId }) => endpointId),
    link.body,
    session.body,
    keys.body.keys.map((key) => key.revokedAt),
  ];
}
