import { inspect } from "node:util";
import { afterEach, expect, test } from "vitest";
import { type CreateLinkRequest, type CreateLinkShorthand, Passage, PassageError } from "../index.ts";
import { type Answer, type Recorded, startServer } from "../testing/server.ts";

const apiKey = "psg_test_do_not_leak";
let server: Awaited<ReturnType<typeof startServer>> | undefined;

afterEach(() => server?.stop());

async function connect(answer: (request: Recorded) => Answer | "hang up", path = "") {
  server = await startServer(answer);
  return { passage: new Passage({ apiKey, baseUrl: server.url + path, maxRetries: 0 }), requests: server.requests };
}

const created = {
  linkId: "link_1",
  claimCode: "clm_1",
  integrationId: "tmobile",
  operations: [{ resource: "paymentMethod", action: "read" }],
  resource: "paymentMethod",
  action: "read",
  status: "pending",
  appClipUrl: "http://localhost:8787/claim?code=clm_1",
  returnUrl: null,
  expiresAt: 1_767_240_000_000,
  createdAt: 1_767_225_600_000,
};

const failure = (call: Promise<unknown>): Promise<PassageError> =>
  call.then(
    () => expect.unreachable("the call succeeded"),
    (error) => {
      expect(error).toBeInstanceOf(PassageError);
      return error;
    },
  );

test("create sends the documented body as it is, with the key", async () => {
  const { passage, requests } = await connect(() => ({ status: 201, body: created }));
  const body: CreateLinkRequest = {
    integrationId: "tmobile",
    operations: [
      { resource: "paymentMethod", action: "read" },
      { resource: "mobileBillingStatement", action: "read", arguments: { limit: 3 } },
    ],
    webhookUrl: "https://app.example/webhooks",
    returnUrl: "myapp://done",
    externalUserId: "user 7",
    debug: true,
    expiresIn: 600,
  };
  const link = await passage.links.create(body);
  expect(link).toEqual(created);
  expect(link.appClipUrl).toContain(link.claimCode);
  const [request] = requests;
  expect(request).toMatchObject({ method: "POST", url: "/v1/links" });
  expect(request?.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
  expect(JSON.parse(request?.body ?? "")).toEqual(body);
});

test("create sends the single form as it is", async () => {
  const { passage, requests } = await connect(() => ({ status: 201, body: created }));
  await passage.links.create({ integrationId: "ubereats", resource: "orderHistory", action: "read" });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    integrationId: "ubereats",
    resource: "orderHistory",
    action: "read",
  });
});

test("create spells the shorthand out", async () => {
  const { passage, requests } = await connect(() => ({ status: 201, body: created }));
  await passage.links.create({
    provider: "tmobile",
    operations: [{ type: "mobileBillingStatement:read", arguments: { limit: 3 } }, { type: "paymentMethod:read" }],
    webhookUrl: "https://app.example/webhooks",
  });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    integrationId: "tmobile",
    operations: [
      { resource: "mobileBillingStatement", action: "read", arguments: { limit: 3 } },
      { resource: "paymentMethod", action: "read" },
    ],
    webhookUrl: "https://app.example/webhooks",
  });
});

test.each([
  [{ provider: "tmobile", operations: [{ type: "mobileBillingStatement" }] }, "operations.0.type"],
  [{ provider: "tmobile", operations: [{ type: "a:read" }, { type: "a:delete" }] }, "operations.1.type"],
  [{ provider: "tmobile", operations: [{ type: ":read" }] }, "operations.0.type"],
  [{ provider: "tmobile", operations: [{ resource: "a", action: "read" }] }, "operations.0.type"],
  [{ provider: "tmobile" }, "operations"],
  [{ provider: "tmobile", integrationId: "att", operations: [{ type: "a:read" }] }, "provider"],
])("create refuses %j before it sends anything", async (body, path) => {
  const { passage, requests } = await connect(() => ({ body: created }));
  const error = await failure(passage.links.create(body as unknown as CreateLinkShorthand));
  expect(error).toMatchObject({ code: "validation_failed", issues: [{ path }] });
  expect(requests).toEqual([]);
});

