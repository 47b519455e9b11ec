import { writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "@passage/protocol/canonical-json";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import { manifestAlgorithm, manifestType, type OperationManifest } from "@passage/protocol/manifest";
import { leafVersion } from "@passage/protocol/reads/leaf";
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";

/** A publisher of a test's own, with the file that makes a device trust it. */
export async function testPublisher() {
  const { privateKey, publicKey } = await generateKeyPair(manifestAlgorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const file = join(await mkdtemp(join(tmpdir(), "passage-publisher-")), "publishers.json");
  writeFileSync(file, JSON.stringify({ keys: [{ ...publicJwk, kid }] }));
  return {
    file,
    thumbprint: kid,
    /** As a server publishes it. */
    published: { ...publicJwk, alg: "ES256", use: "sig", kid, name: "The Test" } as PublisherKey,
    sign: (manifest: unknown, header: { typ?: string; kid?: string } = {}) =>
      new CompactSign(new TextEncoder().encode(canonicalJson(manifest)))
        .setProtectedHeader({ alg: manifestAlgorithm, typ: manifestType, kid, ...header })
        .sign(privateKey),
  };
}

const now = Math.floor(Date.now() / 1000);

/** A manifest with the given parts. Its steps are places of its first origin. */
export function manifest(parts: Partial<OperationManifest> = {}): OperationManifest {
  const { origins = ["https://www.shop.com", "https://login.shop.com"] } = parts;
  return {
    provider: "shop",
    providerName: "The Shop",
    version: 1,
    resource: "order",
    action: "read",
    sends: "Your orders: date and total of each",
    origins,
    signIn: ["https://login.shop.com"],
    resultSha256: "0".repeat(64),
    evidence: "synthetic",
    v: leafVersion,
    steps: { orders: { go: `${origins[0]}/orders` }, other: { go: `${origins[0]}/other` } },
    reads: {},
    says: ["Reading your orders"],
    issuedAt: now,
    expiresAt: now + 86_400,
    ...parts,
  };
}

/** A manifest as they were before: it names commands, and declares nothing that is done with them. */
export function oldManifest(commands: readonly string[] = ["evaluate"]): object {
  const { v, steps, reads, says, issuedAt, expiresAt, ...parts } = manifest();
  return { ...parts, commands };
}
