import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { repairCommand } from "./invocation.ts";

/** The built parts that the CLI starts: it takes server and sandbox as artefacts, never as source. */
export const artefacts = {
  serverManifest: file("../../../server/wrangler.jsonc"),
  catalog: file("../../../server/dist/catalog.js"),
  schemaVersions: file("../../../server/dist/schema-versions.json"),
  sandboxManifest: file("../../../sandbox/wrangler.jsonc"),
  sandboxTable: file("../../../sandbox/dist/scenarios.json"),
} as const;

function file(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

export function requireBuilt(path: string): string {
  if (existsSync(path)) return path;
  throw new Error(`${path} is missing. Run "${repairCommand}", then start again.`);
}
