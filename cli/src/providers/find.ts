import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Operation } from "@passage/providers/define";
import { parseRecording, type Recording } from "@passage/providers/tools/recording";
import { type ProviderPackage, readPackage } from "../catalog/provider-package.ts";
import { cloneCatalog } from "./clone-catalog.ts";

/** A provider and the folder that its files are in. */
export interface Found extends ProviderPackage {
  readonly isInCatalog: boolean;
}

/** The folder of a package that a command is about: the one that was named, or the one where it runs. Undefined: the catalog. */
export function packageFolder(dir: string | undefined): string | undefined {
  if (dir !== undefined || !(existsSync("provider.ts") || existsSync("provider.js"))) return dir;
  return cloneCatalog && dirname(cloneCatalog.file) === resolve("..") ? undefined : ".";
}

/** The provider of a folder; where none is named and none is here, the catalog's. */
export async function findAll(dir?: string): Promise<Found[]> {
  const folder = packageFolder(dir);
  if (folder !== undefined) return [{ ...(await readPackage(folder)), isInCatalog: false }];
  if (cloneCatalog === null)
    throw new Error("There is no provider.ts here. Run this in the folder of a provider, or name it: --dir <folder>.");
  const { providers, file } = cloneCatalog;
  return providers.map((provider) => {
    const home = join(dirname(file), provider.id);
    return { provider, folder: home, module: join(home, "provider.ts"), sandbox: null, isInCatalog: true };
  });
}

/** @throws naming the ids that there are. */
export async function findOne(id: string, dir?: string): Promise<Found> {
  const all = await findAll(dir);
  const found = all.find(({ provider }) => provider.id === id);
  if (found) return found;
  const isCatalog = all.some(({ isInCatalog }) => isInCatalog);
  const place = isCatalog ? "The catalog" : resolve(dir ?? ".");
  const hint = isCatalog ? " One outside of the catalog is named by --dir <folder>." : "";
  throw new Error(`${place} has no provider ${id}, but ${all.map(({ provider }) => provider.id).join(", ")}.${hint}`);
}

/** An operation by `resource:action`. @throws naming those that there are. */
export function findOperation({ provider }: Found, name: string): Operation {
  const named = (one: Operation) => `${one.resource}:${one.action}`;
  const found = provider.operations.find((one) => named(one) === name);
  if (found) return found;
  throw new Error(`${provider.id} has no operation ${name}, but ${provider.operations.map(named).join(", ")}.`);
}

/** The recordings of a provider, by file name. @throws naming the file that is none. */
export function readRecordings({ folder }: Pick<Found, "folder">): { file: string; recording: Recording }[] {
  const recordings = join(folder, "recordings");
  if (!existsSync(recordings)) return [];
  const files = readdirSync(recordings).filter((name) => name.endsWith(".json"));
  return files.sort().map((file) => {
    try {
      return { file, recording: parseRecording(readFileSync(join(recordings, file), "utf8")) };
    } catch (cause) {
      throw new Error(`${join(recordings, file)} is no recording: ${(cause as Error).message}`, { cause });
    }
  });
}
