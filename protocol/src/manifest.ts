import * as z from "zod";

/**
 * What an operation's publisher signs: the most that the operation may touch. The device enforces it, and takes it from
 * no one else: a server can choose among signed manifests, and can widen none. Origins are the live ones; which sandbox
 * stands in for them in test mode the device decides by itself.
 */
export const operationManifest = z.object({
  provider: z.string().min(1).max(64),
  providerName: z.string().min(1).max(120),
  version: z.number().int().describe("The provider's. A session pins it."),
  resource: z.string().min(1).max(64),
  action: z.enum(["read", "write"]),
  sends: z.string().min(1).max(240).describe("One plain line: what leaves the device."),
  origins: z.array(z.url()).min(1).max(64).describe("Where the operation may navigate, act and read."),
  signIn: z.array(z.url()).max(64).describe("Those of the origins where the page is private throughout."),
  commands: z.array(z.string().max(64)).max(64).describe("Those of the commands with `declared` that it may use."),
  resultSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of the canonical JSON of the result's JSON Schema, in hex."),
  evidence: z.enum(["live", "documented", "synthetic"]),
});
export type OperationManifest = z.infer<typeof operationManifest>;

/**
 * A manifest on the wire: a JWS in compact form (RFC 7515), ES256, its payload the manifest as canonical JSON, its `kid` the
 * RFC 7638 thumbprint of the publisher's key.
 */
export const signedManifest = z.string().max(16_384);
/** The JWS's `typ`: a signature of the same key over anything else is not a manifest. */
export const manifestType = "passage-manifest";
export const manifestAlgorithm = "ES256";

/** An operation as a person agreed to it on the claim page. */
export const agreedOperation = z.object({ provider: z.string(), resource: z.string(), action: z.string() });
export type AgreedOperation = z.infer<typeof agreedOperation>;

/** One spelling for an operation: the key of its manifest in `providers/dist/manifests.json`. */
export function operationKey({ provider, resource, action }: AgreedOperation): string {
  return `${provider}/${resource}:${action}`;
}
