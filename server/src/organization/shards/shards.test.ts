import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { LinkList } from "@passage/protocol/http/link";
import type { Organization } from "@passage/protocol/http/organization";
import type { ProviderHealth } from "@passage/protocol/http/provider";
import type { SessionList } from "@passage/protocol/http/session";
import type { EndpointList, Event, SigningKeyList } from "@passage/protocol/webhooks";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { billRead, claim, createLink, getLink, request } from "../../../../test/harness/api.ts";
import { endedLink, givesUp, playLink } from "../../../../test/harness/completed-link.ts";
import { createSession } from "../../../../test/harness/developer-session.ts";
import { asOperator, newKey } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import { type Running, removeFolder, startPassage } from "../../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../../test/harness/receiver.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { createEndpoint, getEndpoint, listEvents } from "../../../../test/harness/webhooks.ts";
import { mintId } from "../../ids.ts";

const passage = usePassage();

const tagIn = (id: string) => id.slice(id.indexOf("_") + 1).slice(0, 10);
const tagsIn = (ids: readonly string[]) => new Set(ids.map(tagIn));

/** An organization with so many shards, which nobody has heard of before. */
async function sharded(id: string, linkShards: number, server: Running = passage) {
  const organization = await configured(id, linkShards, server);
  return { organization, owner: { ...server, testKey: (await newKey(server, { organization: id })).key } };
}

async function configured(id: string, linkShards: number, server: Running = passage): Promise<Organization> {
  const { status, body } = await asOperator<Organization>(server, "POST", "/operator/organizations", {
    id,
    linkShards,
  });
  expect(status).toBe(200);
  return body;
}

