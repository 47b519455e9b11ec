import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { exitCodes } from "../command.ts";
import { print, when } from "../print.ts";
import { DataFolder } from "../runtime/data-folder.ts";
import { passageCommand } from "../runtime/invocation.ts";
import { refuseNewerObjects } from "../runtime/newer-objects.ts";
import { kinds, refuseNewer, schemaOf } from "../runtime/schema-version.ts";
import { inspect, unpack } from "./archive.ts";
import { databasesOf, faultOf, resendSettings, wakeAll } from "./databases.ts";

interface RestoreOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** Makes a data folder of a backup, as a whole or not at all. One that holds anything is never touched. */
export async function restore(source: string, options: RestoreOptions): Promise<number> {
  const { path } = new DataFolder(options.data);
  const file = resolve(source);
  if (!existsSync(file)) throw new Error(`${file} is not there.`);
  if (existsSync(path) && readdirSync(path).length > 0)
    throw new Error(`${path} is not empty. Move it away, or restore to another folder: --data <new folder>.`);
  const manifest = await inspect(file);
  mkdirSync(dirname(path), { recursive: true });
  const staging = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
  try {
    await unpack(file, staging, manifest);
    const newer = refuseNewer(file, schemaOf(staging));
    if (newer !== null) throw new Error(`${newer} Nothing was restored.`);
    for (const database of databasesOf(staging)) {
      const fault = faultOf(join(staging, database));
      if (fault !== null) throw new Error(`${database} in the backup is damaged: ${fault}. Nothing was restored.`);
    }
    const newerObject = refuseNewerObjects(staging, kinds, file);
    if (newerObject !== null) throw new Error(`${newerObject} Nothing was restored.`);
    resendSettings(staging);
    const objects = wakeAll(staging);
    chmodSync(staging, 0o700);
    if (existsSync(path)) rmdirSync(path);
    renameSync(staging, path);
    const { createdAt, files } = manifest;
    const answer = { data: path, createdAt, files: files.length, objects };
    const words = `${path}: ${answer.files} files of ${when(createdAt)}. Start on it: ${passageCommand} start --data ${path}`;
    print(options, answer, words);
    return exitCodes.done;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
