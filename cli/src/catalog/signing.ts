import { createHash } from "node:crypto";
import { declarationsOf } from "@passage/automation/declarations";
import { canonicalJson } from "@passage/protocol/canonical-json";
import {
  manifestAlgorithm,
  manifestType,
  type OperationManifest,
  operationKey,
  operationManifest,
} from "@passage/protocol/manifest";
import type { Operation, Provider } from "@passage/providers/define";
import { CompactSign } from "jose";
import * as z from "zod";
import type { Publisher } from "./publisher-key.ts";

/**
 * For how long a build's manifests are valid, in seconds: half a year. Whoever runs a server has to update it that often, which
 * the sites that it works on demand anyway; and an old manifest with a fault can be shown to a new device for no longer.
 */
const lifetime = 180 * 86_400;

/** Now, in epoch seconds; or `SOURCE_DATE_EPOCH`, for a build that is repeated later. */
export function buildTime(): number {
  const { SOURCE_DATE_EPOCH: given } = process.env;
  return given ? Number(given) : Math.floor(Date.now() / 1000);
}

/**
 * The signed manifest of each operation, by its key.
 *
 * @param issuedAt epoch seconds
 * @throws when an operation's definition makes no valid manifest
 */
export async function signedManifests(
  providers: readonly Provider[],
  publisher: Publisher,
  issuedAt = buildTime(),
): Promise<Record<string, string>> {
  const manifests = providers.flatMap((provider) =>
    provider.operations.map((one) => manifestOf(provider, one, issuedAt)),
  );
  const signed = manifests.map(async (one) => [operationKey(one), await sign(one, publisher)] as const);
  return Object.fromEntries(await Promise.all(signed));
}

/**
 * @param issuedAt epoch seconds
 * @throws when the operation's definition makes no valid manifest.
 */
export function manifestOf(provider: Provider, operation: Operation, issuedAt: number): OperationManifest {
  const { description, result, manifest } = operation;
  const schema = canonicalJson(z.toJSONSchema(result, { unrepresentable: "any" }));
  return operationManifest.parse({
    provider: provider.id,
    providerName: provider.name,
    version: provider.version,
    sends: description,
    origins: [...manifest.origins],
    signIn: [...(manifest.signIn ?? [])],
    resultSha256: createHash("sha256").update(schema).digest("hex"),
    evidence: manifest.evidence,
    issuedAt,
    expiresAt: issuedAt + lifetime,
    ...declarationsOf(operation),
  });
}

export function sign(manifest: OperationManifest, { privateKey, publicJwk }: Publisher): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(manifest)))
    .setProtectedHeader({ alg: manifestAlgorithm, typ: manifestType, kid: publicJwk.kid })
    .sign(privateKey);
}
