import * as z from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { declaredLabel, readDeclaration } from "./reads/declaration.ts";
import { readsFault } from "./reads/faults.ts";
import { leafVersionOf } from "./reads/leaf-version.ts";
import { saying, stepDeclaration } from "./steps.ts";

/** The most that the canonical JSON of a manifest may have, in bytes. */
export const maxManifestBytes = 12_000;

/** For how long a manifest may be valid, in seconds: a device takes none that would live longer. */
export const maxManifestLifetime = 366 * 86_400;

const epochSeconds = z.number().int().positive();

/**
 * What an operation's publisher signs: the most that the operation may touch. The device enforces it, and takes it from
 * no one else: a server can choose among signed manifests, and can widen none. Origins are the live ones; which sandbox
 * stands in for them in test mode the device decides by itself. What a device does not know might be a limit that it would not keep, so it is refused.
 */
const manifestFields = z.strictObject({
  provider: z.string().min(1).max(64),
  providerName: z.string().min(1).max(120),
  version: z.number().int().describe("The provider's. A session pins it."),
  resource: z.string().min(1).max(64),
  action: z.enum(["read", "write"]),
  sends: z.string().min(1).max(240).describe("One plain line: what leaves the device."),
  origins: z.array(z.url()).min(1).max(64).describe("Where the operation may navigate, act and read."),
  signIn: z.array(z.url()).max(64).describe("Those of the origins where the page is private throughout."),
  resultSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of the canonical JSON of the result's JSON Schema, in hex."),
  evidence: z.enum(["live", "documented", "synthetic"]),
  v: z
    .number()
    .int()
    .describe("The version of the leaves. Nothing may be done but what `steps`, `reads` and `says` declare."),
  steps: z.record(declaredLabel, stepDeclaration).describe("All that is done on the page, by name."),
  reads: z.record(declaredLabel, readDeclaration).describe("All that is read of the site, by name."),
  says: z.array(saying).max(32).describe("All words that the person is shown; `{n}` stands for a number."),
  issuedAt: epochSeconds.describe("When it was signed, in epoch seconds."),
  expiresAt: epochSeconds.describe("From when on no device takes it any more, in epoch seconds."),
});
export type OperationManifest = z.infer<typeof manifestFields>;

/** Checks what the parts of a manifest say of each other. A manifest of an unknown leaf version is refused elsewhere. */
export const operationManifest = manifestFields.superRefine((manifest, context) => {
  const fault = manifestFault(manifest);
  if (fault !== null) context.addIssue({ code: "custom", message: fault });
});

function manifestFault(manifest: OperationManifest): string | null {
  const { v, steps, reads, origins, signIn, issuedAt, expiresAt } = manifest;
  if (expiresAt <= issuedAt) return "expires before it is issued";
  if (expiresAt - issuedAt > maxManifestLifetime) return `is valid for more than ${maxManifestLifetime} seconds`;
  const twice = Object.keys(steps).find((name) => Object.hasOwn(reads, name));
  if (twice !== undefined) return `${twice} names a step and a read`;
  const named = [
    ...Object.values(reads).map(({ on }) => on.origin),
    ...Object.values(steps).flatMap((step) =>
      "origin" in step ? [step.origin] : "frame" in step && step.frame ? [step.frame.origin] : [],
    ),
    ...Object.values(steps).flatMap((step) => ("go" in step ? [new URL(step.go).origin] : [])),
  ];
  const foreign = named.find((origin) => !origins.includes(origin));
  if (foreign !== undefined) return `${foreign} is none of the manifest's origins`;
  const bytes = new TextEncoder().encode(canonicalJson(manifest)).length;
  if (bytes > maxManifestBytes) return `has ${bytes} bytes of canonical JSON; it may have ${maxManifestBytes}`;
  if (v < leafVersionOf(reads)) return `is of version ${v} of the leaves, which has not all that its reads have`;
  return readsFault(reads, signIn);
}

/**
 * A manifest on the wire: a JWS in compact form (RFC 7515), ES256, its payload the manifest as canonical JSON, its `kid` the
 * RFC 7638 thumbprint of the publisher's key.
 */
export const signedManifest = z.string().max(16_384);
/** The JWS's `typ`: a signature of the same key over anything else is not a manifest. */
export const manifestType = "passage-manifest";
export const manifestAlgorithm = "ES256";

/** One spelling for an operation: the key of its manifest in `providers/dist/manifests.json`. */
export function operationKey({
  provider,
  resource,
  action,
}: {
  readonly provider: string;
  readonly resource: string;
  readonly action: string;
}): string {
  return `${provider}/${resource}:${action}`;
}
