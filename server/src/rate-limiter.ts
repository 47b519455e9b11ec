import type { RatePolicy } from "@passage/protocol/rate-policy";

/** Where a caller stands. Times in whole seconds, rounded up. */
export interface Rate {
  readonly policy: RatePolicy;
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the whole quota is there again. */
  readonly resetSeconds: number;
  /** Until the next request is allowed; 0 when it is now. */
  readonly retryAfterSeconds: number;
}

/** Names are forgotten before there are more of them than this. */
const maxBuckets = 50_000;

/**
 * Token buckets in memory, one a name. Nothing is written: what forgets them, an eviction, comes only after the caller was
 * quiet for about as long as a bucket takes to fill.
 */
export class RateLimiter {
  readonly policy: RatePolicy;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(policy: RatePolicy) {
    this.policy = policy;
  }

  take(name: string, now: number): Rate {
    const { count, seconds } = this.policy;
    const perMs = count / (seconds * 1000);
    const bucket = this.#buckets.get(name);
    const tokens = bucket ? Math.min(count, bucket.tokens + Math.max(0, now - bucket.at) * perMs) : count;
    // A whole token may come out as 0.9999… of the division above.
    const allowed = tokens > 1 - 1e-6;
    const left = allowed ? Math.max(0, tokens - 1) : tokens;
    // Set last: the map's order is by use, and the first is the one that was quiet longest.
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens: left, at: now });
    if (this.#buckets.size > maxBuckets) this.#buckets.delete(this.#buckets.keys().next().value as string);
    return {
      policy: this.policy,
      allowed,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil((count - left) / perMs / 1000),
      retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000)),
    };
  }
}
