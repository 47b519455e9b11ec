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
import { providers } from "../providers/src/catalog.ts";
import { declarationsOf } from "../providers/src/declarations.ts";
import type { Operation, Provider } from "../providers/src/define.ts";
import { type Publisher, readPublisher } from "./publisher-key.ts";

/**
 * Signs a manifest of every operation of the catalog into `providers/dist/manifests.json`, by operation, and writes whom
 * devices of this build trust to `device/dist/publishers.json` (a JWK Set). It happens here and not on a server, so that
 * whoever has the server cannot sign.
 */
export async function signManifests(root: string): Promise<void> {
  const publisher = await readPublisher(root);
  const manifests = providers.flatMap((provider) => provider.operations.map((one) => manifestOf(provider, one)));
  const signed = await Promise.all(
    manifests.map(async (manifest) => [operationKey(manifest), await sign(manifest, publisher)] as const),
  );
  write(join(root, "providers/dist/manifests.json"), Object.fromEntries(signed));
  write(join(root, "device/dist/publishers.json"), { keys: [publisher.publicJwk] });
}

/** @throws when the operation's definition makes no valid manifest. */
export function manifestOf(provider: Provider, operation: Operation) {
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
    ...declarationsOf(operation),
  });
}

export function sign(manifest: OperationManifest, { privateKey, publicJwk }: Publisher): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(manifest)))
    .setProtectedHeader({ alg: manifestAlgorithm, typ: manifestType, kid: publicJwk.kid as string })
    .sign(privateKey);
}

function write(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
