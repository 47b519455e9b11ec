import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { artefacts, requireBuilt } from "./artefacts.ts";

/** The version of the tables of each kind of object. An object is migrated when it wakes. */
export interface SchemaVersion {
  readonly organization: number;
  readonly session: number;
  readonly directory: number;
}

export const schemaFile = "schema.json";
/** Releases up to 28 November 2026 did not write their version down. */
const unversioned: SchemaVersion = { organization: 0, session: 0, directory: 0 };

/** What this release reads and writes. */
export function ownSchema(): SchemaVersion {
  return JSON.parse(readFileSync(requireBuilt(artefacts.schemaVersions), "utf8"));
}

/** The newest release that served a data folder, or a backup of one. */
export function schemaOf(folder: string): SchemaVersion {
  try {
    return { ...unversioned, ...JSON.parse(readFileSync(join(folder, schemaFile), "utf8")) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return unversioned;
    throw new Error(`${join(folder, schemaFile)} cannot be read. Restore it from a backup.`, { cause: error });
  }
}

/** Why this release must not touch data of that version; null when it may. */
export function refuseNewer(folder: string, found: SchemaVersion): string | null {
  const own = ownSchema();
  if (kinds.every((kind) => found[kind] <= own[kind])) return null;
  return refusal(folder, nameOf(found), nameOf(own));
}

/** One line: what is newer, and what to do. */
export function refusal(what: string, found: string, known: string): string {
  return `${what} was written by a newer release of Passage (schema ${found}; this release knows ${known}). Use the newer release, or restore a backup from before the upgrade to another folder.`;
}

/** Records that this release serves the folder. Call it before the server starts: from then on objects migrate. */
export function noteSchema(folder: string): void {
  writeFileSync(join(folder, schemaFile), `${JSON.stringify(ownSchema())}\n`);
}

/** @returns such as `3.2.1`: organization, session, directory */
export function nameOf(version: SchemaVersion): string {
  return kinds.map((kind) => version[kind]).join(".");
}

export const kinds = ["organization", "session", "directory"] as const;
