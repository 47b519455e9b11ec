import type { documentedEventTypes, LinkEvent } from "@passage/protocol/events";
import type { Claimed } from "@passage/protocol/http/claim";
import type { CreatedLink, Link, LinkList } from "@passage/protocol/http/link";
import type { ErrorBody } from "@passage/protocol/http/problem";
import type { ProviderList } from "@passage/protocol/http/provider";
import type { CreatedSession } from "@passage/protocol/http/session";
import type { WebhookKey } from "@passage/protocol/http/webhook-key";
import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { request } from "../harness/api.ts";
import { startReceiver } from "../harness/receiver.ts";
import { scriptedDevice } from "../harness/scripted-device.ts";
import { tmobileScript } from "../harness/tmobile-script.ts";
import { usePassage } from "../harness/use-passage.ts";
import type * as vendor from "./vendor-reference.ts";

const passage = usePassage();

test("our answers' types are what the reference's clients take", () => {
  expectTypeOf<CreatedLink>().toExtend<vendor.CreateLinkResponse>();
  expectTypeOf<Link>().toExtend<vendor.GetLinkResponse>();
  expectTypeOf<LinkList>().toExtend<vendor.ListLinksResponse>();
  expectTypeOf<Claimed>().toExtend<vendor.ClaimLinkResponse>();
  expectTypeOf<ProviderList>().toExtend<vendor.ProvidersResponse>();
  expectTypeOf<WebhookKey>().toExtend<vendor.WebhookKeyResponse>();
  expectTypeOf<CreatedSession>().toExtend<vendor.CreateSessionResponse>();
  expectTypeOf<Extract<LinkEvent, { event: (typeof documentedEventTypes)[number] }>>().toExtend<vendor.WebhookBody>();
  expectTypeOf<ErrorBody>().toExtend<vendor.ErrorResponse>();
});

const names = z.array(z.object({ resource: z.string(), action: z.string() }));
const ms = z.int().min(1_600_000_000_000);
const single = { resource: z.string(), action: z.string() };
const createLink = z.object({
  linkId: z.string().startsWith("link_"),
  claimCode: z.string().startsWith("clm_"),
  integrationId: z.string(),
  operations: names,
  ...single,
  status: z.literal("pending"),
  appClipUrl: z.url(),
  returnUrl: z.url().nullish(),
  expiresAt: ms,
  createdAt: ms,
}) satisfies z.ZodType<vendor.CreateLinkResponse>;
const listed = z.object({
  id: z.string().startsWith("link_"),
  integrationId: z.string(),
  operations: names.optional(),
  ...single,
  externalUserId: z.string().nullable(),
  status: z.enum(["pending", "active", "complete", "failed", "expired"]),
  currentSessionId: z.string().startsWith("sess_").nullable(),
  expiresAt: ms,
  createdAt: ms,
  updatedAt: ms,
});
const error = z.object({ code: z.string(), message: z.string() });
const billing = z.object({
  billing: z.array(
    z.object({
      statementId: z.string().optional(),
      periodStart: z.string(),
      periodEnd: z.string().optional(),
      dueDate: z.string().optional(),
      amountDue: z.number(),
      currency: z.string(),
    }),
  ),
});
const getLink = listed.extend({ returnUrl: z.url().nullish(), result: billing.nullish(), error: error.nullish() });
const claim = z.object({
  linkId: z.string(),
  sessionId: z.string(),
  clientToken: z.string().startsWith("ct_"),
  websocketUrl: z.url({ protocol: /^wss?$/ }),
  expiresAt: ms,
});
const schema = z.record(z.string(), z.unknown()).nullable();
const operation = z.object({ description: z.string(), arguments: schema, result: schema });
const providers = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      resources: z.array(z.object({ name: z.string(), operations: z.record(z.string(), operation) })),
    }),
  ),
});
const webhookKey = z.object({ key_id: z.string(), key: z.string().startsWith("-----BEGIN PUBLIC KEY-----") });
const webhook = z.object({
  event: z.literal("link.complete"),
  linkId: z.string(),
  status: z.literal("complete"),
  result: billing,
  error: z.null().optional(),
  timestamp: ms,
});

test("our answers, at run time, are what the reference says", { timeout: 60_000 }, async () => {
  const receiver = await startReceiver();
  const ask = async (method: string, path: string, body?: unknown) =>
    (await request<Record<string, unknown>>(passage, method, path, body)).body;
  const created = createLink.parse(
    await ask("POST", "/v1/links", {
      integrationId: "tmobile",
      operations: [{ resource: "mobileBillingStatement", action: "read", arguments: { limit: 2 } }],
      webhookUrl: receiver.url,
      returnUrl: "https://your-app.example/done",
      externalUserId: "user_1",
      expiresIn: 600,
    }),
  );
  expect(created.returnUrl).toBe(`https://your-app.example/done?linkId=${created.linkId}`);
  expect(getLink.parse(await ask("GET", `/v1/links/${created.linkId}`)).status).toBe("pending");
  const claimed = claim.parse(await ask("POST", "/link/claim", { code: created.claimCode }));
  expect(getLink.parse(await ask("GET", `/v1/links/${created.linkId}`))).toMatchObject({
    status: "active",
    currentSessionId: claimed.sessionId,
  });
  const device = await scriptedDevice(claimed, tmobileScript);
  await device.message("server.session_end");
  const [delivery] = await receiver.count(1);
  expect(webhook.parse(JSON.parse(delivery?.body ?? "")).linkId).toBe(created.linkId);
  const complete = getLink.parse(await ask("GET", `/v1/links/${created.linkId}`));
  expect(complete).toMatchObject({ status: "complete", externalUserId: "user_1", error: null });
  expect(complete.result?.billing.length).toBe(2);
  expect(z.object({ links: z.array(listed) }).parse(await ask("GET", "/v1/links")).links.length).toBe(1);
  providers.parse(await ask("GET", "/v1/providers"));

  const token = String(delivery?.headers["x-passage-signature"]);
  const { kid } = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
  webhookKey.parse(await ask("POST", "/webhook_verification_key/get", { key_id: kid }));
  const refused = await request(passage, "POST", "/v1/links", { integrationId: "tmobile", webhookUrl: "nope" });
  expect(refused).toMatchObject({ status: 400, body: { error: "Validation failed" } });
  expect(refused.body.issues).toContainEqual({ path: "webhookUrl", message: "must be a valid URL" });
  await receiver.stop();
});
