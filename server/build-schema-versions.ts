import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { directoryMigrations } from "./src/directory/migrations.ts";
import { organizationMigrations } from "./src/organization/migrations.ts";
import { sessionMigrations } from "./src/session/migrations.ts";

/** Writes the schema version of each object, for the command that starts the server on a data folder. */
export function buildSchemaVersions(file: string): void {
  const versions = {
    organization: organizationMigrations.length,
    session: sessionMigrations.length,
    directory: directoryMigrations.length,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(versions)}\n`);
}
