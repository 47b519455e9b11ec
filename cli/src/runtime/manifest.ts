import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "jsonc-parser";

/** What one Worker needs, read from the same file that `wrangler deploy` reads. */
export interface WorkerManifest {
  readonly name: string;
  /** Absolute path of the bundle. */
  readonly main: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly objects: readonly { readonly binding: string; readonly className: string }[];
  readonly services: readonly { readonly binding: string; readonly service: string }[];
  /** Files beside the Worker: the binding that reads them, and their folder (absolute). */
  readonly assets: { readonly binding: string; readonly folder: string } | null;
}

export function readManifest(path: string): WorkerManifest {
  const file = parse(readFileSync(path, "utf8"));
  return {
    name: file.name,
    main: resolve(dirname(path), file.main),
    compatibilityDate: file.compatibility_date,
    compatibilityFlags: file.compatibility_flags ?? [],
    objects: (file.durable_objects?.bindings ?? []).map((one: { name: string; class_name: string }) => ({
      binding: one.name,
      className: one.class_name,
    })),
    services: file.services ?? [],
    assets: file.assets
      ? { binding: file.assets.binding, folder: resolve(dirname(path), file.assets.directory) }
      : null,
  };
}
