import type { Gap } from "./gap.ts";

export const webviewContractPage: readonly Gap[] = [];
