import { DatabaseSync } from "node:sqlite";
import type { LinkList } from "@passage/protocol/http/link";
import { expect, test } from "vitest";
import { billRead, createLink, getLink, request } from "../../../../test/harness/api.ts";
import { asOrganization } from "../../../../test/harness/operator.ts";
import { organizationDatabases } from "../../../../test/harness/organization-databases.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";

const passage = usePassage({ environment: { LINK_SHARDS: "2" } });
const tagIn = (id: string) => id.slice(id.indexOf("_") + 1).slice(0, 10);

test("a shard that takes no writes refuses what belongs there; the other goes on, and lists have all", {
  timeout: 60_000,
}, async () => {
  const owner = await asOrganization(passage, "half-full");
  const before = new Map<string, string>();
  for (let index = 0; index < 12; index++) {
    const { linkId } = await createLink(owner, { externalUserId: `u${index}` });
    before.set(`u${index}`, linkId);
  }
  const tags = new Set([...before.values()].map(tagIn));
  const database = organizationDatabases(passage)
    .map((path) => new DatabaseSync(path))
    .find((one) =>
      tags.has(String(one.prepare("SELECT tag FROM identity WHERE shard = 1").get()?.tag)),
    ) as DatabaseSync;
  const full = String(database.prepare("SELECT tag FROM identity").get()?.tag);
  database.exec("BEGIN IMMEDIATE");
  for (const [externalUserId, linkId] of before) {
    const isThere = tagIn(linkId) === full;
    const { status } = await request(owner, "POST", "/v1/links", { ...billRead, externalUserId });
    expect(status, externalUserId).toBe(isThere ? 500 : 201);
    expect((await getLink(owner, linkId)).id).toBe(linkId);
  }
  const listed = (await request<LinkList>(owner, "GET", "/v1/links?limit=100")).body.links.map(({ id }) => id);
  expect([...before.values()].filter((id) => !listed.includes(id))).toEqual([]);
  database.exec("ROLLBACK");
  for (const externalUserId of before.keys()) expect((await createLink(owner, { externalUserId })).linkId).toBeTruthy();
});
