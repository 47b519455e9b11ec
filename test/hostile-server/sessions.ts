import { readFileSync } from "node:fs";
import type { OperationManifest } from "@passage/protocol/manifest";
import { manifest as small } from "../../device/test/shop-manifest.ts";

/** What a session of signed operations declares. */
export interface Session {
  readonly name: string;
  readonly manifests: readonly OperationManifest[];
}

/** The manifests of the catalog as they are signed, by their keys. */
export function catalog(): ReadonlyMap<string, OperationManifest> {
  const signed: Record<string, string> = JSON.parse(readFileSync("providers/dist/manifests.json", "utf8"));
  return new Map(
    Object.entries(signed).map(([key, jws]) => [
      key,
      JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as OperationManifest,
    ]),
  );
}

/** One for each manifest of the catalog, one for all operations of a provider, and the small one, which has every kind of everything. */
export function sessions(): readonly Session[] {
  const all = [...catalog()];
  const providers = Map.groupBy(all, ([, { provider }]) => provider);
  return [
    { name: "small", manifests: [small] },
    ...all.map(([name, manifest]) => ({ name, manifests: [manifest] })),
    ...[...providers]
      .filter(([, list]) => list.length > 1)
      .map(([name, list]) => ({ name, manifests: list.map(([, manifest]) => manifest) })),
  ];
}
