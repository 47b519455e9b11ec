import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { readTag } from "../ids.ts";
import { webhooksOf } from "../stubs.ts";
import { actorOf } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";
import { checkWebhookUrl } from "./webhook-url.ts";

/** `/v1/webhook_endpoints`: where an organization's events go, beside each link's own `webhookUrl`. */
export const webhookEndpoints = new Hono<PassageContext>();

serve(webhookEndpoints, routes.createEndpoint, async ({ c, caller, body, once }) => {
  checkWebhookUrl(c.env, caller.mode, "url", body.url);
  return unwrap(await webhooksOf(c.env, caller.tag).createEndpoint(body, actorOf(c), once));
});

serve(webhookEndpoints, routes.listEndpoints, async ({ c, caller }) => ({
  endpoints: await webhooksOf(c.env, caller.tag).listEndpoints(),
}));

serve(webhookEndpoints, routes.getEndpoint, async (asked) => existing(await (await own(asked)).getEndpoint(asked.id)));

serve(webhookEndpoints, routes.updateEndpoint, async (asked) => {
  const { c, caller, id, body } = asked;
  const webhooks = await own(asked);
  if (body.url !== undefined) checkWebhookUrl(c.env, caller.mode, "url", body.url);
  return existing(await webhooks.updateEndpoint(id, body, actorOf(c)));
});

serve(webhookEndpoints, routes.deleteEndpoint, async (asked) => {
  if (!(await (await own(asked)).deleteEndpoint(asked.id, actorOf(asked.c)))) throw notFound();
  return null;
});

serve(webhookEndpoints, routes.rotateEndpointSecret, async (asked) => {
  const overlapMs = asked.body.overlapSeconds * 1000;
  return unwrap(await (await own(asked)).rotateSecret(asked.id, overlapMs, actorOf(asked.c), asked.once));
});

serve(webhookEndpoints, routes.redeliverSince, async (asked) =>
  unwrap(await (await own(asked)).redeliverSince(asked.id, asked.body, asked.once)),
);

serve(webhookEndpoints, routes.testEndpoint, async (asked) =>
  unwrap(await (await own(asked)).testEndpoint(asked.id, asked.once)),
);

/** The caller's webhooks, when the id in the path is theirs; another tenant's is as unknown as one that never was. */
async function own({ c, caller, id }: Pick<Asked<Route>, "c" | "caller" | "id">) {
  if ((await readTag(c.env.PASSAGE_SECRET, "webhookEndpoint", id)) !== caller.tag) throw notFound();
  return webhooksOf(c.env, caller.tag);
}

function existing<T>(found: T | null): T {
  if (found === null) throw notFound();
  return found;
}

function notFound() {
  return problem("not_found", "Webhook endpoint not found");
}
