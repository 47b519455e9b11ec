import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PassageError, verifyWebhook } from "../index.ts";
import { type Answer, startServer } from "../testing/server.ts";
import { type Sender, startSender } from "../testing/signing.ts";

let sender: Sender;

beforeEach(async () => {
  sender = await startSender();
});
afterEach(async () => {
  vi.useRealTimers();
  await sender.stop();
});

const requests = () => sender.keyServer.requests;

test("a key is asked for once, with the documented body, by any number at a time", async () => {
  const webhooks = await Promise.all(Array.from({ length: 20 }, () => sender.webhook()));
  await Promise.all(webhooks.map((webhook) => verifyWebhook(webhook, sender.options)));
  expect(requests()).toMatchObject([
    { method: "POST", url: "/webhook_verification_key/get", body: '{"key_id":"wsk_1"}' },
  ]);
});

test("a key is asked for again after an hour, or when its server could not answer", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const verify = async () => verifyWebhook(await sender.webhook(), sender.options);
  await verify();
  vi.setSystemTime(Date.now() + 3_599_000);
  await verify();
  expect(requests()).toHaveLength(1);
  vi.setSystemTime(Date.now() + 1_000);
  await verify();
  expect(requests()).toHaveLength(2);
});

test("a failure is not kept", async () => {
  let up = false;
  const send = (url: string, init: RequestInit) => (up ? fetch(url, init) : Promise.reject(new Error("down")));
  const verify = async () => verifyWebhook(await sender.webhook(), { ...sender.options, fetch: send });
  await expect(verify()).rejects.toMatchObject({ code: "connection_failed", cause: { message: "down" } });
  up = true;
  expect(await verify()).toMatchObject({ id: "evt_1" });
});

test("a key that the server does not know is unknown_key, each time", async () => {
  for (const _ of [1, 2]) {
    const webhook = await sender.webhook({ header: { kid: "wsk_2" } });
    await expect(verifyWebhook(webhook, sender.options)).rejects.toMatchObject({ code: "unknown_key", status: 404 });
  }
  expect(requests()).toHaveLength(2);
});

test("many names do not push memory up: the oldest is asked for again", async () => {
  const fetch = async (_: string, init: RequestInit) => {
    asked++;
    const { key_id } = JSON.parse(String(init.body));
    const known = await globalThis.fetch(sender.options.publicKeyUrl, { method: "POST", body: '{"key_id":"wsk_1"}' });
    return Response.json({ ...((await known.json()) as object), key_id });
  };
  let asked = 0;
  const options = { publicKeyUrl: "https://many.example/key", fetch };
  const verify = async (kid: string) => verifyWebhook(await sender.webhook({ header: { kid } }), options);
  for (let n = 0; n <= 64; n++) await verify(`k${n}`);
  await verify("k64");
  expect(asked).toBe(65);
  await verify("k0");
  expect(asked).toBe(66);
});

test.each<[string, Answer, string]>([
  ["another key's name", { body: { key_id: "wsk_9", key: "" } }, "unknown_key"],
  ["no PEM", { body: { key_id: "wsk_1", key: "AAAA" } }, "unexpected_response"],
  ["an RSA-like PEM", { body: { key_id: "wsk_1", key: pem("AAAA") } }, "unexpected_response"],
  ["an error page", { status: 503, body: "<html>" }, "unexpected_response"],
  ["a redirect", { status: 302, headers: { location: "https://evil.example" } }, "unexpected_response"],
])("a key server that answers %s is not believed", async (_, answer, code) => {
  const server = await startServer(() => answer);
  const error = await verifyWebhook(await sender.webhook(), { publicKeyUrl: `${server.url}/key` }).catch((e) => e);
  expect(error).toBeInstanceOf(PassageError);
  expect(error.code).toBe(code);
  await server.stop();
});

test.each([
  "http://passage.example/key",
  "http://10.0.0.1/key",
  "http://localhost.example/key",
  "http://127.0.0.1.example/key",
  "data:application/json,{}",
  "/webhook_verification_key/get",
  "",
])("the key address %j is refused", async (publicKeyUrl) => {
  const fetch = () => expect.unreachable("it was asked");
  await expect(verifyWebhook(await sender.webhook(), { publicKeyUrl, fetch })).rejects.toMatchObject({
    code: "invalid_argument",
  });
});

test.each(["https://passage.example/key", "http://localhost:1/key", "http://api.localhost/key", "http://[::1]:9/key"])(
  "the key address %j is asked",
  async (publicKeyUrl) => {
    const fetch = (url: string, init: RequestInit) =>
      globalThis.fetch(sender.options.publicKeyUrl, { ...init, ...(url && {}) });
    expect(await verifyWebhook(await sender.webhook(), { publicKeyUrl, fetch })).toMatchObject({ id: "evt_1" });
  },
);

function pem(base64: string): string {
  return `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----`;
}
