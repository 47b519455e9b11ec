/** How much a line of the log matters, from the least on. */
export const levels = ["info", "warn", "error"] as const;
export type Level = (typeof levels)[number];