test("get and list ask for what was asked", async () => {
  const { passage, requests } = await connect(() => ({ body: { links: [], nextCursor: null } }));
  await passage.links.get("link_a-B_9");
  await passage.links.list();
  expect(await passage.links.list({ limit: 5, cursor: "a b&c", status: "failed" })).toEqual({
    links: [],
    nextCursor: null,
  });
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /v1/links/link_a-B_9",
    "GET /v1/links",
    "GET /v1/links?limit=5&cursor=a+b%26c&status=failed",
  ]);
});

test.each(["", "..", "a/b", "a?b", "a b"])("get(%j) never becomes another path", async (id) => {
  const { passage, requests } = await connect(() => ({ body: created }));
  expect(await failure(passage.links.get(id))).toMatchObject({ code: "validation_failed" });
  expect(requests).toEqual([]);
});

test("baseUrl may end in slashes and carry a path", async () => {
  const { passage, requests } = await connect(() => ({ body: created }), "/passage//");
  await passage.links.get("link_1");
  expect(requests[0]?.url).toBe("/passage/v1/links/link_1");
});

test("the base is http://localhost:8787 by default, and fetch can be replaced", async () => {
  const urls: string[] = [];
  const passage = new Passage({
    apiKey,
    fetch: async (url) => {
      urls.push(url);
      return Response.json(created);
    },
  });
  await passage.links.get("link_1");
  expect(urls).toEqual(["http://localhost:8787/v1/links/link_1"]);
});

test("a refused body keeps its issues, request id and docs", async () => {
  const issues = [{ path: "webhookUrl", message: "must be a valid URL" }];
  const { passage } = await connect(() => ({
    status: 400,
    body: { error: "Validation failed", issues, code: "validation_failed", requestId: "req_1", docs: "https://d/e" },
  }));
  const error = await failure(passage.links.create({ integrationId: "tmobile", resource: "x", action: "read" }));
  expect(error).toMatchObject({
    code: "validation_failed",
    status: 400,
    issues,
    requestId: "req_1",
    docs: "https://d/e",
  });
  expect(error.message).toBe("Validation failed: webhookUrl must be a valid URL");
});

test.each([
  [401, { error: "No", code: "unauthorized", requestId: "req_1", docs: "d" }, "unauthorized"],
  [404, { error: "Link not found", code: "not_found", requestId: "req_1", docs: "d" }, "not_found"],
  [500, { error: "Oops", code: "internal", requestId: "req_1", docs: "d" }, "internal"],
  [429, { error: "Slow down", code: "code_of_the_future", requestId: "req_1", docs: "d" }, "unexpected_response"],
  [502, "<html>Bad gateway</html>", "unexpected_response"],
  [204, "", "unexpected_response"],
  [200, "null", "unexpected_response"],
])("status %i with %j is an error with a code", async (status, body, code) => {
  const { passage } = await connect(() => ({ status, body }));
  expect(await failure(passage.links.get("link_1"))).toMatchObject({ code, status });
});

test("a redirect is not followed", async () => {
  const { passage, requests } = await connect(() => ({ status: 307, headers: { location: "/elsewhere" } }));
  expect(await failure(passage.links.get("link_1"))).toMatchObject({ code: "unexpected_response", status: 307 });
  expect(requests).toHaveLength(1);
});

test("a server that hangs up, or is not there, is connection_failed with its cause", async () => {
  const { passage } = await connect(() => "hang up");
  expect(await failure(passage.links.get("link_1"))).toMatchObject({ code: "connection_failed", status: undefined });
  await server?.stop();
  const error = await failure(passage.links.get("link_1"));
  expect(error.code).toBe("connection_failed");
  expect(error.cause).toBeInstanceOf(Error);
});

test.each([undefined, "", "psg_test a", "psg_test\n", "psg_tést"])("the key %j is refused, unquoted", (bad) => {
  try {
    new Passage({ apiKey: bad });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_argument" });
    if (bad) expect(inspect(error)).not.toContain(bad);
  }
});

test.each(["localhost:8787", "ftp://a", "nonsense", "https://u:p@a", "https://a?b"])(
  "baseUrl %j is refused",
  (baseUrl) => {
    expect(() => new Passage({ apiKey, baseUrl })).toThrow(expect.objectContaining({ code: "invalid_argument" }));
  },
);

test("the key shows up in no inspection, no JSON and no error", async () => {
  const { passage } = await connect(() => "hang up");
  const error = await failure(passage.links.get("link_1"));
  const shown = [passage, passage.links, error].flatMap((value) => [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(value),
  ]);
  expect(shown.join()).not.toContain(apiKey);
});
