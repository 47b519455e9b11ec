import type { Gap } from "./gap.ts";

export const chromium: readonly Gap[] = [];
