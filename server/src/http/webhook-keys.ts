import { type WebhookKey, webhookKeyRequest } from "@passage/protocol/http";
import { Hono } from "hono";
import { readTag } from "../ids.ts";
import { organizationOf } from "../stubs.ts";
import { readBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";

/** `POST /webhook_verification_key/get`: the public half of the key that signed a webhook, by the JWT's `kid`. */
export const webhookKeys = new Hono<PassageContext>();

webhookKeys.post("/get", async (c) => {
  const { key_id } = await readBody(c, webhookKeyRequest);
  const tag = await readTag(c.env.PASSAGE_SECRET, "webhookKey", key_id);
  const key = tag && (await organizationOf(c.env, tag).publicKey(key_id));
  if (!key) throw problem("not_found", "No signing key has this id. Take key_id from the kid of the webhook's JWT.");
  return c.json({ key_id, key, algorithm: "ES256" } satisfies WebhookKey);
});
