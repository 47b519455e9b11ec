import { expect, test } from "vitest";
import { billRead, request } from "../../../test/harness/api.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { removeFolder, startPassage, temporaryFolder } from "../../../test/harness/passage-process.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

const post = (owner: Running, path: string, body: unknown, key: string) =>
  request(owner, "POST", path, body, { headers: { "idempotency-key": key } });

const countLinks = async (owner: Running) =>
  (await request<{ links: unknown[] }>(owner, "GET", "/v1/links?limit=100")).body.links.length;

test("the same key and body is done once and answered the same, secrets included", async () => {
  const owner = await asOrganization(passage, "once");
  const first = await post(owner, "/v1/links", billRead, "order-1");
  const second = await post(owner, "/v1/links", billRead, "order-1");
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect([first, second].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
  expect(await countLinks(owner)).toBe(1);
});

test("twenty at one instant make one link", async () => {
  const owner = await asOrganization(passage, "instant");
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(owner, "/v1/links", billRead, "same")));
  expect(new Set(answers.map(({ body }) => body.linkId)).size).toBe(1);
  expect(await countLinks(owner)).toBe(1);
});

test("the same key with another body or path is a conflict, in another organization a new request", async () => {
  const owner = await asOrganization(passage, "conflict");
  const first = await post(owner, "/v1/links", billRead, "k");
  const conflict = { status: 409, body: { code: "idempotency_conflict" } };
  expect(await post(owner, "/v1/links", { ...billRead, externalUserId: "u" }, "k")).toMatchObject(conflict);
  expect(await post(owner, "/v1/sessions", billRead, "k")).toMatchObject(conflict);
  const other = await post(await asOrganization(passage, "another"), "/v1/links", billRead, "k");
  expect(other.status).toBe(201);
  expect(other.body.linkId).not.toBe(first.body.linkId);
});

test("a refused request is not remembered: mended, it may use its key", async () => {
  const owner = await asOrganization(passage, "mended");
  expect((await post(owner, "/v1/links", { integrationId: "nobody" }, "m")).status).toBe(400);
  expect((await post(owner, "/v1/links", billRead, "m")).status).toBe(201);
});

test.each(["", "a b", "é", "x".repeat(256)])("the key %j is refused", async (key) => {
  const headers = { "idempotency-key": Buffer.from(key, "utf8").toString("latin1") };
  const { status, body } = await request(passage, "POST", "/v1/links", billRead, { headers });
  expect({ status, body }).toMatchObject({ status: 400, body: { issues: [{ path: "Idempotency-Key" }] } });
});

test("every other POST of a key holder is done once too", async () => {
  const owner = await asOrganization(passage, "others");
  const link = await post(owner, "/v1/links", billRead, "l");
  const key = await post(owner, "/v1/keys", {}, "key");
  for (const path of [
    "/v1/sessions",
    "/v1/keys",
    `/v1/keys/${key.body.id}/rotate`,
    `/v1/links/${link.body.linkId}/cancel`,
  ]) {
    const [first, second] = [await post(owner, path, {}, path), await post(owner, path, {}, path)];
    expect(second.body, path).toEqual(first.body);
    expect(first.status, path).toBeLessThan(300);
    expect(second.headers.get("idempotency-replayed"), path).toBe("true");
  }
  const sessions = await request<{ sessions: unknown[] }>(owner, "GET", "/v1/sessions");
  expect(sessions.body.sessions.length).toBe(1);
});

test("killed at any moment: repeated until answered, each request is done once", { timeout: 120_000 }, async () => {
  const data = temporaryFolder();
  let server = await startPassage({ data });
  const { testKey, port } = server;
  const total = 60;
  const answered = new Set<string>();
  for (let kill = 0; kill < 5; kill++) {
    const asked = Array.from({ length: total }, (_, index) =>
      post({ ...server, testKey }, "/v1/links", { ...billRead, externalUserId: `u${index}` }, `link-${index}`).then(
        ({ body }) => answered.add(String(body.linkId)),
        () => {},
      ),
    );
    await Promise.race(asked.slice(kill * 5));
    await server.kill();
    await Promise.all(asked);
    server = await startPassage({ data, port });
  }
  const owner = { ...server, testKey };
  const finals = await Promise.all(
    Array.from({ length: total }, (_, index) =>
      post(owner, "/v1/links", { ...billRead, externalUserId: `u${index}` }, `link-${index}`),
    ),
  );
  for (const { body } of finals) answered.add(String(body.linkId));
  console.log(`5 kills, ${total} requests, ${answered.size} links heard of, ${await countLinks(owner)} there`);
  expect(answered.size).toBe(total);
  expect(await countLinks(owner)).toBe(total);
  await server.stop();
  removeFolder(data);
});
