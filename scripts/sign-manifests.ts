import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CompactSign } from "jose";
import * as z from "zod";
import { canonicalJson } from "../protocol/src/canonical-json.ts";
import {
  manifestAlgorithm,
  manifestType,
  type OperationManifest,
  operationKey,
  operationManifest,
} from "../protocol/src/manifest.ts";
import { providers as catalog } from "../providers/src/catalog.ts";
import { declarationsOf } from "../providers/src/declarations.ts";
import type { Operation, Provider } from "../providers/src/define.ts";
import { type Publisher, readPublisher } from "./publisher-key.ts";

/**
 * For how long a build's manifests are valid, in seconds: half a year. Whoever runs a server has to update it that often, which
 * the sites that it works on demand anyway; and an old manifest with a fault can be shown to a new device for no longer.
 */
const lifetime = 180 * 86_400;

/**
 * Signs a manifest of every operation of the catalog into `providers/dist/manifests.json`, by operation, and writes the
 * publisher's keys (a JWK Set), for the server to publish and for devices of this build to trust. It happens here and not on a
 * server, so that whoever has the server cannot sign.
 *
 * @param issuedAt epoch seconds
 */
export async function signManifests(root: string, issuedAt = buildTime(), providers = catalog): Promise<void> {
  const publisher = await readPublisher(root);
  const manifests = providers.flatMap((provider) =>
    provider.operations.map((one) => manifestOf(provider, one, issuedAt)),
  );
  const signed = await Promise.all(
    manifests.map(async (manifest) => [operationKey(manifest), await sign(manifest, publisher)] as const),
  );
  write(join(root, "providers/dist/manifests.json"), Object.fromEntries(signed));
  for (const place of ["providers", "device"])
    write(join(root, place, "dist/publishers.json"), { keys: [publisher.publicJwk, ...publisher.revoked] });
}

/** Now, in epoch seconds; or `SOURCE_DATE_EPOCH`, for a build that is repeated later. */
export function buildTime(): number {
  const { SOURCE_DATE_EPOCH: given } = process.env;
  return given ? Number(given) : Math.floor(Date.now() / 1000);
}

/**
 * @param issuedAt epoch seconds
 * @throws when the operation's definition makes no valid manifest.
 */
export function manifestOf(provider: Provider, operation: Operation, issuedAt: number) {
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

function write(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
