import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import type { Provider } from "@passage/providers/define";
import type { Finding } from "@passage/providers/tools/check";
import { checkPackage } from "../providers/check.ts";
import { artefacts, requireBuilt } from "../runtime/artefacts.ts";
import type { SiteWorker } from "../runtime/workerd-config.ts";
import { writeCatalog, writeModule } from "./catalog-bundle.ts";
import { fallbackPackages } from "./load.ts";
import { keyFolderOf, type ProviderPackage, readPackage } from "./provider-package.ts";
import { readPublisher } from "./publisher-key.ts";
import { signedManifests } from "./signing.ts";
import { twinsOf } from "./twins.ts";

/** What a server offers, as files. */
export interface Offer {
  /** Absolute path of the module beside the Worker. */
  readonly catalog: string;
  readonly sites: readonly SiteWorker[];
}

interface BuiltCatalog {
  readonly providers: readonly Provider[];
  readonly manifests: Readonly<Record<string, string>>;
  readonly publishers: { readonly keys: readonly PublisherKey[] };
}

/**
 * The catalog of this build and packages beside it: each checked as the catalog is, bundled, and signed by its own publisher.
 *
 * @param named folders or installed packages
 * @param folder where the files go
 * @throws with all that `passage providers check` finds, and where two providers would be one
 */
export async function makeOffer(named: readonly string[], folder: string): Promise<Offer> {
  if (named.length === 0) return { catalog: artefacts.catalog, sites: [] };
  const own: BuiltCatalog = await import(pathToFileURL(requireBuilt(artefacts.catalog)).href);
  const packages: ProviderPackage[] = [];
  for (const one of named) packages.push(await readPackage(one));
  refuseTwice([...own.providers, ...packages.map(({ provider }) => provider)]);
  for (const one of packages) refuseFindings(one, (await checkPackage(one)).findings);

  const manifests = { ...own.manifests };
  const publishers = new Map(own.publishers.keys.map((key) => [key.kid, key]));
  for (const one of packages) {
    const publisher = await readPublisher(keyFolderOf(one), `The publisher of ${one.provider.name}`);
    Object.assign(manifests, await signedManifests([one.provider], publisher));
    for (const key of [publisher.publicJwk, ...publisher.revoked]) publishers.set(key.kid, key);
  }
  const catalog = join(folder, "catalog.js");
  const parts = [
    { module: artefacts.catalog, hasSandbox: null },
    ...packages.map(({ module, sandbox }) => ({ module, hasSandbox: sandbox !== null })),
  ];
  await writeCatalog(catalog, { parts, manifests, publishers: [...publishers.values()] }, fallbackPackages);
  return { catalog, sites: await makeSites(packages, folder) };
}

/** The sandbox sites of packages, for those that have one. @throws where one cannot be bundled */
export async function makeSites(packages: readonly ProviderPackage[], folder: string): Promise<SiteWorker[]> {
  const sites: SiteWorker[] = [];
  for (const { provider, sandbox } of packages) {
    if (sandbox === null) continue;
    const main = join(folder, `site-${provider.id}.js`);
    await writeModule(main, `export { sandbox as default } from ${JSON.stringify(sandbox)};`, fallbackPackages);
    sites.push({ hosts: twinsOf(provider), main });
  }
  return sites;
}

function refuseTwice(providers: readonly Provider[]): void {
  const byId = new Map<string, Provider>();
  const byHost = new Map<string, Provider>();
  for (const provider of providers) {
    if (byId.has(provider.id))
      throw new Error(`There are two providers with the id ${provider.id}: a server offers each id once.`);
    byId.set(provider.id, provider);
    for (const host of twinsOf(provider)) {
      const other = byHost.get(host);
      if (other && other.site !== provider.site)
        throw new Error(`${provider.id} and ${other.id} would both have their sandbox site at ${host}.`);
      byHost.set(host, provider);
    }
  }
}

function refuseFindings({ provider, folder }: ProviderPackage, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const lines = findings.map(({ place, message }) => `  ${place}: ${message}`);
  throw new Error(
    `${provider.id} (${folder}) is not offered until "passage providers check" finds nothing:\n${lines.join("\n")}`,
  );
}
