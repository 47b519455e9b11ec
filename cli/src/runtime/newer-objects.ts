import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ownSchema, refusal, type SchemaVersion } from "./schema-version.ts";

type Kind = keyof SchemaVersion;

/**
 * Why this release must not touch a folder: an object in it has tables of a newer release, whatever the folder's own version says.
 * null when it may.
 *
 * @param folder whose objects are looked at
 * @param kinds the kinds of objects to look at: each object is a file to open
 * @param called what the operator calls the folder, where that is another path
 */
export function refuseNewerObjects(folder: string, kinds: readonly Kind[], called = folder): string | null {
  const own = ownSchema();
  for (const kind of kinds)
    for (const file of globSync(`objects/${kind}/*.sqlite`, { cwd: folder })) {
      const found = versionOf(join(folder, file));
      if (found > own[kind]) return refusal(`${called}: ${file}`, String(found), String(own[kind]));
    }
  return null;
}

/** The schema version of an object; 0 where none is kept, as in the file with the alarms of objects. */
function versionOf(path: string): number {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
    try {
      const isKept = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'").get() !== undefined;
      return isKept ? Number(database.prepare("SELECT version FROM schema_version").get()?.version ?? 0) : 0;
    } finally {
      database.close();
    }
  } catch (error) {
    // One that is damaged has no version, and `doctor` says what is wrong with it; one that was deleted meanwhile is not missed.
    const isDamaged = damaged.includes((error as { errcode?: number }).errcode ?? 0);
    if (isDamaged || !existsSync(path)) return 0;
    throw error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const damaged = [11, 26];
