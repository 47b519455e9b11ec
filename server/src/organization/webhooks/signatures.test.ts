import { spawnSync } from "node:child_process";
import type { WebhookKey } from "@passage/protocol/http/webhook-key";
import type { CreatedEndpoint, RotatedSecret, SigningKeyList, TestedEndpoint } from "@passage/protocol/webhooks";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { request } from "../../../../test/harness/api.ts";
import { endedLink } from "../../../../test/harness/completed-link.ts";
import { type Delivered, startReceiver } from "../../../../test/harness/receiver.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";

const passage = usePassage();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let endpoint: CreatedEndpoint;
beforeAll(async () => {
  receiver = await startReceiver();
  endpoint = (await post<CreatedEndpoint>("/v1/webhook_endpoints", { url: receiver.url })).body;
});
afterAll(() => receiver.stop());

const post = <T>(path: string, body?: object) => request<T>(passage, "POST", path, body);
const header = ({ headers }: Delivered, name: string) => String(headers[name]);
const standard = (delivered: Delivered) => delivered.headers as Record<string, string>;

/** A test event, as the endpoint received it. */
async function delivery(): Promise<Delivered> {
  const before = receiver.deliveries.length;
  await post<TestedEndpoint>(`/v1/webhook_endpoints/${endpoint.id}/test`);
  return (await receiver.count(before + 1))[before] as Delivered;
}

async function signingKeys(): Promise<SigningKeyList> {
  return (await request<SigningKeyList>(passage, "GET", "/v1/webhook_keys")).body;
}

test("jose verifies the JWT against the organization's JWKS, with audience and event id", async () => {
  const sent = await delivery();
  const { organization, jwksUrl, keys } = await signingKeys();
  const { payload, protectedHeader } = await jwtVerify(
    header(sent, "x-passage-signature"),
    createRemoteJWKSet(new URL(jwksUrl)),
    { audience: organization, algorithms: ["ES256"] },
  );
  expect(organization).toMatch(/^org_/);
  expect(payload).toMatchObject({ aud: organization, jti: JSON.parse(sent.body).id, iat: expect.any(Number) });
  expect(protectedHeader).toEqual({ alg: "ES256", typ: "JWT", kid: keys[0]?.keyId });
});

test("jsonwebtoken verifies it with the key from the documented route", async () => {
  const token = header(await delivery(), "x-passage-signature");
  const key_id = decodeProtectedHeader(token).kid;
  const { body } = await request<WebhookKey>(
    passage,
    "POST",
    "/webhook_verification_key/get",
    { key_id },
    { key: null },
  );
  const { organization } = await signingKeys();
  expect(jsonwebtoken.verify(token, body.key, { algorithms: ["ES256"], audience: organization })).toBeTruthy();
  expect(() => jsonwebtoken.verify(token, body.key, { algorithms: ["ES256"], audience: "org_other" })).toThrow(
    "audience",
  );
});

test("standardwebhooks verifies the standard headers, and refuses another body", async () => {
  const sent = await delivery();
  const webhook = new Webhook(endpoint.secret);
  expect(webhook.verify(sent.body, standard(sent))).toMatchObject({ event: "webhook_endpoint.test" });
  expect(header(sent, "webhook-id")).toBe(JSON.parse(sent.body).id);
  expect(() => webhook.verify(`${sent.body} `, standard(sent))).toThrow("No matching signature found");
});

const python = `
import base64, hashlib, hmac, json, sys
sent = json.load(sys.stdin)
key = base64.b64decode(sent["secret"].removeprefix("whsec_"))
content = f'{sent["id"]}.{sent["timestamp"]}.{sent["body"]}'.encode()
expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
print(any(hmac.compare_digest(expected, one) for one in sent["signature"].split(" ")))
payload = sent["jwt"].split(".")[1]
claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
print(claims["request_body_sha256"] == hashlib.sha256(sent["body"].encode()).hexdigest())
`;
const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)("Python's standard library checks the HMAC and the body's hash", async () => {
  const sent = await delivery();
  const said = spawnSync("python3", ["-c", python], {
    encoding: "utf8",
    input: JSON.stringify({
      secret: endpoint.secret,
      id: header(sent, "webhook-id"),
      timestamp: header(sent, "webhook-timestamp"),
      signature: header(sent, "webhook-signature"),
      jwt: header(sent, "x-passage-signature"),
      body: sent.body,
    }),
  });
  expect(said).toMatchObject({ stdout: "True\nTrue\n", stderr: "" });
});

