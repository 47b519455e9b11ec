import { webhookHeaders } from "@passage/protocol/events";
import { exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, SignJWT } from "jose";
import { hashSecret } from "../ids.ts";

/** A signing key: the private half as PKCS #8 PEM, the public half as SPKI PEM. */
export interface KeyPair {
  readonly privatePem: string;
  readonly publicPem: string;
}

export async function generateSigningKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { privatePem: await exportPKCS8(privateKey), publicPem: await exportSPKI(publicKey) };
}

export interface Signed {
  readonly kid: string;
  readonly privatePem: string;
  /** The organization, as `aud`. */
  readonly audience: string;
  /** The event's id, as `jti`: the same over all attempts. */
  readonly eventId: string;
  readonly body: string;
}

/** The headers that prove a webhook: an ES256 JWT over the body's hash, and when it was signed (Unix seconds). */
export async function signatureHeaders(signed: Signed, now: number): Promise<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  const jwt = await new SignJWT({ request_body_sha256: await hashSecret(signed.body) })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: signed.kid })
    .setIssuedAt(seconds)
    .setAudience(signed.audience)
    .setJti(signed.eventId)
    .sign(await importPKCS8(signed.privatePem, "ES256"));
  return { [webhookHeaders.signature]: jwt, [webhookHeaders.timestamp]: String(seconds) };
}