async function everyLink(owner: Running, query = ""): Promise<LinkList["links"]> {
  const links: LinkList["links"] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path: string = `/v1/links?limit=7${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await request<LinkList>(owner, "GET", path);
    expect(status).toBe(200);
    links.push(...body.links);
    cursor = body.nextCursor;
  }
  return links;
}

const create = (owner: Running, fields: object, key: string) =>
  request<{ linkId: string; code: string }>(
    owner,
    "POST",
    "/v1/links",
    { ...billRead, ...fields },
    { headers: { "idempotency-key": key } },
  );

test("links, sessions, events and the audit log of several shards are one list, in order, each once", async () => {
  const { owner, organization } = await sharded("many", 4);
  const made: string[] = [];
  for (let index = 0; index < 30; index++)
    made.push((await createLink(owner, { externalUserId: `u${index % 5}` })).linkId);
  expect(tagsIn(made).size).toBeGreaterThan(1);
  for (const tag of tagsIn(made)) expect(organization.shardTags.test).toContain(tag);
  const listed = await everyLink(owner);
  expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(made));
  expect(listed).toHaveLength(30);
  const times = listed.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  const ofUser = await everyLink(owner, "&externalUserId=u3");
  expect(ofUser).toHaveLength(6);
  // The links of a user are together.
  expect(tagsIn(ofUser.map(({ id }) => id)).size).toBe(1);

  for (let index = 0; index < 6; index++) await createSession(owner);
  const cancelled = made.slice(0, 10);
  for (const id of cancelled) await request(owner, "POST", `/v1/links/${id}/cancel`);
  const { sessions } = (await request<SessionList>(owner, "GET", "/v1/sessions")).body;
  expect(sessions).toHaveLength(6);
  expect(tagsIn(sessions.map(({ id }) => id)).size).toBeGreaterThan(1);
  expect(new Set((await listEvents(owner, "limit=100")).map(({ linkId }) => linkId))).toEqual(new Set(cancelled));
  const { entries } = (
    await request<{ entries: { id: string; action: string; target: string }[] }>(owner, "GET", "/v1/audit_log")
  ).body;
  const targets = entries.filter(({ action }) => action === "link.cancelled").map(({ target }) => target);
  expect(targets).toEqual(cancelled.toReversed());
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

test("events of all shards after one of them, in order, each once, while more happen", {
  timeout: 60_000,
}, async () => {
  const { owner } = await sharded("followed", 4);
  const first = await createLink(owner);
  await request(owner, "POST", `/v1/links/${first.linkId}/cancel`);
  const [start] = await listEvents(owner);
  const made: string[] = [];
  const seen: string[] = [];
  let after = start?.id;
  const follow = async () => {
    for (const event of await listEvents(owner, `after=${after}&limit=100`)) {
      seen.push(event.linkId ?? "");
      after = event.id;
    }
  };
  for (let index = 0; index < 25; index++) {
    const { linkId } = await createLink(owner);
    await request(owner, "POST", `/v1/links/${linkId}/cancel`);
    made.push(linkId);
    await follow();
  }
  await expect.poll(() => follow().then(() => seen.length), { timeout: 10_000 }).toBe(25);
  expect(seen).toEqual(made);
});

test("shards are raised while links are made: nothing is lost, keys are remembered, old cursors go on", {
  timeout: 90_000,
}, async () => {
  const { owner } = await sharded("raised", 1);
  const receiver = await startReceiver();
  await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.cancelled"] });
  const made = new Set<string>();
  const keys = Array.from({ length: 12 }, (_, index) => `before-${index}`);
  for (const key of keys) made.add((await create(owner, { externalUserId: "u1" }, key)).body.linkId);
  const early = (await request<LinkList>(owner, "GET", "/v1/links?limit=5")).body;

  const raised = await configured("raised", 4);
  expect(raised.linkShards).toBe(4);
  const spread = new Set<string>();
  const makeSome = async () => {
    for (let index = 0; index < 4; index++) {
      const { linkId } = await createLink(owner);
      made.add(linkId);
      spread.add(tagIn(linkId));
    }
    return spread.size;
  };
  await expect.poll(makeSome, { timeout: 30_000, interval: 1_000 }).toBeGreaterThan(2);
  for (const key of keys) {
    const again = await create(owner, { externalUserId: "u1" }, key);
    expect(made.has(again.body.linkId), key).toBe(true);
    expect((await create(owner, { externalUserId: "somebody else" }, key)).body.code, key).toBe("idempotency_conflict");
  }
  const late = Array.from({ length: 12 }, (_, index) => `after-${index}`);
  for (const key of late) {
    const { linkId } = (await create(owner, {}, key)).body;
    made.add(linkId);
    expect((await create(owner, {}, key)).body.linkId).toBe(linkId);
    expect((await create(owner, { externalUserId: "u9" }, key)).body.code).toBe("idempotency_conflict");
  }
  const listed = await everyLink(owner);
  expect(new Set(listed.map(({ id }) => id))).toEqual(made);
  expect(listed).toHaveLength(made.size);

  // What is newer than the page before it is not in the rest of that list.
  const path = `/v1/links?limit=100&cursor=${encodeURIComponent(early.nextCursor ?? "")}`;
  const rest = (await request<LinkList>(owner, "GET", path)).body;
  expect([...early.links, ...rest.links].map(({ id }) => id)).toEqual(listed.slice(-12).map(({ id }) => id));

  // Every shard delivers, with the organization's own keys.
  for (const id of made) expect((await request(owner, "POST", `/v1/links/${id}/cancel`)).status).toBe(200);
  const deliveries = await receiver.count(made.size);
  const { jwksUrl, organization } = (await request<SigningKeyList>(owner, "GET", "/v1/webhook_keys")).body;
  const jwks = createRemoteJWKSet(new URL(jwksUrl));
  for (const { headers } of deliveries)
    await jwtVerify(String(headers["x-passage-signature"]), jwks, { audience: organization, algorithms: ["ES256"] });
  expect(new Set(deliveries.map(({ body }) => JSON.parse(body).linkId))).toEqual(made);
  await receiver.stop();
});

test("the number of shards is not lowered, nor above 64", async () => {
  await configured("up-only", 3);
  const lower = await asOperator(passage, "POST", "/operator/organizations", { id: "up-only", linkShards: 2 });
  expect(lower).toMatchObject({ status: 400, body: { code: "validation_failed" } });
  expect(JSON.stringify(lower.body)).toContain("linkShards");
  const tooMany = await asOperator(passage, "POST", "/operator/organizations", { id: "up-only", linkShards: 65 });
  expect(tooMany.status).toBe(400);
  expect((await configured("up-only", 3)).linkShards).toBe(3);
});

test("an id of a shard that does not exist, and one of another tenant's shard, are unknown", async () => {
  const { owner, organization } = await sharded("four", 4);
  const { organization: other } = await sharded("eight", 8);
  const secret = readFileSync(join(passage.data, "secret"), "utf8").trim();
  const eight = other.shardTags.test[7] as string;
  expect(organization.shardTags.test).toHaveLength(4);
  const before = organizationDatabases(passage).length;
  for (const tag of [eight, "0123456789"]) {
    const id = await mintId(secret, "link", tag);
    for (const [method, path] of [
      ["GET", `/v1/links/${id}`],
      ["POST", `/v1/links/${id}/cancel`],
      ["DELETE", `/v1/links/${id}`],
    ] as const)
      expect((await request(owner, method, path)).status).toBe(404);
  }
  expect(organizationDatabases(passage)).toHaveLength(before);
});

test("endpoints and secrets are the same in all shards, and how an endpoint fares is told for all", {
  timeout: 60_000,
}, async () => {
  const { owner } = await sharded("endpoints", 4);
  const receiver = await startReceiver();
  const endpoint = await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.cancelled"] });
  const cancel = async () => {
    const { linkId } = await createLink(owner);
    await request(owner, "POST", `/v1/links/${linkId}/cancel`);
    return linkId;
  };
  const ids = [];
  for (let index = 0; index < 12; index++) ids.push(await cancel());
  expect(tagsIn(ids).size).toBeGreaterThan(1);
  await receiver.count(12);
  await expect
    .poll(async () => (await getEndpoint(owner, endpoint.id)).health)
    .toMatchObject({ attempts: 12, successShare: 1, backlog: 0 });
  const { endpoints } = (await request<EndpointList>(owner, "GET", "/v1/webhook_endpoints")).body;
  expect(endpoints).toMatchObject([{ id: endpoint.id, health: { attempts: 12 } }]);

  const since = await request(owner, "POST", `/v1/webhook_endpoints/${endpoint.id}/redeliver`, {
    since: 0,
    include: "all",
  });
  expect(since.body).toEqual({ deliveries: 12 });
  await receiver.count(24);
  const [event] = await listEvents(owner);
  expect((await request<Event>(owner, "GET", `/v1/events/${event?.id}`)).body.deliveries[0]?.attempts).toHaveLength(2);

  await request(owner, "DELETE", `/v1/webhook_endpoints/${endpoint.id}`);
  for (let index = 0; index < 8; index++) await cancel();
  expect((await listEvents(owner, "limit=100")).length).toBe(20);
  expect(receiver.deliveries).toHaveLength(24);
  await receiver.stop();
});

test("an endpoint that takes the events of one shard is not failing; one that takes none is disabled, once", {
  timeout: 60_000,
}, async () => {
  const server = await startPassage({
    environment: { PASSAGE_RETRY_SCHEDULE: "0,100,100,100", PASSAGE_DISABLE_AFTER: "6000" },
  });
  const { owner, organization } = await sharded("half", 2, server);
  let isDown = false;
  const receiver = await startReceiver((_index, path, body) =>
    path === "/webhooks/down" && (isDown || tagIn(JSON.parse(body).id) === organization.shardTags.test[1]) ? 500 : 200,
  );
  const endpoint = await createEndpoint(owner, { url: `${receiver.url}/down`, eventTypes: ["link.cancelled"] });
  await createEndpoint(owner, { url: `${receiver.url}/told`, eventTypes: ["webhook_endpoint.disabled"] });
  const cancelSome = async () => {
    const tags = new Set<string>();
    while (tags.size < 2) {
      const { linkId } = await createLink(owner);
      await request(owner, "POST", `/v1/links/${linkId}/cancel`);
      tags.add(tagIn(linkId));
    }
  };
  const failures = () => receiver.deliveries.filter(({ status }) => status === 500);
  const disabled = async () => (await getEndpoint(owner, endpoint.id)).disabledReason;
  await cancelSome();
  await expect
    .poll(() => (failures().at(-1)?.at ?? 0) - (failures()[0]?.at ?? 0), { timeout: 20_000, interval: 200 })
    .toBeGreaterThan(0);
  const from = Date.now();
  // For longer than the time after which an endpoint that only fails is disabled.
  await expect
    .poll(() => cancelSome().then(() => Date.now() - from), { timeout: 20_000, interval: 200 })
    .toBeGreaterThan(8_000);
  expect(await disabled()).toBe(null);
  expect((await getEndpoint(owner, endpoint.id)).health.failingSince).toBe(null);
  isDown = true;
  await expect.poll(() => cancelSome().then(disabled), { timeout: 30_000, interval: 200 }).toBe("failing");
  await expect.poll(() => receiver.deliveries.filter(({ path }) => path.endsWith("/told")).length).toBe(1);
  expect(await listEvents(owner, "type=webhook_endpoint.disabled")).toHaveLength(1);
  await server.stop();
  await receiver.stop();
  removeFolder(server.data);
});

test("runs of all shards are counted together", async () => {
  const { owner } = await sharded("counted", 4);
  for (let index = 0; index < 6; index++) await endedLink(owner, {}, index % 2 === 0 ? undefined : givesUp);
  const { operations } = (await request<ProviderHealth>(owner, "GET", "/v1/providers/tmobile/health")).body;
  expect(operations.find(({ resource }) => resource === billRead.resource)).toMatchObject({
    runs: 6,
    success: 3,
    userGaveUp: 3,
  });
});

test("a shard that cannot be written gets changed settings as soon as it can, and nobody waits for it", {
  timeout: 60_000,
}, async () => {
  const before = new Set(organizationDatabases(passage));
  const { owner, organization } = await sharded("slow", 2);
  const links = [];
  while (tagsIn(links.map(({ linkId }) => linkId)).size < 2) links.push(await createLink(owner));
  const other = links.find(({ linkId }) => tagIn(linkId) === organization.shardTags.test[1]) as (typeof links)[number];
  const shardFile = organizationDatabases(passage)
    .filter((path) => !before.has(path))
    .find((path) => new DatabaseSync(path).prepare("SELECT 1 FROM identity WHERE tag = ?").get(tagIn(other.linkId)));
  const database = new DatabaseSync(shardFile as string);
  const receiver = await startReceiver();
  database.exec("BEGIN IMMEDIATE");
  await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.complete"] });
  database.exec("ROLLBACK");
  await passage.logged("shard.unreached");
  await expect
    .poll(() => new DatabaseSync(shardFile as string).prepare("SELECT url FROM webhook_endpoints").all(), {
      timeout: 20_000,
    })
    .toHaveLength(1);
  await playLink(owner, other);
  await receiver.count(1);
  await receiver.stop();
});

test("deleting an organization deletes all its shards, and goes on after a kill -9", { timeout: 60_000 }, async () => {
  const first = await startPassage();
  const { owner, organization } = await sharded("gone", 8, first);
  const links = [];
  for (let index = 0; index < 24; index++) links.push(await createLink(owner));
  // One shard cannot be deleted, so the head is still there when the server dies.
  const path = organizationDatabases(first).find((one) => {
    const database = new DatabaseSync(one, { readOnly: true });
    const isThird = database
      .prepare("SELECT 1 FROM identity WHERE tag = ?")
      .get(organization.shardTags.test[3] as string);
    database.close();
    return isThird !== undefined;
  });
  const lock = new DatabaseSync(path as string);
  lock.exec("BEGIN IMMEDIATE");
  const deleting = asOperator(first, "DELETE", "/operator/organizations/gone").catch(() => null);
  await first.line('"organization.erased"');
  await first.kill();
  await deleting;
  lock.exec("ROLLBACK");
  lock.close();
  const second = { ...(await startPassage({ data: first.data })), testKey: owner.testKey };
  await second.logged("organization.erased", organization.tags.test);
  expect((await request(second, "GET", "/v1/links")).status).toBe(401);
  expect((await asOperator(second, "DELETE", "/operator/organizations/gone")).status).toBe(200);
  await second.stop();
  for (const path of organizationDatabases(second)) {
    const database = new DatabaseSync(path);
    const hasLinks = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'links'").get();
    expect(hasLinks ? database.prepare("SELECT id FROM links").all() : []).toEqual([]);
    database.close();
  }
  removeFolder(first.data);
});

test("a claim, its session and its result are in the link's own shard", async () => {
  const { owner } = await sharded("claims", 16);
  const link = await createLink(owner);
  const claimed = await claim(owner, link.claimCode);
  expect(tagIn(claimed.sessionId)).toBe(tagIn(link.linkId));
  const another = await createLink(owner);
  await playLink(owner, another);
  expect(await getLink(owner, another.linkId)).toMatchObject({ status: "complete" });
});
