import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { exitCodes } from "../command.ts";
import { print } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { refuseNewerObjects } from "../runtime/newer-objects.ts";
import { kinds, refuseNewer, schemaFile, schemaOf } from "../runtime/schema-version.ts";
import { pack } from "./archive.ts";
import { copyDatabase, databasesOf } from "./databases.ts";

interface BackupOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** Writes the data folder to one file. A server that runs on it goes on. */
export async function backup(target: string, options: BackupOptions): Promise<number> {
  const data = new DataFolder(options.data);
  const file = resolve(target);
  if (!data.exists) throw new Error(`${data.path} is no data folder. Give its path: --data or PASSAGE_DATA.`);
  if (existsSync(file)) throw new Error(`${file} exists already. A backup never replaces another: choose a new name.`);
  const newer = refuseNewer(data.path, schemaOf(data.path));
  if (newer !== null) throw new Error(newer);
  const createdAt = Date.now();
  // Beside the file, so that what was copied becomes a backup by a rename, whole or not at all.
  const staging = mkdtempSync(join(dirname(file), `.${basename(file)}-`));
  try {
    const folder = join(staging, "data");
    await copyData(data.path, folder);
    // A newer release may keep more in a folder than this one copies.
    const newerObject = refuseNewerObjects(folder, kinds, data.path);
    if (newerObject !== null) throw new Error(newerObject);
    const packed = join(staging, "packed");
    const { files } = await pack(folder, packed, createdAt);
    renameSync(packed, file);
    const answer = { file, files: files.length, bytes: statSync(file).size, ms: Date.now() - createdAt };
    const words = `${file}: ${answer.files} files, ${answer.bytes} bytes, in ${answer.ms} ms. It holds secrets: keep it as safe as the server.`;
    print(options, answer, words);
    return exitCodes.done;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Each database at one moment, one after the other. Sessions come before organizations: a session tells its outcome until it is
 * heard and each outcome counts once, so an organization that is ahead of its sessions loses nothing. Then the sessions that
 * began meanwhile.
 */
async function copyData(from: string, to: string): Promise<void> {
  const copied = new Set<string>();
  const copyAll = async (part: string) => {
    for (const path of databasesOf(from)) {
      if (copied.has(path) || !path.startsWith(join("objects", part))) continue;
      copied.add(path);
      await copyDatabase(join(from, path), join(to, path)).catch((error) => {
        // A database that was deleted since it was listed is not missed.
        if (existsSync(join(from, path))) throw error;
      });
    }
  };
  for (const part of ["session", "organization", "session", ""]) await copyAll(part);
  for (const name of ["secret", "operator-token", schemaFile])
    if (name !== schemaFile || existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
}
