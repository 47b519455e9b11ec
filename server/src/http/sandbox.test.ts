import type { Attempt, Link } from "@passage/protocol/http/link";
import { providers } from "@passage/providers/catalog";
import { expect, test } from "vitest";
import { claim, createLink, getLink, request } from "../../../test/harness/api.ts";
import { asOrganization, newKey } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { startReceiver } from "../../../test/harness/receiver.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";
import { getEvent, listEvents } from "../../../test/harness/webhooks.ts";

const passage = usePassage();
let organizations = 0;
const fresh = (): Promise<Running> => asOrganization(passage, `sandbox-${++organizations}`);

const complete = (owner: Running, id: string, body: object = {}, headers: Record<string, string> = {}) =>
  request<Link & { code: string; issues: { path: string; message: string }[] }>(
    owner,
    "POST",
    `/v1/sandbox/links/${id}/complete`,
    body,
    { headers },
  );

const billing = [{ periodStart: "01/05/2026", amountDue: 12.5, currency: "USD" }];

test("a link of each operation completes with its sample, without a device", async () => {
  for (const { id: integrationId, operations } of providers)
    for (const { resource, action, sample } of operations) {
      const card = { cardNumber: "4242424242424242", expirationDate: "12/30", cvv: "123" };
      const args = { ...card, nameOnCard: "A B", billingZip: "98101" };
      const fields = { integrationId, resource, action, ...(action === "write" && { arguments: args }) };
      const { linkId } = await createLink(passage, fields);
      const { status, body } = await complete(passage, linkId);
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { status: "complete", result: sample, error: null },
      });
      expect(await getLink(passage, linkId)).toEqual(body);
    }
});

test("it is an end like another: webhook, event, attempt, no second claim", async () => {
  const owner = await fresh();
  const receiver = await startReceiver();
  const link = await createLink(owner, { webhookUrl: receiver.url });
  const { body } = await complete(owner, link.linkId, { result: { billing } });
  const [delivered] = await receiver.count(1);
  await receiver.stop();
  expect(JSON.parse(delivered?.body ?? "")).toMatchObject({ event: "link.complete", linkId: link.linkId });
  expect(body).toMatchObject({
    status: "complete",
    result: { billing },
    currentSessionId: expect.stringMatching(/^sess_/),
  });
  const [event, ...more] = await listEvents(owner);
  expect(more).toEqual([]);
  expect((await getEvent(owner, event?.id ?? "")).data).toMatchObject({
    event: "link.complete",
    linkId: link.linkId,
    operations: [{ resource: "mobileBillingStatement", action: "read" }],
    result: { billing },
  });
  const { body: history } = await request<{ attempts: Attempt[] }>(owner, "GET", `/v1/links/${link.linkId}/attempts`);
  expect(history.attempts).toEqual([
    {
      sessionId: body.currentSessionId,
      status: "complete",
      result: null,
      error: null,
      ledger: null,
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
    },
  ]);
  const claimed = await request(owner, "POST", "/link/claim", { code: link.claimCode }, { key: null });
  expect(claimed).toMatchObject({ status: 409, body: { code: "link_already_used" } });
});

test("several operations result in each one's data, in the link's order", async () => {
  const read = { resource: "mobileBillingStatement", action: "read" };
  const wallet = { resource: "paymentMethod", action: "read" };
  const several = () => createLink(passage, { integrationId: "tmobile", operations: [read, wallet] });
  const sampled = await complete(passage, (await several()).linkId);
  expect(sampled.body.result).toMatchObject({ operations: [read, wallet] });
  const result = {
    operations: [
      { ...read, data: { billing } },
      { ...wallet, data: { paymentMethods: [] } },
    ],
  };
  expect((await complete(passage, (await several()).linkId, { result })).body.result).toEqual(result);
  const swapped = { operations: result.operations.toReversed() };
  const { linkId } = await several();
  expect(await complete(passage, linkId, { result: swapped })).toMatchObject({
    status: 400,
    body: { code: "validation_failed" },
  });
  expect((await getLink(passage, linkId)).status).toBe("pending");
});

test.each([
  [{}, "AUTOMATION_ERROR", "user_gave_up"],
  [{ reason: "schema_drift" }, "RESULT_VALIDATION_ERROR", "schema_drift"],
  [{ code: "CLIENT_TIMEOUT" }, "CLIENT_TIMEOUT", "timeout"],
  [{ code: "AUTOMATION_ERROR", reason: "site_changed" }, "AUTOMATION_ERROR", "site_changed"],
  [{ code: "INTERNAL_ERROR" }, "INTERNAL_ERROR", undefined],
])("a failure %j is told as a run would tell it, and the link can be claimed again", async (fields, code, reason) => {
  const owner = await fresh();
  const link = await createLink(owner);
  const { status, body } = await complete(owner, link.linkId, { outcome: "failed", ...fields });
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "failed", result: null, error: { code, message: expect.any(String) } });
  expect(body.error?.details).toMatchObject({ operation: "mobileBillingStatement:read" });
  expect(body.error?.details?.reason).toBe(reason);
  expect(await getLink(owner, link.linkId)).toEqual(body);
  const [event] = await listEvents(owner);
  expect((await getEvent(owner, event?.id ?? "")).data).toMatchObject({ event: "link.failed", error: body.error });
  await claim(owner, link.claimCode);
});

