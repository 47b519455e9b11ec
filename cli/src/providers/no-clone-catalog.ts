import type { CloneCatalog } from "./clone-catalog.ts";

export const cloneCatalog: CloneCatalog | null = null;
