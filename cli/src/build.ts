import { copyFileSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeOffer } from "./catalog/offer.ts";
import { printLine, shortPath } from "./print.ts";
import { artefacts, requireBuilt } from "./runtime/artefacts.ts";
import { readManifest } from "./runtime/manifest.ts";

export interface BuildOptions {
  readonly out: string;
  readonly providers?: readonly string[];
}

/** `passage build`: the server as files for `wrangler deploy`. A `wrangler.jsonc` that is there already stays as it is. */
export async function build({ out, providers = [] }: BuildOptions): Promise<number> {
  const folder = resolve(out);
  const dist = join(folder, "dist");
  const { main, assets } = readManifest(artefacts.serverManifest);
  const offer = await makeOffer(providers, dist);
  mkdirSync(dist, { recursive: true });
  copyFileSync(requireBuilt(main), join(dist, "worker.js"));
  if (offer.catalog !== join(dist, "catalog.js")) copyFileSync(offer.catalog, join(dist, "catalog.js"));
  if (assets) cpSync(assets.folder, join(dist, "assets"), { recursive: true });
  const config = join(folder, "wrangler.jsonc");
  if (!existsSync(config)) copyFileSync(artefacts.serverManifest, config);
  printLine(`wrote ${shortPath(dirname(config))}; deploy it with: npx wrangler deploy --config ${shortPath(config)}`);
  return 0;
}
