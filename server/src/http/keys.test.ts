import type { CreatedKey, Key } from "@passage/protocol/http/key";
import { expect, test } from "vitest";
import { billRead, request } from "../../../test/harness/api.ts";
import { asOperator, asOrganization, newKey } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

async function create(owner: Running, fields: object = {}): Promise<CreatedKey> {
  return (await request<CreatedKey>(owner, "POST", "/v1/keys", fields)).body;
}

const statusWith = async (key: string) => (await request(passage, "GET", "/v1/links", undefined, { key })).status;

test("a key is shown once; lists show what it may do and its last four characters", async () => {
  const owner = await asOrganization(passage, "lists");
  const made = await create(owner, { name: "CI", scopes: ["links:*", "events:read"], expiresIn: 3600 });
  expect(made).toMatchObject({ name: "CI", mode: "test", scopes: ["links:*", "events:read"], lastUsedAt: null });
  expect(made.key).toMatch(/^psg_test_[0-9A-Za-z]{44}$/);
  expect((made.expiresAt as number) - made.createdAt).toBe(3_600_000);
  expect(await statusWith(made.key)).toBe(200);
  const { body } = await request<{ keys: Key[] }>(owner, "GET", "/v1/keys");
  expect(JSON.stringify(body)).not.toContain(made.key);
  expect(body.keys[0]).toMatchObject({ id: made.id, hint: made.key.slice(-4), lastUsedAt: expect.any(Number) });
});

test("a mistyped key is told from an unknown one, whichever character is wrong", async () => {
  const { key } = await newKey(passage);
  for (const at of [0, 10, 20, 40, key.length - 10, key.length - 1].map((index) => Math.max(9, index))) {
    const mistyped = key.slice(0, at) + (key[at] === "x" ? "y" : "x") + key.slice(at + 1);
    const answer = await request(passage, "GET", "/v1/links", undefined, { key: mistyped });
    expect(answer, mistyped).toMatchObject({ status: 401, body: { code: "api_key_malformed" } });
  }
  const cut = await request(passage, "GET", "/v1/links", undefined, { key: key.slice(0, -3) });
  expect(cut.body.code).toBe("api_key_malformed");
});

test.each([
  ["links:read", "GET", "/v1/links", 200],
  ["links:read", "POST", "/v1/links", 403],
  ["links:write", "GET", "/v1/links", 403],
  ["links:*", "POST", "/v1/links", 400],
  ["sessions:*", "GET", "/v1/links", 403],
  ["sessions:*", "GET", "/v1/sessions", 200],
  ["keys:*", "GET", "/v1/audit_log", 403],
  ["events:read", "GET", "/v1/providers", 200],
] as const)("a key for %s gets %s %s with %i", async (scope, method, path, expected) => {
  const { key } = await newKey(passage, { scopes: [scope] });
  const { status, body } = await request(passage, method, path, method === "POST" ? {} : undefined, { key });
  expect(status).toBe(expected);
  if (status === 403) expect(body.code).toBe("insufficient_scope");
});

test("a key gives no more than it has, neither to a new key nor by rotating another", async () => {
  const owner = await asOrganization(passage, "grants");
  const all = await create(owner);
  const limited = { ...owner, testKey: (await create(owner, { scopes: ["keys:*", "links:read"] })).key };
  const refused = { status: 403, body: { code: "insufficient_scope" } };
  expect(await request(limited, "POST", "/v1/keys", { scopes: ["links:write"] })).toMatchObject(refused);
  expect(await request(limited, "POST", "/v1/keys", {})).toMatchObject(refused);
  expect(await request(limited, "POST", `/v1/keys/${all.id}/rotate`, {})).toMatchObject(refused);
  expect((await request(limited, "POST", "/v1/keys", { scopes: ["links:read"] })).status).toBe(201);
});

test("a revoked key is refused at once, and revoking again changes nothing", async () => {
  const owner = await asOrganization(passage, "revoking");
  const { id, key } = await create(owner);
  expect(await statusWith(key)).toBe(200);
  const revoked = await request<Key>(owner, "DELETE", `/v1/keys/${id}`);
  expect(revoked).toMatchObject({ status: 200, body: { id, revokedAt: expect.any(Number) } });
  expect(await statusWith(key)).toBe(401);
  expect((await request<Key>(owner, "DELETE", `/v1/keys/${id}`)).body.revokedAt).toBe(revoked.body.revokedAt);
});

