import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { providers as catalog } from "@passage/providers/catalog";
import type { Provider } from "@passage/providers/define";
import { writeCatalog } from "../cli/src/catalog/catalog-bundle.ts";
import { readPublisher } from "../cli/src/catalog/publisher-key.ts";
import { buildTime, signedManifests } from "../cli/src/catalog/signing.ts";

export interface Offer {
  readonly providers: readonly Provider[];
  /** Absolute path of a module that exports them as `providers`. */
  readonly module: string;
}

const ownOffer: Offer = {
  providers: catalog,
  module: fileURLToPath(import.meta.resolve("@passage/providers/catalog")),
};

/**
 * Signs a manifest of every operation of the catalog into `providers/dist/manifests.json`, by operation, and writes the
 * publisher's keys (a JWK Set) for devices of this build to trust; and the catalog as the server takes it, with both in it, to
 * `server/dist/catalog.js`. It happens here and not on a server, so that whoever has the server cannot sign.
 *
 * @param root where the publisher's key is, and the files go
 * @param issuedAt epoch seconds
 * @returns the path of the server's catalog
 */
export async function buildCatalog(root: string, issuedAt = buildTime(), offer = ownOffer): Promise<string> {
  const publisher = await readPublisher(root);
  const manifests = await signedManifests(offer.providers, publisher, issuedAt);
  const publishers = [publisher.publicJwk, ...publisher.revoked];
  write(join(root, "providers/dist/manifests.json"), manifests);
  write(join(root, "device/dist/publishers.json"), { keys: publishers });
  const file = join(root, "server/dist/catalog.js");
  await writeCatalog(file, { parts: [{ module: offer.module, hasSandbox: true }], manifests, publishers });
  return file;
}

function write(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
