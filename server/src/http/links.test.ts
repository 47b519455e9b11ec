import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderList } from "@passage/protocol/http/provider";
import { withChecksum } from "@passage/protocol/key-checksum";
import { describe, expect, test } from "vitest";
import WebSocket from "ws";
import { billRead, claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

interface Refusal {
  error: string;
  code: string;
  requestId: string;
  docs: string;
  issues?: { path: string; message: string }[];
}

test("both documented forms create the same link", async () => {
  const operations = [{ resource: "mobileBillingStatement", action: "read", arguments: { limit: 2 } }];
  const fields = { webhookUrl: "https://example.com/h", returnUrl: "https://app.example/done?x=1", expiresIn: 60 };
  const several = await request(passage, "POST", "/v1/links", { integrationId: "tmobile", operations, ...fields });
  const single = await request(passage, "POST", "/v1/links", { ...billRead, arguments: { limit: 2 }, ...fields });
  for (const { status, body } of [several, single]) {
    expect(status).toBe(201);
    expect(body).toMatchObject({
      integrationId: "tmobile",
      operations: [{ resource: "mobileBillingStatement", action: "read" }],
      resource: "mobileBillingStatement",
      action: "read",
      status: "pending",
      returnUrl: `https://app.example/done?x=1&linkId=${body.linkId}`,
      appClipUrl: `${passage.url}/claim?code=${body.claimCode}`,
    });
    expect(Number(body.expiresAt) - Number(body.createdAt)).toBe(60_000);
  }
});

test("a link is read by its id, without arguments or webhook, and listed newest first in pages", async () => {
  const fresh = await request<{ key: string }>(
    passage,
    "POST",
    "/operator/keys",
    { organization: "paging" },
    operator(),
  );
  const own = { ...passage, testKey: fresh.body.key };
  const ids: string[] = [];
  for (let index = 0; index < 5; index++)
    ids.unshift((await createLink(own, { externalUserId: `u${index}`, webhookUrl: "https://example.com/h" })).linkId);
  expect(await getLink(own, ids[0] as string)).toEqual({
    id: ids[0],
    integrationId: "tmobile",
    operations: [{ resource: "mobileBillingStatement", action: "read" }],
    resource: "mobileBillingStatement",
    action: "read",
    externalUserId: "u4",
    status: "pending",
    currentSessionId: null,
    reusable: false,
    metadata: null,
    cancelledAt: null,
    returnUrl: null,
    result: null,
    error: null,
    ledger: null,
    expiresAt: expect.any(Number),
    createdAt: expect.any(Number),
    updatedAt: expect.any(Number),
  });
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path: string = `/v1/links?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await request<{ links: { id: string }[]; nextCursor: string | null }>(own, "GET", path);
    seen.push(...page.body.links.map((link) => link.id));
    cursor = page.body.nextCursor;
  }
  expect(seen).toEqual(ids);
  const none = await request<{ links: unknown[] }>(own, "GET", "/v1/links?status=complete");
  expect(none.body.links).toEqual([]);
});

describe("a refused request says what to do and writes nothing", () => {
  const invalid = (path: string, message: RegExp) => ({ status: 400, code: "validation_failed", path, message });
  const bodies: [
    name: string,
    body: unknown,
    expected: { status: number; code: string; path?: string; message?: RegExp },
  ][] = [
    ["malformed JSON", "{", { status: 400, code: "malformed_json" }],
    ["not an object", "[]", invalid("", /object/)],
    ["no provider", { resource: "a", action: "read" }, invalid("integrationId", /required/)],
    ["wrong type", { ...billRead, integrationId: 5 }, invalid("integrationId", /must be a string/)],
    ["neither form", { integrationId: "tmobile" }, invalid("operations", /required/)],
    ["both forms", { ...billRead, operations: [{ resource: "a", action: "read" }] }, invalid("operations", /not both/)],
    ["no operation", { integrationId: "tmobile", operations: [] }, invalid("operations", /at least one/)],
    [
      "eleven operations",
      { integrationId: "tmobile", operations: Array(11).fill({ resource: "a", action: "read" }) },
      invalid("operations", /at most 10/),
    ],
    ["half a single form", { integrationId: "tmobile", resource: "a" }, invalid("action", /required/)],
    ["unknown action", { ...billRead, action: "steal" }, invalid("action", /read or write/)],
    ["unknown provider", { ...billRead, integrationId: "nobody" }, invalid("integrationId", /GET \/v1\/providers/)],
    ["unknown operation", { ...billRead, action: "write" }, invalid("resource", /has no mobileBillingStatement:write/)],
    ["bad argument", { ...billRead, arguments: { limit: 0 } }, invalid("arguments.limit", /positive integer/)],
    ["arguments not an object", { ...billRead, arguments: 7 }, invalid("arguments", /object/)],
    ["bad webhook URL", { ...billRead, webhookUrl: "nope" }, invalid("webhookUrl", /must be a valid URL/)],
    [
      "webhook URL of another scheme",
      { ...billRead, webhookUrl: "ftp://x.example" },
      invalid("webhookUrl", /valid URL/),
    ],
    [
      "webhook URL with a password",
      { ...billRead, webhookUrl: "https://a:b@x.example" },
      invalid("webhookUrl", /valid URL/),
    ],
    ["script as return URL", { ...billRead, returnUrl: "javascript:alert(1)" }, invalid("returnUrl", /https URL/)],
    ["expiry of 0", { ...billRead, expiresIn: 0 }, invalid("expiresIn", /positive integer/)],
    ["expiry of half a second", { ...billRead, expiresIn: 0.5 }, invalid("expiresIn", /positive integer/)],
    ["expiry of a month", { ...billRead, expiresIn: 2_592_000 }, invalid("expiresIn", /7 days/)],
    ["a string of 3,000", { ...billRead, externalUserId: "x".repeat(3000) }, invalid("externalUserId", /at most 2048/)],
    [
      "a body of 70 kB",
      JSON.stringify({ ...billRead, x: "x".repeat(70_000) }),
      { status: 413, code: "payload_too_large" },
    ],
  ];

  test.each(bodies)("%s", async (_name, body, expected) => {
    const before = (await request<{ links: unknown[] }>(passage, "GET", "/v1/links?limit=100")).body.links.length;
    const answer = await request<Refusal>(passage, "POST", "/v1/links", body);
    expect(answer.status).toBe(expected.status);
    expect(answer.body).toMatchObject({
      error: expect.any(String),
      code: expected.code,
      requestId: expect.stringMatching(/^req_/),
    });
    if (expected.path !== undefined) {
      expect(answer.body.error).toBe("Validation failed");
      const issue = answer.body.issues?.find((one) => one.path === expected.path);
      expect(issue?.message).toMatch(expected.message as RegExp);
    }
    const page = await fetch(answer.body.docs);
    expect(page.status).toBe(200);
    expect((await request<{ links: unknown[] }>(passage, "GET", "/v1/links?limit=100")).body.links.length).toBe(before);
  });

  test.each([
    ["no key", null],
    ["not a key", "hello"],
    ["a key of another server", withChecksum("psg_test_KAHnZEFxYz99xqCALb12d3bNzu5cm7rzD0g3Mf")],
  ])("%s is 401", async (_name, key) => {
    const answer = await request<Refusal>(passage, "POST", "/v1/links", billRead, { key });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test.each(["limit=0", "limit=101", "limit=x", "cursor=%F0", "cursor=bGlua3M6", "status=odd"])(
    "list with %s",
    async (query) => {
      expect((await request<Refusal>(passage, "GET", `/v1/links?${query}`)).status).toBe(400);
    },
  );
});

test("an unknown id, a changed id and another tenant's id are 404, alike", async () => {
  const link = await createLink(passage);
  const other = await request<{ key: string }>(
    passage,
    "POST",
    "/operator/keys",
    { organization: "other" },
    operator(),
  );
  const changed = link.linkId.slice(0, -1) + (link.linkId.endsWith("0") ? "1" : "0");
  const unknown = await request(passage, "GET", "/v1/links/link_unknown");
  const forged = await request(passage, "GET", `/v1/links/${changed}`);
  const foreign = await request(passage, "GET", `/v1/links/${link.linkId}`, undefined, { key: other.body.key });
  for (const { status, body } of [unknown, forged, foreign])
    expect({ status, body }).toMatchObject({ status: 404, body: { error: "Link not found", code: "not_found" } });
});

test("[L2] of two claims at the same instant one wins, a hundred times", async () => {
  for (let round = 0; round < 100; round++) {
    const { claimCode } = await createLink(passage);
    const both = [1, 2].map(() => request(passage, "POST", "/link/claim", { code: claimCode }, { key: null }));
    expect((await Promise.all(both)).map((one) => one.status).sort()).toEqual([200, 409]);
  }
});

test("[L4] a claim without, with an unknown or with an expired code is refused", async () => {
  const claims = (body: unknown) => request<Refusal>(passage, "POST", "/link/claim", body, { key: null });
  expect(await claims({})).toMatchObject({ status: 400, body: { issues: [{ path: "code" }] } });
  expect(await claims({ code: "" })).toMatchObject({ status: 400 });
  expect(await claims({ code: "clm_x" })).toMatchObject({ status: 404 });
  const short = await createLink(passage, { expiresIn: 1 });
  await expect.poll(() => getLink(passage, short.linkId), { timeout: 5_000 }).toMatchObject({ status: "expired" });
  expect(await claims({ code: short.claimCode })).toMatchObject({ status: 410, body: { code: "link_expired" } });
});

test("the sixteen operations are listed, with the schemas of what they take and give", async () => {
  const { status, body } = await request<ProviderList>(passage, "GET", "/v1/providers");
  expect(status).toBe(200);
  const listed = body.providers.flatMap(({ id, resources }) =>
    resources.flatMap(({ name, operations }) => Object.keys(operations).map((action) => `${id} ${name}:${action}`)),
  );
  const ofCarriers = ["paymentMethod:read", "paymentMethod:write", "mobileBillingStatement:read", "account:read"];
  expect(listed).toEqual([
    ...["tmobile", "att", "verizon"].flatMap((id) => ofCarriers.map((operation) => `${id} ${operation}`)),
    "ubereats orderHistory:read",
    "ubereats account:read",
    "apple-review readHistory:read",
    "apple-review account:read",
  ]);
  const [, billing] = body.providers[0]?.resources ?? [];
  expect(billing).toMatchObject({
    name: "mobileBillingStatement",
    operations: {
      read: {
        arguments: { type: "object", properties: { limit: { type: "integer" } } },
        result: { properties: { billing: { items: { required: ["periodStart", "amountDue", "currency"] } } } },
        evidence: "documented",
      },
    },
  });
});

test("the status socket tells the status at once and each change, and unknown codes are 404", async () => {
  const link = await createLink(passage);
  const socketUrl = `${passage.url.replace("http", "ws")}/link/ws?code=`;
  const socket = new WebSocket(socketUrl + link.claimCode);
  const seen: { status: string; step?: string }[] = [];
  socket.on("message", (data) => seen.push(JSON.parse(String(data))));
  await expect.poll(() => seen).toMatchObject([{ type: "link.status", linkId: link.linkId, status: "pending" }]);
  await claim(passage, link.claimCode);
  await expect.poll(() => seen.at(-1)).toMatchObject({ status: "active", step: "waiting_for_device" });
  socket.close();
  expect((await request(passage, "GET", "/link/ws?code=clm_x", undefined, { key: null })).status).toBe(426);
  const unknown = new WebSocket(`${socketUrl}clm_x`);
  const [, response] = await once(unknown, "unexpected-response");
  expect(response.statusCode).toBe(404);
});

function operator() {
  return { key: readFileSync(join(passage.data, "operator-token"), "utf8").trim() };
}