test("a rotated key works on for the overlap, its successor from the start", async () => {
  const owner = await asOrganization(passage, "rotating");
  const old = await create(owner, { name: "app", scopes: ["links:read"] });
  const next = await request<CreatedKey>(owner, "POST", `/v1/keys/${old.id}/rotate`, { overlap: 1 });
  expect(next).toMatchObject({ status: 201, body: { name: "app", scopes: ["links:read"], expiresAt: null } });
  expect([await statusWith(old.key), await statusWith(next.body.key)]).toEqual([200, 200]);
  await expect.poll(() => statusWith(old.key), { timeout: 5_000 }).toBe(401);
  expect(await statusWith(next.body.key)).toBe(200);
  const again = await request(owner, "POST", `/v1/keys/${old.id}/rotate`, {});
  expect(again).toMatchObject({ status: 409, body: { code: "key_not_active" } });
});

test("an expired key is refused", async () => {
  const { key } = await newKey(passage, { expiresIn: 1 });
  expect(await statusWith(key)).toBe(200);
  await expect.poll(() => statusWith(key), { timeout: 5_000 }).toBe(401);
});

test("the audit log has every change, by whom and in which request", async () => {
  const owner = await asOrganization(passage, "audited");
  const made = await request<CreatedKey>(owner, "POST", "/v1/keys", {});
  const self = (await request<{ keys: Key[] }>(owner, "GET", "/v1/keys")).body.keys.at(-1)?.id;
  const rotated = await request<CreatedKey>(owner, "POST", `/v1/keys/${made.body.id}/rotate`, { overlap: 0 });
  await request(owner, "DELETE", `/v1/keys/${rotated.body.id}`);
  const link = await request(owner, "POST", "/v1/links", billRead);
  await request(owner, "POST", `/v1/links/${link.body.linkId}/cancel`);
  await request(owner, "DELETE", `/v1/links/${link.body.linkId}`);
  const { body } = await request<{ entries: { actor: string; action: string; target: string; requestId: string }[] }>(
    owner,
    "GET",
    "/v1/audit_log?limit=100",
  );
  expect(body.entries.map(({ actor, action, target }) => [actor, action, target])).toEqual([
    [self, "link.deleted", link.body.linkId],
    [self, "link.cancelled", link.body.linkId],
    [self, "key.revoked", rotated.body.id],
    [self, "key.rotated", made.body.id],
    [self, "key.created", made.body.id],
    ["operator", "key.created", self],
    ["operator", "organization.created", expect.any(String)],
  ]);
  expect(body.entries[4]?.requestId).toBe(made.headers.get("x-request-id"));
});

test("the operator makes, lists, changes and deletes organizations; a deleted one is gone with its keys and links", async () => {
  const made = await asOperator(passage, "POST", "/operator/organizations", {
    id: "acme",
    name: "Acme",
    retentionDays: 7,
  });
  expect(made).toMatchObject({ status: 200, body: { id: "acme", name: "Acme", retentionDays: 7 } });
  const { key } = await newKey(passage, { organization: "acme" });
  const acme = { ...passage, testKey: key };
  const link = await request(acme, "POST", "/v1/links", billRead);
  const details = await request(passage, "GET", `/link/details?code=${link.body.claimCode}`);
  expect(details.body).toMatchObject({ requestedBy: "Acme" });
  const list = () =>
    asOperator<{ organizations: { id: string }[] }>(passage, "GET", "/operator/organizations?limit=100");
  expect((await list()).body.organizations.map(({ id }) => id)).toContain("acme");

  expect(await asOperator(passage, "DELETE", "/operator/organizations/acme")).toMatchObject({ status: 200 });
  expect((await list()).body.organizations.map(({ id }) => id)).not.toContain("acme");
  expect(await statusWith(key)).toBe(401);
  expect((await request(passage, "GET", `/link/details?code=${link.body.claimCode}`)).status).toBe(404);
  expect((await asOperator(passage, "DELETE", "/operator/organizations/acme")).status).toBe(404);
  const log = await asOperator<{ entries: { action: string; target: string }[] }>(
    passage,
    "GET",
    "/operator/audit_log",
  );
  expect(log.body.entries[0]).toMatchObject({ action: "organization.deleted", target: "acme" });
  // The same id again is a new organization.
  const fresh = { ...passage, testKey: (await newKey(passage, { organization: "acme" })).key };
  expect((await request(fresh, "GET", "/v1/links")).body).toEqual({ links: [], nextCursor: null });
});
