import { standardHeaders, webhookHeaders } from "@passage/protocol/events";
import { prefixes } from "@passage/protocol/ids";
import { exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, SignJWT } from "jose";
import { hashSecret } from "../../ids.ts";

/** A signing key: the private half as PKCS #8 PEM, the public half as SPKI PEM. */
export interface KeyPair {
  readonly privatePem: string;
  readonly publicPem: string;
}

export async function generateSigningKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { privatePem: await exportPKCS8(privateKey), publicPem: await exportSPKI(publicKey) };
}

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks has it. */
export function generateSecret(): string {
  return prefixes.webhookSecret + toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

export interface Signed {
  readonly kid: string;
  readonly privatePem: string;
  /** The organization's id, as `aud`: it ties a delivery to its receiver. */
  readonly audience: string;
  /** The event's id, as `jti`: the same over all attempts. */
  readonly eventId: string;
  readonly body: string;
  /** The HMAC secrets in use; more than one while a rotation overlaps. */
  readonly secrets: readonly string[];
}

/** The headers that prove a webhook, ours and those of Standard Webhooks. Signed anew at each attempt. */
export async function signatureHeaders(signed: Signed, now: number): Promise<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  const [jwt, ...signatures] = await Promise.all([
    signToken(signed, seconds),
    ...signed.secrets.map((secret) => signStandard(secret, `${signed.eventId}.${seconds}.${signed.body}`)),
  ]);
  return {
    [webhookHeaders.signature]: jwt,
    [webhookHeaders.timestamp]: String(seconds),
    [standardHeaders.id]: signed.eventId,
    [standardHeaders.timestamp]: String(seconds),
    ...(signatures.length > 0 && { [standardHeaders.signature]: signatures.join(" ") }),
  };
}

/** The documented signature: an ES256 JWT over the body's hash. */
async function signToken({ kid, privatePem, audience, eventId, body }: Signed, seconds: number): Promise<string> {
  return new SignJWT({ request_body_sha256: await hashSecret(body) })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid })
    .setIssuedAt(seconds)
    .setAudience(audience)
    .setJti(eventId)
    .sign(await importPKCS8(privatePem, "ES256"));
}

/** The symmetric signature of Standard Webhooks, `v1,<base64 of HMAC-SHA256>`; the key is what stands behind `whsec_`. */
async function signStandard(secret: string, content: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(prefixes.webhookSecret.length)), (one) => one.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(content));
  return `v1,${toBase64(new Uint8Array(signature))}`;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
