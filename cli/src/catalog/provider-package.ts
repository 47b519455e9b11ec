import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Provider } from "@passage/providers/define";
import packageFile from "../../package.json" with { type: "json" };
import { placesIn } from "../providers/code-place.ts";
import { loadTypeScript } from "./load.ts";

/** A provider outside of the catalog: a folder with `provider.ts` and, where its site has a stand-in, `sandbox.ts`. */
export interface ProviderPackage {
  readonly provider: Provider;
  readonly folder: string;
  /** Absolute path of the module that exports the provider. */
  readonly module: string;
  /** Absolute path of the module that exports its sandbox site, or null. */
  readonly sandbox: string | null;
}

/**
 * @param named a folder, or a package that is installed for the folder where this runs
 * @throws naming what is missing, or the line that cannot be loaded
 */
export async function readPackage(named: string): Promise<ProviderPackage> {
  const folder = folderOf(named);
  const module = moduleIn(folder, "provider");
  if (module === null)
    throw new Error(
      `${join(folder, "provider.ts")} does not exist. "passage providers new <id> --dir ${named}" makes a provider there.`,
    );
  refuseOtherKit(folder);
  loadTypeScript();
  const exported = await import(pathToFileURL(module).href).catch((cause) => {
    const [place = module] = placesIn(folder, cause);
    throw new Error(`${place} cannot be loaded: ${wordsOf(cause, folder)}`, { cause });
  });
  const found = Object.values(exported).filter(isProvider);
  if (found.length !== 1)
    throw new Error(
      `${module} exports ${found.length} providers; it should be one: export const … = defineProvider({ … }).`,
    );
  return { provider: found[0] as Provider, folder, module, sandbox: moduleIn(folder, "sandbox") };
}

/** Where the publisher's key of a package is kept: beside it; for an installed one beside the project that installed it. */
export function keyFolderOf({ folder }: ProviderPackage): string {
  const [project = folder] = folder.split(`${sep}node_modules${sep}`);
  return project;
}

function folderOf(named: string): string {
  const folder = resolve(named);
  if (existsSync(folder) || !/^(@[\w.-]+\/)?[\w-][\w.-]*$/.test(named)) return folder;
  return nearest(process.cwd(), join("node_modules", named)) ?? folder;
}

function moduleIn(folder: string, name: string): string | null {
  return [".ts", ".js"].map((ending) => join(folder, name + ending)).find((file) => existsSync(file)) ?? null;
}

function isProvider(value: unknown): value is Provider {
  return typeof value === "object" && value !== null && "id" in value && "operations" in value;
}

/** The kit of a package must be of this release: its declarations are what this release's devices understand. */
function refuseOtherKit(folder: string): void {
  const file = nearest(folder, join("node_modules", "@passage", "providers", "package.json"));
  if (file === null) return;
  const { version } = JSON.parse(readFileSync(file, "utf8"));
  if (version === packageFile.version) return;
  throw new Error(
    `${folder} has @passage/providers ${version}, and this is passage ${packageFile.version}. Run there: npm install -D @passage/providers@${packageFile.version} @passage/cli@${packageFile.version}`,
  );
}

function nearest(from: string, path: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path);
    if (folder === dirname(folder)) return null;
  }
}

function wordsOf(cause: unknown, folder: string): string {
  if (!(cause instanceof Error)) return String(cause);
  const isMissing =
    (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND" && /Cannot find package/.test(cause.message);
  return isMissing ? `${cause.message}. Run "npm install" in ${folder}.` : cause.message;
}
