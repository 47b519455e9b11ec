import { routes } from "@passage/protocol/routes/table";
import { type Context, Hono } from "hono";
import { exportJWK, importSPKI } from "jose";
import { organizationId, readTag } from "../ids.ts";
import { webhooksOf } from "../stubs.ts";
import { actorOf } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { invalid, problem, unwrap } from "./problem.ts";
import { serve } from "./serve.ts";

/** What verifies webhooks: the public halves of the signing keys for everybody, keys and secrets for their owner. */
export const webhookKeys = new Hono<PassageContext>();

serve(webhookKeys, routes.getWebhookKey, async ({ c, body: { key_id } }) => {
  const tag = await readTag(c.env.PASSAGE_SECRET, "webhookKey", key_id);
  const key = tag && (await webhooksOf(c.env, tag).publicKey(key_id));
  if (!key) throw problem("not_found", "No signing key has this id. Take key_id from the kid of the webhook's JWT.");
  return { key_id, key, algorithm: "ES256" as const };
});

serve(webhookKeys, routes.getJwks, async ({ c, query: { organization } }) => {
  const tag = await readTag(c.env.PASSAGE_SECRET, "organization", organization);
  if (!tag)
    throw invalid([
      { path: "organization", message: "must be the organization's id; GET /v1/webhook_keys shows the whole address" },
    ]);
  const keys = (await webhooksOf(c.env, tag).listKeys()).map(async ({ keyId, publicPem }) => ({
    ...(await exportJWK(await importSPKI(publicPem, "ES256", { extractable: true }))),
    kid: keyId,
    alg: "ES256",
    use: "sig",
  }));
  c.header("cache-control", "public, max-age=300");
  return { keys: await Promise.all(keys) };
});

serve(webhookKeys, routes.listSigningKeys, async ({ c, caller }) => {
  const [address, keys] = await Promise.all([addressOf(c), webhooksOf(c.env, caller.tag).listKeys()]);
  return { ...address, keys: keys.map(({ keyId, createdAt, retiresAt }) => ({ keyId, createdAt, retiresAt })) };
});

serve(webhookKeys, routes.rotateSigningKey, async ({ c, caller, body: { overlapSeconds }, once }) => {
  const address = await addressOf(c);
  return unwrap(await webhooksOf(c.env, caller.tag).rotateKey(overlapSeconds * 1000, address, actorOf(c), once));
});

serve(webhookKeys, routes.rotateLinkSecret, async ({ c, caller, body: { overlapSeconds }, once }) =>
  unwrap(await webhooksOf(c.env, caller.tag).rotateSecret(null, overlapSeconds * 1000, actorOf(c), once)),
);

/** Who the caller's organization is to the outside, and where its JWK set is. */
async function addressOf(c: Context<PassageContext>) {
  const organization = await organizationId(c.env.PASSAGE_SECRET, c.get("caller").tag);
  return { organization, jwksUrl: `${publicOrigin(c)}/.well-known/jwks.json?organization=${organization}` };
}
