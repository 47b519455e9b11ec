import type { Mutation } from "./mutations.ts";
import { sortedJson } from "./operations.ts";
import type { Ended } from "./site-visit.ts";

/** How a run on a changed site ended; the last three are what must never be. */
export const outcomes = [
  "right data",
  "site_changed",
  "schema_drift",
  "site failed",
  "WRONG DATA",
  "NO SPOT",
  "NO REASON",
] as const;
export type Outcome = (typeof outcomes)[number];

export function isAllowed(outcome: Outcome): boolean {
  return (
    outcome === "right data" || outcome === "site_changed" || outcome === "schema_drift" || outcome === "site failed"
  );
}

/** @param truth what an undisturbed run found */
export function judge(ended: Ended, truth: unknown, mutations: readonly Mutation[]): Outcome {
  if ("result" in ended) return said(ended.result) === said(truth) ? "right data" : "WRONG DATA";
  const details = ended.error.details ?? {};
  const { reason } = details;
  if (reason === "site_changed" || reason === "schema_drift") return namesSpot(details) ? reason : "NO SPOT";
  const isRefusal = reason === "site_down" || reason === "blocked_by_site";
  return isRefusal && mutations.some(({ kind }) => kind === "fail" || kind === "delay") ? "site failed" : "NO REASON";
}

function namesSpot({ expected, seen }: Readonly<Record<string, unknown>>): boolean {
  return typeof expected === "string" && expected !== "" && typeof seen === "string" && seen !== "";
}

/**
 * What a result says. `raw` is whatever the site says, in its own spelling. Rows are newest first, whatever the site does;
 * a wallet has no order of its own, nor has what is inside of a row.
 */
function said(result: unknown): string {
  const plain = JSON.parse(JSON.stringify(result), (key, value) =>
    key === "raw" || key === "order" ? undefined : value,
  );
  return JSON.stringify(unordered(plain, 0));
}

function unordered(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) {
    const inner = value.map((item) => unordered(item, depth + 1));
    const isWallet = inner.some((item) => typeof item === "object" && item !== null && "vendorId" in item);
    return depth === 1 && !isWallet ? inner : inner.sort((a, b) => (sortedJson(a) < sortedJson(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, unordered(inner, depth + 1)]),
  );
}
