import { DatabaseSync } from "node:sqlite";
import type { Organization, OrganizationList } from "@passage/protocol/http/organization";
import { expect, test } from "vitest";
import { asOperator, newKey } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";

const passage = usePassage({ environment: { LINK_SHARDS: "2" } });

const configure = (fields: object) => asOperator<Organization>(passage, "POST", "/operator/organizations", fields);
const listed = async (id: string) =>
  (await asOperator<OrganizationList>(passage, "GET", "/operator/organizations?limit=100")).body.organizations.find(
    (one) => one.id === id,
  );

/** What the head of this tag has, and what its directory says. */
function databaseOf(tag: string | undefined): DatabaseSync {
  for (const path of organizationDatabases(passage)) {
    const database = new DatabaseSync(path);
    if (database.prepare("SELECT 1 FROM identity WHERE tag = ?").get(tag as string)) return database;
    database.close();
  }
  throw new Error(`No organization has the tag ${tag}.`);
}

/** How many shards each mode has. */
function countsOf({ tags }: Organization): number[] {
  return [tags.test, tags.live].map((tag) => {
    const database = databaseOf(tag);
    const row = database.prepare("SELECT plan FROM shards").get() as { plan: string } | undefined;
    const { name } = database.prepare("SELECT name FROM identity").get() as { name: string };
    database.close();
    names.add(name);
    return row ? JSON.parse(row.plan).at(-1).count : 1;
  });
}
const names = new Set<string>();

test("a raise that fails in one mode is finished by the next one; what is refused changes neither", async () => {
  const { body: made } = await configure({ id: "uneven" });
  expect(made.linkShards).toBe(2);
  const shard = databaseOf(made.tags.live);
  shard.exec("BEGIN IMMEDIATE");
  expect((await configure({ id: "uneven", linkShards: 8 })).status).toBe(500);
  shard.exec("ROLLBACK");
  shard.close();
  expect(countsOf(made)).toEqual([8, 2]);
  names.clear();
  const lower = await configure({ id: "uneven", linkShards: 6, name: "Changed" });
  expect(lower).toMatchObject({ status: 400, body: { code: "validation_failed" } });
  expect(countsOf(made)).toEqual([8, 2]);
  expect([...names]).toEqual(["Your app"]);
  expect((await newKey(passage, { organization: "uneven" })).key).toBeTruthy();
  expect((await configure({ id: "uneven", linkShards: 8 })).body.linkShards).toBe(8);
  expect(countsOf(made)).toEqual([8, 8]);
  expect((await listed("uneven"))?.shardTags.live).toHaveLength(8);
});

test("an organization of which one mode is still being deleted is not made anew in the other", {
  timeout: 60_000,
}, async () => {
  const { body: made } = await configure({ id: "half-gone", name: "Old" });
  const shard = databaseOf(made.shardTags.live[1]);
  shard.exec("BEGIN IMMEDIATE");
  const removed = await asOperator(passage, "DELETE", "/operator/organizations/half-gone");
  expect(removed.status).toBe(500);
  expect((await configure({ id: "half-gone", name: "New" })).status).toBe(404);
  expect((await asOperator(passage, "POST", "/operator/keys", { organization: "half-gone" })).status).toBe(404);
  expect(() => databaseOf(made.tags.test)).toThrow();
  shard.exec("ROLLBACK");
  shard.close();
  await passage.logged("organization.erased", made.tags.live);
  expect((await configure({ id: "half-gone", name: "New" })).body.linkShards).toBe(2);
  expect((await asOperator(passage, "DELETE", "/operator/organizations/half-gone")).status).toBe(200);
  expect(passage.output.filter((line) => /alarm|uncaught|exception/i.test(line))).toEqual([]);
});
