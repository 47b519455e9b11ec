import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { readTag } from "../ids.ts";
import { organizationOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";
import { serve } from "./serve.ts";

/** `POST /webhook_verification_key/get`: the public half of the key that signed a webhook, by the JWT's `kid`. */
export const webhookKeys = new Hono<PassageContext>();

serve(webhookKeys, routes.getWebhookKey, async ({ c, body: { key_id } }) => {
  const tag = await readTag(c.env.PASSAGE_SECRET, "webhookKey", key_id);
  const key = tag && (await organizationOf(c.env, tag).publicKey(key_id));
  if (!key) throw problem("not_found", "No signing key has this id. Take key_id from the kid of the webhook's JWT.");
  return { key_id, key, algorithm: "ES256" as const };
});