test("a rotated secret signs beside the old one while they overlap, and alone when they do not", async () => {
  const path = `/v1/webhook_endpoints/${endpoint.id}/rotate_secret`;
  const first = (await post<RotatedSecret>(path, { overlapSeconds: 600 })).body;
  expect(first).toEqual({ secret: expect.stringMatching(/^whsec_/), previousUntil: expect.any(Number) });
  const both = await delivery();
  expect(header(both, "webhook-signature").split(" ")).toHaveLength(2);
  for (const secret of [endpoint.secret, first.secret])
    expect(new Webhook(secret).verify(both.body, standard(both))).toBeTruthy();
  const second = (await post<RotatedSecret>(path, { overlapSeconds: 0 })).body;
  expect(second.previousUntil).toBe(null);
  const alone = await delivery();
  expect(new Webhook(second.secret).verify(alone.body, standard(alone))).toBeTruthy();
  for (const secret of [endpoint.secret, first.secret])
    expect(() => new Webhook(secret).verify(alone.body, standard(alone))).toThrow("No matching");
});

test("a rotated key signs at once; the old one is published until the overlap is over", async () => {
  const before = await signingKeys();
  const old = before.keys[0]?.keyId;
  const rotated = (await post<SigningKeyList>("/v1/webhook_keys/rotate", { overlapSeconds: 600 })).body;
  expect(rotated.keys).toEqual([
    { keyId: expect.any(String), createdAt: expect.any(Number), retiresAt: null },
    { ...before.keys[0], retiresAt: expect.any(Number) },
  ]);
  const token = header(await delivery(), "x-passage-signature");
  expect(decodeProtectedHeader(token).kid).toBe(rotated.keys[0]?.keyId);
  const published = await request<{ keys: { kid: string; d?: string }[] }>(
    { url: "", testKey: null },
    "GET",
    rotated.jwksUrl,
  );
  expect(published.body.keys.map(({ kid }) => kid)).toEqual([rotated.keys[0]?.keyId, old]);
  expect(published.body.keys.every(({ d }) => d === undefined)).toBe(true);
  const last = (await post<SigningKeyList>("/v1/webhook_keys/rotate", { overlapSeconds: 0 })).body;
  expect(last.keys.map(({ keyId }) => keyId)).not.toContain(rotated.keys[0]?.keyId);
  const withdrawn = { key_id: rotated.keys[0]?.keyId };
  expect((await post("/webhook_verification_key/get", withdrawn)).status).toBe(404);
});

test("a link's own webhook has the standard headers; its HMAC is by the organization's secret, once there is one", async () => {
  const own = await startReceiver();
  await endedLink(passage, { webhookUrl: own.url });
  const [unsigned] = await own.count(1);
  expect(unsigned?.headers).toMatchObject({ "webhook-id": JSON.parse(unsigned?.body ?? "").id });
  expect(unsigned?.headers["webhook-signature"]).toBe(undefined);
  const { secret } = (await post<RotatedSecret>("/v1/webhook_secret/rotate")).body;
  await endedLink(passage, { webhookUrl: own.url });
  const signed = (await own.count(2))[1] as Delivered;
  expect(new Webhook(secret).verify(signed.body, standard(signed))).toMatchObject({ event: "link.complete" });
  await own.stop();
});

test("the JWKS address names one organization, by a sealed id", async () => {
  for (const query of ["", "?organization=org_x", "?organization=default"])
    expect((await request(passage, "GET", `/.well-known/jwks.json${query}`)).status).toBe(400);
});
