import { fileURLToPath } from "node:url";
import { providers } from "@passage/providers/catalog";
import type { Provider } from "@passage/providers/define";

/** The catalog's sources. */
export interface CloneCatalog {
  /** The file that lists them; each provider has a folder beside it. */
  readonly file: string;
  readonly providers: readonly Provider[];
}

/** In a clone of the repository alone: the published command has `no-clone-catalog.ts` in place of this module. */
export const cloneCatalog: CloneCatalog | null = {
  file: fileURLToPath(import.meta.resolve("@passage/providers/catalog")),
  providers,
};
