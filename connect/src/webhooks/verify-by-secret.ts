import { PassageError } from "../errors.ts";
import { equalInConstantTime } from "./equal.ts";
import { type NodeRequest, oneHeader, onlyHeader, type ReceivedWebhook, rawBody, type SignedBody } from "./raw-body.ts";

/** The signature of the Standard Webhooks specification: HMAC-SHA256 over id, time and body, by any of the secrets. */
export async function verifyBySecret(
  request: Request | NodeRequest | ReceivedWebhook,
  secret: string | readonly string[],
): Promise<SignedBody> {
  const keys = await Promise.all([secret].flat().map(importSecret));
  if (keys.length === 0) throw new PassageError("invalid_argument", "secret must be a whsec_... or a list of them");
  const id = onlyHeader(request.headers, "webhook-id");
  const timestamp = onlyHeader(request.headers, "webhook-timestamp");
  if (!/^\d{1,12}$/.test(timestamp)) throw new PassageError("invalid_signature", "The webhook's timestamp is no time");
  const given = oneHeader(request.headers, "webhook-signature").split(" ");
  const body = await rawBody(request);
  const start = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(start.length + body.length);
  signed.set(start);
  signed.set(body, start.length);
  for (const key of keys) {
    const expected = `v1,${toBase64(await crypto.subtle.sign("HMAC", key, signed))}`;
    if (given.some((one) => equalInConstantTime(one, expected))) return { signedAt: Number(timestamp), body };
  }
  throw new PassageError(
    "invalid_signature",
    "The webhook's signature does not fit the secret, or its body was changed",
  );
}

/** The key is what stands behind `whsec_`, in base64. */
async function importSecret(secret: unknown): Promise<CryptoKey> {
  const [, base64] = (typeof secret === "string" && /^whsec_([A-Za-z0-9+/]{16,}={0,2})$/.exec(secret)) || [];
  // The secret itself stays out of the message.
  if (!base64)
    throw new PassageError("invalid_argument", "secret must be a whsec_... as the endpoint was created with");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

function toBase64(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
