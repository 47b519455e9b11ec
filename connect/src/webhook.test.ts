import { SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type PassageErrorCode, type ReceivedWebhook, verifyWebhook } from "./index.ts";
import { completeBody, nowSeconds, type Sender, sha256, startSender, webhookRequest } from "./testing/signing.ts";

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
