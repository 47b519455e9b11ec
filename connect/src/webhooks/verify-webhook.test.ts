import { once } from "node:events";
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type PassageErrorCode, type ReceivedWebhook, verifyWebhook } from "../index.ts";
import { completeBody, nowSeconds, type Sender, sha256, startSender, webhookRequest } from "../testing/signing.ts";

let sender: Sender;

beforeAll(async () => {
  sender = await startSender();
});
afterAll(() => sender.stop());
afterEach(() => {
  vi.useRealTimers();
});

const refused = (request: Request | ReceivedWebhook, code: PassageErrorCode, options = {}) =>
  expect(verifyWebhook(request, { ...sender.options, ...options })).rejects.toMatchObject({ code });

test("a webhook signed by jose is read as a typed event", async () => {
  const event = await verifyWebhook(await sender.webhook(), sender.options);
  expect(event).toEqual({
    ...JSON.parse(completeBody),
    results: { "orderHistory:read": { orderCount: 2, orders: [] } },
  });
});

test("a webhook signed by jsonwebtoken is accepted", async () => {
  const pem = await crypto.subtle.exportKey("pkcs8", sender.privateKey);
  const key = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pem).toString("base64")}\n-----END PRIVATE KEY-----`;
  const claims = { request_body_sha256: sha256(completeBody) };
  const token = jsonwebtoken.sign(claims, key, { algorithm: "ES256", keyid: "wsk_1" });
  expect(await verifyWebhook(webhookRequest(token), sender.options)).toMatchObject({ event: "link.complete" });
});

test("link.failed narrows to its error", async () => {
  const error = { code: "CLIENT_TIMEOUT", message: "Away", details: { operation: "paymentMethod:read" } };
  const body = JSON.stringify({
    event: "link.failed",
    id: "evt_2",
    linkId: "link_1",
    status: "failed",
    error,
    timestamp: 1,
  });
  const event = await verifyWebhook(await sender.webhook({ body }), sender.options);
  if (event.event !== "link.failed") expect.unreachable();
  expect(event).toMatchObject({ status: "failed", result: null, error, results: undefined });
});

const results = (operations: unknown) => {
  const body = JSON.stringify({ ...JSON.parse(completeBody), operations: [], result: { operations } });
  return sender
    .webhook({ body })
    .then((request) => verifyWebhook(request, sender.options).then(({ results }) => results));
};

test("several operations are also keyed by resource:action", async () => {
  const [one, two] = [
    { resource: "paymentMethod", action: "read", data: { paymentMethods: [] } },
    { resource: "__proto__", action: "read", data: 7 },
  ];
  expect(await results([one, two])).toEqual(
    Object.fromEntries([
      ["paymentMethod:read", { paymentMethods: [] }],
      ["__proto__:read", 7],
    ]),
  );
  expect(await results([one, one])).toBeUndefined();
  expect(await results([one, { resource: "x" }])).toBeUndefined();
  expect(await results([])).toBeUndefined();
  expect(await results("one operation's own field")).toBeUndefined();
});

test.each([
  ["text", completeBody],
  ["bytes", new TextEncoder().encode(completeBody)],
  ["a Buffer", Buffer.from(completeBody)],
])("a framework may pass headers and the body as %s", async (_, body) => {
  const token = await sender.sign();
  for (const headers of [
    { "x-passage-signature": token },
    { "X-PASSAGE-SIGNATURE": [token], host: undefined },
    new Headers({ "x-passage-signature": token }),
  ]) {
    expect(await verifyWebhook({ headers, body }, sender.options)).toMatchObject({ id: "evt_1" });
  }
});

/** 200 kB of a character of two bytes. */
const umlauts = JSON.stringify({ ...JSON.parse(completeBody), result: { note: "ü".repeat(100_000) } });

/** Posts to a real server in chunks of an odd length; resolves with what the route makes of its request. */
async function posted<T>(token: string, body: string, route: (request: IncomingMessage) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const server = createServer((request, response) => {
    route(request)
      .then(resolve, reject)
      .finally(() => response.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = send({ port, method: "POST", headers: { "x-passage-signature": token } }).on("error", () => {});
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += 16_383) outgoing.write(bytes.subarray(at, at + 16_383));
  outgoing.end();
  return promise.finally(() => server.close());
}

test("[N7] a request of node:http is read by itself, its bytes joined before they are decoded", async () => {
  const token = await sender.sign({ body: umlauts });
  const event = await posted(token, umlauts, (request) => verifyWebhook(request, sender.options));
  expect(event.result).toEqual({ note: "ü".repeat(100_000) });
});

test("[N7] a request of node:http that cannot be verified says why", async () => {
  const token = await sender.sign();
  const over = `${completeBody}${" ".repeat(1_048_577)}`;
  const verify = (request: IncomingMessage) => verifyWebhook(request, sender.options);
  await expect(posted(token, `${completeBody} `, verify)).rejects.toMatchObject({ code: "body_mismatch" });
  await expect(posted(token, over, verify)).rejects.toMatchObject({ code: "payload_too_large" });
  const readBefore = async (request: IncomingMessage) => {
    for await (const _ of request);
    return verify(request);
  };
  await expect(posted(token, completeBody, readBefore)).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining("read before"),
  });
  const decoded = (request: IncomingMessage) => verify(request.setEncoding("latin1"));
  await expect(posted(token, completeBody, decoded)).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining("setEncoding"),
  });
});

test.each([
  ["nothing", () => [], "takes the request first"],
  ["text", () => ["body", {}], "takes the request first"],
  ["a body alone", () => [{ body: completeBody }, { secret: "whsec_x" }], "has no headers"],
  ["a request alone", () => [webhookRequest("x")], "one of publicKeyUrl, jwksUrl and secret"],
  ["options of another name", () => [webhookRequest("x"), { publicKey: "x" }], "none of them is there"],
  ["an option without a value", () => [webhookRequest("x"), { secret: undefined }], "found: secret"],
  ["two sources", () => [webhookRequest("x"), { secret: "x", jwksUrl: "x" }], "found: jwksUrl, secret"],
])("[N16] verifyWebhook of %s says what is missing", async (_, args, words) => {
  const call = verifyWebhook as (...args: unknown[]) => Promise<unknown>;
  const error: unknown = await call(...args()).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "PassageError", code: "invalid_argument" });
  expect((error as Error).message).toContain(words);
});

test("[N16] headers without a body say what is missing", async () => {
  const request = { headers: { "x-passage-signature": await sender.sign() } } as unknown as ReceivedWebhook;
  await expect(verifyWebhook(request, sender.options)).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining("body is missing"),
  });
});

test("the signature header must be there, once", async () => {
  const token = await sender.sign();
  await refused({ headers: {}, body: completeBody }, "invalid_signature");
  await refused({ headers: new Headers(), body: completeBody }, "invalid_signature");
  await refused({ headers: { "x-passage-signature": [token, token] }, body: completeBody }, "invalid_signature");
  await refused(
    { headers: { "x-passage-signature": token, "X-Passage-Signature": token }, body: "" },
    "invalid_signature",
  );
  const twice = webhookRequest(token);
  twice.headers.append("X-Passage-Signature", token);
  await refused(twice, "invalid_signature");
});

test("another body than the signed one is body_mismatch", async () => {
  const token = await sender.sign();
  await refused(webhookRequest(token, `${completeBody} `), "body_mismatch");
  await refused(webhookRequest(token, ""), "body_mismatch");
  await refused({ headers: { "x-passage-signature": token }, body: new Uint8Array() }, "body_mismatch");
});

test("a body over 1 MiB is refused, one of 1 MiB is read", async () => {
  const filled = (length: number) => {
    const [head, tail] = completeBody.split('"orders"') as [string, string];
    return `${head}"fill":"${"x".repeat(length - completeBody.length - 10)}","orders"${tail}`;
  };
  const full = filled(1_048_576);
  expect(full).toHaveLength(1_048_576);
  expect(await verifyWebhook(await sender.webhook({ body: full }), sender.options)).toMatchObject({ id: "evt_1" });
  const over = filled(1_048_577);
  await refused(await sender.webhook({ body: over }), "payload_too_large");
  await refused(
    { headers: { "x-passage-signature": await sender.sign({ body: over }) }, body: over },
    "payload_too_large",
  );
});

test("a body that was read or parsed before is a mistake in the call", async () => {
  const request = await sender.webhook();
  await request.text();
  await refused(request, "invalid_argument");
  const parsed = { headers: { "x-passage-signature": await sender.sign() }, body: JSON.parse(completeBody) };
  await refused(parsed, "invalid_argument");
});

test("the signing time must be near, in both directions", async () => {
  const at = (offset: number) => sender.webhook({ claims: { iat: nowSeconds() + offset } });
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  for (const offset of [-300, 300]) {
    expect(await verifyWebhook(await at(offset), sender.options)).toMatchObject({ id: "evt_1" });
  }
  for (const offset of [-301, 301]) await refused(await at(offset), "timestamp_outside_tolerance");
  await refused(await at(-1), "timestamp_outside_tolerance", { toleranceSeconds: 0 });
  await refused(await at(0), "invalid_argument", { toleranceSeconds: Number.NaN });
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () => ({ iat: nowSeconds(), request_body_sha256: sha256(completeBody) });

test.each([
  ["alg none", async () => `${part({ alg: "none", typ: "JWT", kid: "wsk_1" })}.${part(claims())}.`],
  [
    "alg none, with a signature",
    async () => `${part({ alg: "none", typ: "JWT", kid: "wsk_1" })}.${part(claims())}.AAAA`,
  ],
  [
    "alg HS256 keyed with public text",
    () =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: "wsk_1" })
        .sign(new Uint8Array(32).fill(1)),
  ],
  ["no kid", () => sender.sign({ header: { kid: undefined } })],
  ["a kid that is no id", () => sender.sign({ header: { kid: "../x y" } })],
  ["another typ", () => sender.sign({ header: { typ: "at+jwt" } })],
  ["no iat", () => sender.sign({ claims: { iat: undefined } })],
  [
    "an iat that is text",
    async () => `${part({ alg: "ES256", typ: "JWT", kid: "k" })}.${part({ iat: "1" })}.${"A".repeat(86)}`,
  ],
  ["no body hash", () => sender.sign({ claims: { request_body_sha256: undefined } })],
  ["a short body hash", () => sender.sign({ claims: { request_body_sha256: "abc" } })],
  ["a claim set that is no object", async () => `${part({ alg: "ES256", typ: "JWT", kid: "k" })}.${part(7)}.AAAA`],
  ["two parts", async () => (await sender.sign()).split(".").slice(0, 2).join(".")],
  ["four parts", async () => `${await sender.sign()}.AAAA`],
  ["padding", async () => `${await sender.sign()}==`],
  ["a signature cut short", async () => (await sender.sign()).slice(0, -4)],
  ["a DER signature", async () => (await sender.sign()).replace(/[^.]+$/, "MEUCIQ")],
  ["text that is no token", async () => "hello"],
  ["a token of 5 kB", async () => `${await sender.sign()}${"A".repeat(5000)}`],
])("%s is invalid_signature", async (_, token) => {
  await refused(webhookRequest(await token()), "invalid_signature");
});

test("a token with critical extensions is refused", async () => {
  const [head, ...rest] = (await sender.sign()).split(".") as [string, string, string];
  const header = JSON.parse(Buffer.from(head, "base64url").toString());
  await refused(webhookRequest([part({ ...header, crit: ["x"], x: 1 }), ...rest].join(".")), "invalid_signature");
});

test("a token by another key under a known name is invalid_signature", async () => {
  const other = await startSender();
  await refused(await other.webhook(), "invalid_signature");
  await other.stop();
});

test.each([
  ["not JSON", "{"],
  ["not an object", "[]"],
  ["no known event", JSON.stringify({ ...JSON.parse(completeBody), event: "link.forgotten" })],
  ["no id", JSON.stringify({ ...JSON.parse(completeBody), id: undefined })],
  ["failed without an error", JSON.stringify({ ...JSON.parse(completeBody), event: "link.failed" })],
])("an authentic body that is %s is invalid_event", async (_, body) => {
  await refused(await sender.webhook({ body }), "invalid_event");
});
