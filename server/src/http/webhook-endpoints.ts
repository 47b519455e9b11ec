import {
  type CreatedEndpoint,
  createEndpointRequest,
  type EndpointList,
  type Redelivered,
  type RotatedSecret,
  redeliverSinceRequest,
  rotateRequest,
  type TestedEndpoint,
  updateEndpointRequest,
  type WebhookEndpoint,
} from "@passage/protocol/webhooks";
import { type Context, Hono } from "hono";
import { readTag } from "../ids.ts";
import { webhooksOf } from "../stubs.ts";
import { requireApiKey } from "./api-key.ts";
import { readBody, readOptionalBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { problem, unwrap } from "./problem.ts";
import { checkWebhookUrl } from "./webhook-url.ts";

/** `/v1/webhook_endpoints`: where an organization's events go, beside each link's own `webhookUrl`. */
export const webhookEndpoints = new Hono<PassageContext>().use(requireApiKey);

webhookEndpoints.post("/", async (c) => {
  const fields = await readBody(c, createEndpointRequest);
  checkWebhookUrl(c, "url", fields.url);
  const created = unwrap(await webhooksOf(c.env, c.get("caller").tag).createEndpoint(fields));
  return c.json(created satisfies CreatedEndpoint, 201);
});

webhookEndpoints.get("/", async (c) => {
  const endpoints = await webhooksOf(c.env, c.get("caller").tag).listEndpoints();
  return c.json({ endpoints } satisfies EndpointList);
});

webhookEndpoints.get("/:id", async (c) => {
  const { id, webhooks } = await own(c);
  return c.json(existing(await webhooks.getEndpoint(id)) satisfies WebhookEndpoint);
});

webhookEndpoints.patch("/:id", async (c) => {
  const { id, webhooks } = await own(c);
  const fields = await readBody(c, updateEndpointRequest);
  if (fields.url !== undefined) checkWebhookUrl(c, "url", fields.url);
  return c.json(existing(await webhooks.updateEndpoint(id, fields)) satisfies WebhookEndpoint);
});

webhookEndpoints.delete("/:id", async (c) => {
  const { id, webhooks } = await own(c);
  if (!(await webhooks.deleteEndpoint(id))) throw notFound();
  return c.body(null, 204);
});

webhookEndpoints.post("/:id/rotate_secret", async (c) => {
  const { id, webhooks } = await own(c);
  const { overlapSeconds } = await readOptionalBody(c, rotateRequest);
  return c.json(existing(await webhooks.rotateSecret(id, overlapSeconds * 1000)) satisfies RotatedSecret);
});

webhookEndpoints.post("/:id/redeliver", async (c) => {
  const { id, webhooks } = await own(c);
  const choice = await readBody(c, redeliverSinceRequest);
  const deliveries = unwrap(await webhooks.redeliverSince(id, choice));
  return c.json({ deliveries } satisfies Redelivered, 202);
});

webhookEndpoints.post("/:id/test", async (c) => {
  const { id, webhooks } = await own(c);
  const eventId = unwrap(await webhooks.testEndpoint(id));
  return c.json({ eventId } satisfies TestedEndpoint, 202);
});

/** The caller's endpoint by the id in the path; another tenant's is as unknown as one that never was. */
async function own(c: Context<PassageContext>) {
  const { tag } = c.get("caller");
  const id = c.req.param("id") ?? "";
  if ((await readTag(c.env.PASSAGE_SECRET, "webhookEndpoint", id)) !== tag) throw notFound();
  return { id, webhooks: webhooksOf(c.env, tag) };
}

function existing<T>(found: T | null): T {
  if (found === null) throw notFound();
  return found;
}

function notFound() {
  return problem("not_found", "Webhook endpoint not found");
}
