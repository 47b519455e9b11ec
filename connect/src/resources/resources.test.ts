import { expect, test } from "vitest";
import { endedLink, playLink } from "../../../test/harness/completed-link.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { Passage, type PassageErrorCode, verifyWebhook } from "../index.ts";
import { passageOf } from "../testing/session.ts";

const running = usePassage();
const refusal = (call: PromiseLike<unknown>, code: PassageErrorCode) =>
  expect(Promise.resolve(call)).rejects.toMatchObject({ code });
const bills = { provider: "tmobile", operations: [{ type: "mobileBillingStatement:read" }] } as const;

test("the sample that the product has always shown runs as written", async () => {
  const receiver = await startReceiver();
  const passage = passageOf(running);
  const link = await passage.links.create({
    provider: "tmobile",
    operations: [{ type: "mobileBillingStatement:read" }],
    webhookUrl: receiver.url,
  });
  expect(link.appClipUrl).toContain(link.claimCode);
  const ended = passage.links.waitFor(link.linkId, { timeout: 20_000 });
  await playLink(running, link);
  const [delivery] = await receiver.count(1);
  const { headers, body } = delivery as { headers: Record<string, string>; body: string };
  const request = new Request(receiver.url, { method: "POST", headers, body });
  const event = await verifyWebhook(request, { publicKeyUrl: `${running.url}/webhook_verification_key/get` });
  if (event.event !== "link.complete") expect.unreachable();
  expect(event.results?.["mobileBillingStatement:read"]).toEqual(event.result);
  expect(event.result).toMatchObject({ billing: [{ currency: "USD" }, {}] });
  expect(await ended).toMatchObject({ status: "complete", result: event.result });
  await receiver.stop();
});

test("a webhook is verified by the JWK set and by the secret, and refused by others", async () => {
  const receiver = await startReceiver();
  const passage = passageOf(running);
  const { secret } = await passage.webhookKeys.rotateLinkSecret();
  const { jwksUrl, organization } = await passage.webhookKeys.list();
  await endedLink(running, { webhookUrl: receiver.url });
  const [received] = await receiver.count(1);
  const webhook = { headers: received?.headers ?? {}, body: received?.body ?? "" };
  for (const options of [{ jwksUrl, organization }, { secret }, { secret: [`whsec_${"A".repeat(44)}`, secret] }])
    expect(await verifyWebhook(webhook, options)).toMatchObject({ event: "link.complete" });

  const changed = { ...webhook, body: webhook.body.replace("complete", "completE") };
  await refusal(verifyWebhook(changed, { jwksUrl }), "body_mismatch");
  await refusal(verifyWebhook(changed, { secret }), "invalid_signature");
  await refusal(verifyWebhook(webhook, { secret: `whsec_${"A".repeat(44)}` }), "invalid_signature");
  await refusal(verifyWebhook(webhook, { jwksUrl, organization: "org_other" }), "invalid_signature");
  await refusal(verifyWebhook(webhook, { secret: "not a secret" }), "invalid_argument");
  await refusal(verifyWebhook(webhook, { secret: [] }), "invalid_argument");
  await refusal(verifyWebhook(webhook, { jwksUrl: "http://passage.example/jwks" }), "invalid_argument");
  const late = { ...webhook, headers: { ...webhook.headers, "webhook-timestamp": "1700000000" } };
  await refusal(verifyWebhook(late, { secret }), "invalid_signature");
  const without = { ...webhook, headers: { ...webhook.headers, "webhook-signature": undefined } };
  await refusal(verifyWebhook(without, { secret }), "invalid_signature");
  await receiver.stop();
});

test("an Idempotency-Key makes a link once; with another body it is refused", async () => {
  const passage = passageOf(running);
  const key = { idempotencyKey: "order-7" };
  const first = await passage.links.create({ ...bills, externalUserId: "one" }, key);
  expect(await passage.links.create({ ...bills, externalUserId: "one" }, key)).toEqual(first);
  await refusal(passage.links.create({ ...bills, externalUserId: "two" }, key), "idempotency_conflict");
});

test("for await goes over every link of a filter, more than a page of them", async () => {
  const passage = passageOf(running);
  const made: string[] = [];
  for (let at = 0; at < 5; at++) made.push((await passage.links.create({ ...bills, externalUserId: "walker" })).linkId);
  const seen: string[] = [];
  for await (const link of passage.links.list({ externalUserId: "walker", limit: 2 })) seen.push(link.id);
  expect(seen).toEqual(made.toReversed());
});

test("links are cancelled, looked back at and deleted", async () => {
  const passage = passageOf(running);
  const { linkId } = await passage.links.create(bills);
  expect(await passage.links.cancel(linkId)).toMatchObject({ status: "expired", cancelledAt: expect.any(Number) });
  const done = await endedLink(running);
  const { attempts } = await passage.links.attempts(done.linkId);
  expect(attempts).toMatchObject([{ status: "complete", error: null }]);
  const session = await passage.sessions.get(attempts[0]?.sessionId ?? "");
  expect(session).toMatchObject({ linkId: done.linkId, phase: "complete" });
  const { trace } = await passage.sessions.trace(session.id);
  expect(trace.length).toBeGreaterThan(3);
  await refusal(passage.links.cancel(done.linkId), "link_already_used");
  await passage.links.delete(done.linkId);
  await refusal(passage.links.get(done.linkId), "not_found");
});

test("keys are made with scopes, held to them, rotated and revoked", async () => {
  const passage = passageOf(running);
  const made = await passage.keys.create({ name: "reader", scopes: ["links:read"] });
  const reader = new Passage({ apiKey: made.key, baseUrl: running.url });
  await reader.links.list();
  await refusal(reader.links.create(bills), "insufficient_scope");
  const next = await passage.keys.rotate(made.id, { overlap: 0 });
  await refusal(reader.links.list(), "unauthorized");
  await new Passage({ apiKey: next.key, baseUrl: running.url }).links.list();
  expect(await passage.keys.revoke(next.id)).toMatchObject({ revokedAt: expect.any(Number) });
  const known = [];
  for await (const key of passage.keys.list({ limit: 1 })) known.push(key.id);
  expect(known).toEqual(expect.arrayContaining([made.id, next.id]));
  const { entries } = await passage.keys.auditLog();
  expect(entries.map(({ action }) => action)).toContain("key.revoked");
});

test("webhook endpoints are made, changed, tested and deleted", async () => {
  const receiver = await startReceiver();
  const passage = passageOf(running);
  const endpoint = await passage.webhookEndpoints.create({ url: receiver.url, eventTypes: ["link.expired"] });
  const { eventId } = await passage.webhookEndpoints.test(endpoint.id);
  const [delivery] = await receiver.count(1);
  const webhook = { headers: delivery?.headers ?? {}, body: delivery?.body ?? "" };
  expect(await verifyWebhook(webhook, { secret: endpoint.secret })).toMatchObject({ id: eventId });
  expect((await passage.events.redeliver(eventId)).deliveries).toBe(1);
  await receiver.count(2);
  expect(await passage.webhookEndpoints.update(endpoint.id, { disabled: true })).toMatchObject({ disabled: true });
  await passage.webhookEndpoints.delete(endpoint.id);
  await refusal(passage.webhookEndpoints.get(endpoint.id), "not_found");
  await receiver.stop();
});
