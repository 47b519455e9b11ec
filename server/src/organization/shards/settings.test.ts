import { DatabaseSync } from "node:sqlite";
import type { Organization, OrganizationList } from "@passage/protocol/http/organization";
import type { SigningKeyList } from "@passage/protocol/webhooks";
import { expect, test } from "vitest";
import { createLink, request } from "../../../../test/harness/api.ts";
import { asOperator, asOrganization } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import type { Running } from "../../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../../test/harness/receiver.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { createEndpoint, getEndpoint } from "../../../../test/harness/webhooks.ts";

const passage = usePassage({
  environment: { LINK_SHARDS: "3", PASSAGE_RETRY_SCHEDULE: "0,100,100,100", PASSAGE_DISABLE_AFTER: "8000" },
});

const find = async (id: string) =>
  (await asOperator<OrganizationList>(passage, "GET", "/operator/organizations?limit=100")).body.organizations.find(
    (one) => one.id === id,
  ) as Organization;

/** The databases of the shards of an organization in test mode, by their numbers. */
async function shardsOf(id: string): Promise<DatabaseSync[]> {
  const { shardTags } = await find(id);
  const all = organizationDatabases(passage).map((path) => new DatabaseSync(path));
  const tagOf = (one: DatabaseSync) => one.prepare("SELECT tag FROM identity").get()?.tag;
  const byTag = new Map(all.map((one) => [tagOf(one), one]));
  return shardTags.test.map((tag) => byTag.get(tag) as DatabaseSync);
}

const shared = ["webhook_endpoints", "webhook_secrets", "webhook_keys", "account_salt"];
/** What all shards have alike, and what the identity says. */
function settingsIn(database: DatabaseSync): string {
  const tables = shared.map((table) =>
    database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => ({ ...row, failing_since: null })),
  );
  const { name, retention_days } = database.prepare("SELECT * FROM identity").get() as Record<string, unknown>;
  return JSON.stringify([...tables, name, retention_days]);
}

/** Cancels a new link in this shard, which is an event there. */
async function eventIn(owner: Running, tag: string | undefined): Promise<string> {
  for (;;) {
    const { linkId } = await createLink(owner);
    if (!linkId.includes(tag as string)) continue;
    await request(owner, "POST", `/v1/links/${linkId}/cancel`);
    return linkId;
  }
}

test("settings that change at the same time, while a shard takes none, are the same in all of them in the end", {
  timeout: 60_000,
}, async () => {
  const owner = await asOrganization(passage, "changes");
  const endpoints = await Promise.all(
    Array.from({ length: 6 }, (_, index) => createEndpoint(owner, { url: `https://${index}.example/in` })),
  );
  const [head, slow, third] = (await shardsOf("changes")) as [DatabaseSync, DatabaseSync, DatabaseSync];
  slow.exec("BEGIN IMMEDIATE");
  const changes = endpoints.flatMap(({ id }, index) => [
    request(owner, "PATCH", `/v1/webhook_endpoints/${id}`, { description: `changed ${index}` }),
    request(owner, "PATCH", `/v1/webhook_endpoints/${id}`, { url: `https://${index}.example/moved` }),
    request(owner, "POST", `/v1/webhook_endpoints/${id}/rotate_secret`, { overlapSeconds: 60 }),
    ...(index === 0 ? [request(owner, "DELETE", `/v1/webhook_endpoints/${id}`)] : []),
  ]);
  changes.push(request(owner, "POST", "/v1/webhook_keys/rotate", { overlapSeconds: 60 }));
  changes.push(asOperator(passage, "POST", "/operator/organizations", { id: "changes", name: "Renamed" }));
  changes.push(asOperator(passage, "POST", "/operator/organizations", { id: "changes", retentionDays: 7 }));
  changes.push(asOperator(passage, "POST", "/operator/organizations", { id: "changes", linkShards: 5 }));
  const statuses = new Set((await Promise.all(changes)).map(({ status }) => status));
  expect([...statuses].filter((status) => status >= 500)).toEqual([]);
  expect(settingsIn(third)).toBe(settingsIn(head));
  expect(settingsIn(slow)).not.toBe(settingsIn(head));
  slow.exec("ROLLBACK");
  await expect.poll(() => settingsIn(slow), { timeout: 20_000 }).toBe(settingsIn(head));
  for (const shard of await shardsOf("changes")) expect(settingsIn(shard)).toBe(settingsIn(head));
  expect(await find("changes")).toMatchObject({ name: "Renamed", retentionDays: 7, linkShards: 5 });
});

test("an endpoint that is enabled again starts anew in a shard that heard of both changes at once", {
  timeout: 60_000,
}, async () => {
  const owner = await asOrganization(passage, "anew");
  const { shardTags } = await find("anew");
  const receiver = await startReceiver(() => 500);
  const endpoint = await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.cancelled"] });
  const set = (disabled: boolean) => request(owner, "PATCH", `/v1/webhook_endpoints/${endpoint.id}`, { disabled });
  const disabled = async () => (await getEndpoint(owner, endpoint.id)).disabledReason;
  await eventIn(owner, shardTags.test[1]);
  const from = Date.now();
  await expect.poll(() => Date.now() - from, { timeout: 10_000 }).toBeGreaterThan(8_100);
  const [head, shard] = await shardsOf("anew");
  shard?.exec("BEGIN IMMEDIATE");
  await Promise.all([set(true), set(false)]);
  await set(false);
  shard?.exec("ROLLBACK");
  const version = head?.prepare("SELECT version FROM shards").get()?.version;
  const versionThere = () => shard?.prepare("SELECT settings_version AS version FROM identity").get()?.version;
  await expect.poll(versionThere, { timeout: 10_000 }).toBe(version);
  expect((await getEndpoint(owner, endpoint.id)).health.failingSince).toBe(null);
  await eventIn(owner, shardTags.test[1]);
  await receiver.count(5);
  await expect.poll(async () => (await getEndpoint(owner, endpoint.id)).health.backlog, { timeout: 10_000 }).toBe(0);
  expect(await disabled()).toBe(null);
  await receiver.stop();
});

test("signing keys of every shard are the organization's, and rotated with it", async () => {
  const owner = await asOrganization(passage, "keys");
  const { shardTags } = await find("keys");
  await request(owner, "POST", "/v1/webhook_keys/rotate", { overlapSeconds: 0 });
  const { keys } = (await request<SigningKeyList>(owner, "GET", "/v1/webhook_keys")).body;
  expect(keys).toHaveLength(1);
  const receiver = await startReceiver();
  await createEndpoint(owner, { url: receiver.url, eventTypes: ["link.cancelled"] });
  for (const tag of shardTags.test) await eventIn(owner, tag);
  for (const { headers } of await receiver.count(3)) {
    const [head = ""] = String(headers["x-passage-signature"]).split(".");
    expect(JSON.parse(Buffer.from(head, "base64url").toString()).kid).toBe(keys[0]?.keyId);
  }
  await receiver.stop();
});
