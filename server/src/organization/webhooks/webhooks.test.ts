import { createHash } from "node:crypto";
import jsonwebtoken from "jsonwebtoken";
import { expect, test } from "vitest";
import { claim, createLink, getLink, request } from "../../../../test/harness/api.ts";
import { declaredNameOf } from "../../../../test/harness/declared-script.ts";
import { type Delivered, startReceiver } from "../../../../test/harness/receiver.ts";
import { scriptedDevice } from "../../../../test/harness/scripted-device.ts";
import { expectedBilling, tmobileScript } from "../../../../test/harness/tmobile-script.ts";
import { usePassage } from "../../../../test/harness/use-passage.ts";
import { getEvent, listEvents } from "../../../../test/harness/webhooks.ts";

const passage = usePassage();

async function verify({ headers, body }: Delivered): Promise<Record<string, unknown>> {
  const token = String(headers["x-passage-signature"]);
  const header = JSON.parse(Buffer.from(token.split(".")[0] as string, "base64url").toString());
  expect(header).toEqual({ alg: "ES256", typ: "JWT", kid: expect.stringMatching(/^wsk_/) });
  const path = "/webhook_verification_key/get";
  const found = await request<{ key_id: string; key: string }>(
    passage,
    "POST",
    path,
    { key_id: header.kid },
    { key: null },
  );
  expect(found.body.key_id).toBe(header.kid);
  const claims = jsonwebtoken.verify(token, found.body.key, { algorithms: ["ES256"] }) as jsonwebtoken.JwtPayload;
  expect(claims.request_body_sha256).toBe(createHash("sha256").update(body).digest("hex"));
  expect(headers["x-passage-timestamp"]).toBe(String(claims.iat));
  const event = JSON.parse(body);
  expect(claims.jti).toBe(event.id);
  return event;
}

async function complete(link: { claimCode: string }): Promise<void> {
  const device = await scriptedDevice(await claim(passage, link.claimCode), tmobileScript);
  await device.message("server.session_end");
}

test("link.complete is delivered signed, and a stock JWT library verifies it", async () => {
  const receiver = await startReceiver();
  const link = await createLink(passage, { webhookUrl: receiver.url });
  await complete(link);
  const [delivery] = await receiver.count(1);
  expect(await verify(delivery as Delivered)).toEqual({
    event: "link.complete",
    id: expect.stringMatching(/^evt_/),
    linkId: link.linkId,
    status: "complete",
    operations: [{ resource: "mobileBillingStatement", action: "read" }],
    result: { billing: expectedBilling },
    error: null,
    timestamp: expect.any(Number),
  });
  await receiver.stop();
});

test("link.failed is delivered with the error's code", async () => {
  const receiver = await startReceiver();
  const link = await createLink(passage, { webhookUrl: receiver.url });
  const device = await scriptedDevice(await claim(passage, link.claimCode), (request) =>
    declaredNameOf(request) === "account"
      ? { error: { code: "navigation_failed", message: "refused" } }
      : tmobileScript(request),
  );
  await device.message("server.session_end");
  const [delivery] = await receiver.count(1);
  expect(await verify(delivery as Delivered)).toMatchObject({
    event: "link.failed",
    status: "failed",
    result: null,
    error: { code: "AUTOMATION_ERROR", details: { reason: "site_down", code: "navigation_failed" } },
  });
  await receiver.stop();
});

test("a receiver that fails twice gets the same event a third time, after 1 and 5 seconds", async () => {
  const receiver = await startReceiver((index) => [500, 302, 200][index] ?? 200);
  await complete(await createLink(passage, { webhookUrl: receiver.url }));
  const deliveries = await receiver.count(3);
  const ids = await Promise.all(deliveries.map(async (one) => (await verify(one)).id));
  expect(new Set(ids).size).toBe(1);
  const [first, second, third] = deliveries.map((one) => one.at) as [number, number, number];
  expect(second - first).toBeGreaterThanOrEqual(900);
  expect(third - second).toBeGreaterThanOrEqual(4_900);
  await passage.line('"webhook.delivered"');
  await receiver.stop();
});

test("after the documented three attempts it goes on, half a minute later", async () => {
  const receiver = await startReceiver(() => 503);
  const link = await createLink(passage, { webhookUrl: receiver.url });
  await complete(link);
  await receiver.count(3);
  await passage.line('"attempt":2,"status":503');
  expect(await getLink(passage, link.linkId)).toMatchObject({
    status: "complete",
    result: { billing: expectedBilling },
  });
  const [event] = await listEvents(passage, `linkId=${link.linkId}`);
  const delivery = (await getEvent(passage, event?.id ?? "")).deliveries[0];
  expect(delivery).toMatchObject({ state: "waiting", attempts: { length: 3 } });
  const wait = Number(delivery?.nextAttemptAt) - Number(receiver.deliveries[2]?.at);
  expect(wait).toBeGreaterThanOrEqual(30_000);
  expect(wait).toBeLessThan(37_000);
  await receiver.stop();
});

test("an unknown key id is 404", async () => {
  const ask = (key_id: unknown) => request(passage, "POST", "/webhook_verification_key/get", { key_id }, { key: null });
  expect((await ask("wsk_1705936800000")).status).toBe(404);
  expect((await ask(undefined)).status).toBe(400);
});
