import { existsSync, readdirSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { providers } from "@passage/providers/catalog";
import type { Operation, Provider } from "@passage/providers/define";
import { parseRecording, type Recording } from "@passage/providers/kit/recording";
import { placesIn } from "./code-place.ts";

const catalogUrl = import.meta.resolve("@passage/providers/catalog");
export const catalogFile = fileURLToPath(catalogUrl);

/** A provider and the folder that its files are in. */
export interface Found {
  readonly provider: Provider;
  readonly folder: string;
  readonly isInCatalog: boolean;
}

/** The catalog's providers, or the one of a folder elsewhere. */
export async function findAll(dir?: string): Promise<Found[]> {
  if (dir !== undefined) return [await readFolder(dir)];
  return providers.map((provider) => ({
    provider,
    folder: join(dirname(catalogFile), provider.id),
    isInCatalog: true,
  }));
}

/** @throws naming the ids that there are. */
export async function findOne(id: string, dir?: string): Promise<Found> {
  const all = await findAll(dir);
  const found = all.find(({ provider }) => provider.id === id);
  if (found) return found;
  const place = dir === undefined ? "The catalog" : resolve(dir);
  const hint = dir === undefined ? " One outside of the catalog is named by --dir <folder>." : "";
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

/** A provider folder anywhere: its `provider.ts` exports the provider. */
async function readFolder(dir: string): Promise<Found> {
  const folder = resolve(dir);
  const file = join(folder, "provider.ts");
  if (!existsSync(file))
    throw new Error(`${file} does not exist. "passage providers new <id> --dir ${dir}" makes a provider there.`);
  resolveOurPackages();
  const module = await import(pathToFileURL(file).href).catch((cause) => {
    const [place = file] = placesIn(folder, cause);
    throw new Error(`${place} cannot be loaded: ${cause instanceof Error ? cause.message : cause}`, { cause });
  });
  const exported: unknown[] = Object.values(module);
  const found = exported.filter(isProvider);
  if (found.length !== 1)
    throw new Error(
      `${file} exports ${found.length} providers; it should be one: export const … = defineProvider({ … }).`,
    );
  return { provider: found[0] as Provider, folder, isInCatalog: false };
}

function isProvider(value: unknown): value is Provider {
  return typeof value === "object" && value !== null && "id" in value && "operations" in value;
}

let hooked = false;

/** A folder outside of any installation still finds what providers import: the copies that this command has itself. */
function resolveOurPackages(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!/^(@passage\/|zod(\/|$))/.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: catalogUrl });
      }
    },
  });
}
