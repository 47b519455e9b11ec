import * as z from "zod";
import { displayText } from "../display-text.ts";

/** A coordinate of a point of P-256: 32 bytes in base64url. */
const coordinate = z.string().regex(/^[\w-]{43}$/);

/** Whoever signs manifests: its public key as a JWK (RFC 7517), with the name that people read. */
export const publisherKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: coordinate,
  y: coordinate,
  alg: z.literal("ES256"),
  use: z.literal("sig"),
  kid: z.string().describe("The key's RFC 7638 thumbprint. Whoever trusts the key computes it anew."),
  name: displayText(80).describe("What the publisher calls itself. Nothing proves it; the thumbprint is what counts."),
  revoked: z.literal(true).optional().describe("Nothing that this key has signed is valid any more."),
  revokedAt: z.number().int().positive().optional().describe("When it was revoked, in epoch seconds."),
});
export type PublisherKey = z.infer<typeof publisherKey>;

/** A JWK Set of the publishers whose manifests a server shows to devices, and of keys that they have revoked. */
export const publisherKeys = z.object({ keys: z.array(publisherKey).max(32) });

/** Where every server has its `publisherKeys`. */
export const publishersPath = "/.well-known/passage-publishers.json";