test.each([
  [{ result: { billing: [{}] } }, "result.billing.0.periodStart"],
  [{ result: null }, "result"],
  [{ outcome: "expired" }, "outcome"],
  [{ code: "AUTOMATION_ERROR" }, "code"],
  [{ outcome: "failed", result: { billing } }, "result"],
  [{ outcome: "failed", code: "not_found" }, "code"],
  [{ outcome: "failed", reason: "bad_weather" }, "reason"],
  [{ outcome: "failed", code: "CLIENT_TIMEOUT", reason: "site_down" }, "reason"],
])("%j is refused by its field, and nothing has changed", async (body, path) => {
  const { linkId } = await createLink(passage);
  const refused = await complete(passage, linkId, body);
  expect(refused).toMatchObject({ status: 400, body: { code: "validation_failed" } });
  expect(refused.body.issues.map((issue) => issue.path)).toContain(path);
  expect((await getLink(passage, linkId)).status).toBe("pending");
});

test("only a pending link: not one under way, cancelled or ended; the same key again is the same answer", async () => {
  const owner = await fresh();
  const notPending = { status: 409, body: { code: "link_not_pending" } };
  const active = await createLink(owner);
  await claim(owner, active.claimCode);
  expect(await complete(owner, active.linkId)).toMatchObject(notPending);
  expect((await getLink(owner, active.linkId)).status).toBe("active");
  const cancelled = await createLink(owner);
  await request(owner, "POST", `/v1/links/${cancelled.linkId}/cancel`);
  expect(await complete(owner, cancelled.linkId)).toMatchObject(notPending);
  const ended = await createLink(owner);
  const once = { "idempotency-key": "end-it" };
  const first = await complete(owner, ended.linkId, {}, once);
  expect(await complete(owner, ended.linkId)).toMatchObject(notPending);
  const again = await complete(owner, ended.linkId, {}, once);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const types = (await listEvents(owner)).map(({ type }) => type);
  expect(types).toEqual(["link.complete", "link.cancelled"]);
});

test("of ten at one instant one ends the link", async () => {
  const owner = await fresh();
  const { linkId } = await createLink(owner);
  const answers = await Promise.all(Array.from({ length: 10 }, () => complete(owner, linkId)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)]);
  expect(await listEvents(owner)).toHaveLength(1);
});

test("a live link is refused, and a read-only key", async () => {
  const organization = `sandbox-${++organizations}`;
  const live = { ...passage, testKey: (await newKey(passage, { organization, mode: "live" })).key };
  const { linkId } = await createLink(live);
  expect(await complete(live, linkId)).toMatchObject({
    status: 403,
    body: { code: "test_mode_only", error: expect.stringContaining("live") },
  });
  expect((await getLink(live, linkId)).status).toBe("pending");
  const readOnly = { ...passage, testKey: (await newKey(passage, { organization, scopes: ["links:read"] })).key };
  expect(await complete(readOnly, linkId)).toMatchObject({ status: 403, body: { code: "insufficient_scope" } });
});

test("a reusable link keeps its result per attempt and can be claimed again", async () => {
  const link = await createLink(passage, { reusable: true });
  await complete(passage, link.linkId, { result: { billing } });
  const { body } = await request<{ attempts: Attempt[] }>(passage, "GET", `/v1/links/${link.linkId}/attempts`);
  expect(body.attempts.map(({ result }) => result)).toEqual([{ billing }]);
  await claim(passage, link.claimCode);
});

test("its session was never opened: it is in no list and not found, and the link can be deleted", async () => {
  const owner = await fresh();
  const { linkId } = await createLink(owner);
  const { currentSessionId } = (await complete(owner, linkId)).body;
  const read = () => request(owner, "GET", `/v1/sessions/${currentSessionId}`);
  expect(await read()).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect((await request(owner, "GET", "/v1/sessions?limit=1")).body).toEqual({ sessions: [], nextCursor: null });
  expect(await request(owner, "DELETE", `/v1/links/${linkId}`)).toMatchObject({ status: 200 });
  expect(await request(owner, "GET", `/v1/links/${linkId}`)).toMatchObject({ status: 404 });
  expect(await read()).toMatchObject({ status: 404 });
  expect(await listEvents(owner)).toEqual([]);
});
