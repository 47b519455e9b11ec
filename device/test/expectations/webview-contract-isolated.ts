import type { Gap } from "./gap.ts";

export const webviewContractIsolated: readonly Gap[] = [];
