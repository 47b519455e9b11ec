import { type WebhookKey, webhookKeyRequest } from "@passage/protocol/http";
import { type RotatedSecret, rotateRequest, type SigningKeyList } from "@passage/protocol/webhooks";
import { type Context, Hono } from "hono";
import { exportJWK, importSPKI } from "jose";
import { organizationId, readTag } from "../ids.ts";
import type { PublishedKey } from "../organization/signing-keys.ts";
import { webhooksOf } from "../stubs.ts";
import { requireApiKey } from "./api-key.ts";
import { readBody, readOptionalBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";
import { invalid, problem } from "./problem.ts";

/** `POST /webhook_verification_key/get`: the public half of the key that signed a webhook, by the JWT's `kid`. */
export const webhookKeys = new Hono<PassageContext>();

webhookKeys.post("/get", async (c) => {
  const { key_id } = await readBody(c, webhookKeyRequest);
  const tag = await readTag(c.env.PASSAGE_SECRET, "webhookKey", key_id);
  const key = tag && (await webhooksOf(c.env, tag).publicKey(key_id));
  if (!key) throw problem("not_found", "No signing key has this id. Take key_id from the kid of the webhook's JWT.");
  return c.json({ key_id, key, algorithm: "ES256" } satisfies WebhookKey);
});

/** `/.well-known/jwks.json?organization=org_…`: the same keys as a JWK set, those of one organization alone. */
export const jwks = new Hono<PassageContext>();

jwks.get("/", async (c) => {
  const organization = c.req.query("organization") ?? "";
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
  return c.json({ keys: await Promise.all(keys) });
});

/** `/v1/webhook_keys`: the owner's view of the signing keys. */
export const signingKeys = new Hono<PassageContext>().use(requireApiKey);

signingKeys.get("/", async (c) => c.json(await describe(c, await webhooksOf(c.env, c.get("caller").tag).listKeys())));

signingKeys.post("/rotate", async (c) => {
  const { overlapSeconds } = await readOptionalBody(c, rotateRequest);
  return c.json(await describe(c, await webhooksOf(c.env, c.get("caller").tag).rotateKey(overlapSeconds * 1000)));
});

/** `POST /v1/webhook_secret/rotate`: the HMAC secret of what goes to links' own `webhookUrl`s; made at the first call. */
export const webhookSecret = new Hono<PassageContext>().use(requireApiKey);

webhookSecret.post("/rotate", async (c) => {
  const { overlapSeconds } = await readOptionalBody(c, rotateRequest);
  const rotated = await webhooksOf(c.env, c.get("caller").tag).rotateSecret(null, overlapSeconds * 1000);
  return c.json(rotated satisfies RotatedSecret | null);
});

async function describe(c: Context<PassageContext>, keys: readonly PublishedKey[]): Promise<SigningKeyList> {
  const organization = await organizationId(c.env.PASSAGE_SECRET, c.get("caller").tag);
  return {
    organization,
    jwksUrl: `${publicOrigin(c)}/.well-known/jwks.json?organization=${organization}`,
    keys: keys.map(({ keyId, createdAt, retiresAt }) => ({ keyId, createdAt, retiresAt })),
  };
}
