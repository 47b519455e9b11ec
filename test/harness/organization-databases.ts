import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Running } from "./passage-process.ts";

/** The database files of all organizations that a server has on its disk. */
export function organizationDatabases({ data }: Pick<Running, "data">): string[] {
  const folder = join(data, "objects", "organization");
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => join(folder, name));
}
