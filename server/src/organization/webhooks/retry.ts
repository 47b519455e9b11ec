import { type RetryPolicy, retryPolicy } from "../../limits.ts";

/** The delays that are documented to the second; later ones get up to a fifth more, so that receivers see no waves. */
const exactDelays = 3;
const maxRetryAfterMs = 24 * 3_600_000;

/** The policy of this server: development may have times of its own. */
export function policyOf(env: { readonly RETRY_SCHEDULE?: string; readonly DISABLE_AFTER?: string }): RetryPolicy {
  return {
    delaysMs: env.RETRY_SCHEDULE?.split(",").map(Number) ?? retryPolicy.delaysMs,
    disableAfterMs: env.DISABLE_AFTER === undefined ? retryPolicy.disableAfterMs : Number(env.DISABLE_AFTER),
  };
}

/** When the attempt with this number (from 0) is due, or null when there is none. `Retry-After` can only make it later. */
export function attemptDueAt(
  policy: RetryPolicy,
  attempt: number,
  now: number,
  retryAfter: string | null = null,
): number | null {
  const delay = policy.delaysMs[attempt];
  if (delay === undefined) return null;
  const jitter = attempt < exactDelays ? 0 : delay * 0.2 * Math.random();
  return Math.round(now + Math.max(delay + jitter, readRetryAfter(retryAfter, now)));
}

/** Seconds or an HTTP date, as ms from now: at least 0, at most a day. */
export function readRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  // Date.parse reads much that is no HTTP date: "-5" as a year.
  const at = /^[A-Za-z]{3,9},? .* GMT$/.test(header.trim()) ? Date.parse(header) : Number.NaN;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : at - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), maxRetryAfterMs);
}
