import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { WebhookEndpoint } from "@passage/protocol/webhooks";
import { Hono } from "hono";
import { hashSecret, readTag } from "../ids.ts";
import { mergedHealth } from "../organization/webhooks/merged-health.ts";
import { organizationOf, webhooksOf } from "../stubs.ts";
import { actorOf } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";
import { shardTags } from "./tenant.ts";
import { checkWebhookUrl } from "./webhook-url.ts";

/** `/v1/webhook_endpoints`: where an organization's events go, beside each link's own `webhookUrl`. */
export const webhookEndpoints = new Hono<PassageContext>();

serve(webhookEndpoints, routes.createEndpoint, async ({ c, caller, body, once }) => {
  checkWebhookUrl(c.env, caller.mode, "url", body.url);
  return unwrap(await webhooksOf(c.env, caller.tag).createEndpoint(body, actorOf(c), once));
});

serve(webhookEndpoints, routes.listEndpoints, async (asked) => ({
  endpoints: await withHealth(asked, await webhooksOf(asked.c.env, asked.caller.tag).listEndpoints()),
}));

serve(webhookEndpoints, routes.getEndpoint, async (asked) =>
  shown(asked, await (await own(asked)).getEndpoint(asked.id)),
);

serve(webhookEndpoints, routes.updateEndpoint, async (asked) => {
  const { c, caller, id, body } = asked;
  const webhooks = await own(asked);
  if (body.url !== undefined) checkWebhookUrl(c.env, caller.mode, "url", body.url);
  return shown(asked, await webhooks.updateEndpoint(id, body, actorOf(c)));
});

serve(webhookEndpoints, routes.deleteEndpoint, async (asked) => {
  if (!(await (await own(asked)).deleteEndpoint(asked.id, actorOf(asked.c)))) throw notFound();
  return null;
});

serve(webhookEndpoints, routes.rotateEndpointSecret, async (asked) => {
  const overlapMs = asked.body.overlapSeconds * 1000;
  return unwrap(await (await own(asked)).rotateSecret(asked.id, overlapMs, actorOf(asked.c), asked.once));
});

serve(webhookEndpoints, routes.redeliverSince, async (asked) => {
  const { c, caller, id, body, once } = asked;
  const head = await own(asked);
  const tags = await shardTags(c.env, caller);
  if (tags.length === 1) return unwrap(await head.redeliverSince(id, body, once));
  // Each shard notes its own part, and the head the whole: a request that is repeated after a crash does what is missing.
  const part = once && { ...once, key: await hashSecret(`part ${once.key}`) };
  const parts = await Promise.all(tags.map((tag) => webhooksOf(c.env, tag).redeliverSince(id, body, part)));
  const whole = { deliveries: parts.reduce((sum, one) => sum + unwrap(one).deliveries, 0) };
  if (once) unwrap(await organizationOf(c.env, caller.tag).remember(once, JSON.stringify(whole)));
  return whole;
});

serve(webhookEndpoints, routes.testEndpoint, async (asked) =>
  unwrap(await (await own(asked)).testEndpoint(asked.id, asked.once)),
);

/** The caller's webhooks, when the id in the path is theirs; another tenant's is as unknown as one that never was. */
async function own({ c, caller, id }: Pick<Asked<Route>, "c" | "caller" | "id">) {
  if ((await readTag(c.env.PASSAGE_SECRET, "webhookEndpoint", id)) !== caller.tag) throw notFound();
  return webhooksOf(c.env, caller.tag);
}

async function shown(
  asked: Pick<Asked<Route>, "c" | "caller">,
  found: WebhookEndpoint | null,
): Promise<WebhookEndpoint> {
  if (found === null) throw notFound();
  const [endpoint] = await withHealth(asked, [found]);
  return endpoint ?? found;
}

/** Endpoints with how they fare in all shards: deliveries are made in the shard of their event. */
async function withHealth(
  { c, caller }: Pick<Asked<Route>, "c" | "caller">,
  endpoints: readonly WebhookEndpoint[],
): Promise<WebhookEndpoint[]> {
  const [, ...others] = await shardTags(c.env, caller);
  const ids = endpoints.map(({ id }) => id);
  const found = await Promise.all(others.map((tag) => webhooksOf(c.env, tag).endpointHealth(ids)));
  return endpoints.map((endpoint, index) => {
    const parts = found.flatMap((ofShard) => ofShard[index] ?? []);
    return { ...endpoint, health: [endpoint.health, ...parts].reduce(mergedHealth) };
  });
}

function notFound() {
  return problem("not_found", "Webhook endpoint not found");
}
