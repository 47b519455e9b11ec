import { readPolicy } from "@passage/protocol/rate-policy";
import type { Context } from "hono";
import { defaultPolicies } from "../limits.ts";
import { type Rate, RateLimiter } from "../rate-limiter.ts";
import { addressOf } from "./address.ts";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";

const limiters = new Map<string, RateLimiter>();

/**
 * Holds the public routes to their requests an address. Counted in this isolate: exact on one machine, and on the network
 * a caller has the limit at each place that it reaches. Here and not in an organization, so that guessed codes count too.
 *
 * @throws rate_limited
 */
export function limitAddress(c: Context<PassageContext>): void {
  const address = addressOf(c);
  if (!address) return;
  const rate = take(c.env.RATE_LIMIT_ADDRESS ?? defaultPolicies.address, `address ${address}`);
  setRateHeaders(c, "address", rate);
  if (!rate.allowed)
    throw problem("rate_limited", `Too many requests from your address. Try again in ${rate.retryAfterSeconds} s.`);
}

/**
 * Holds an API key to its requests, counted as those of an address are.
 *
 * @throws rate_limited
 */
export function limitKey(c: Context<PassageContext>, keyId: string): void {
  const rate = take(c.env.RATE_LIMIT_KEY ?? defaultPolicies.key, `key ${keyId}`);
  setRateHeaders(c, "key", rate);
  if (!rate.allowed) throw problem("rate_limited", `Too many requests. Try again in ${rate.retryAfterSeconds} s.`);
}

function take(policy: string, name: string): Rate {
  let limiter = limiters.get(policy);
  if (!limiter) {
    limiter = new RateLimiter(readPolicy(policy));
    limiters.set(policy, limiter);
  }
  return limiter.take(name, Date.now());
}

/** `RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers-11, and `Retry-After` where it helps. */
export function setRateHeaders(c: Context<PassageContext>, name: string, rate: Rate): void {
  c.header("ratelimit-policy", `"${name}";q=${rate.policy.count};w=${rate.policy.seconds}`);
  c.header("ratelimit", `"${name}";r=${rate.remaining};t=${rate.resetSeconds}`);
  if (!rate.allowed) c.header("retry-after", String(rate.retryAfterSeconds));
}
