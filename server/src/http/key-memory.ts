import { keyMemoryMs, keysInMemory } from "../limits.ts";
import type { KeyFacts } from "../organization/keys/admission.ts";

interface Known {
  readonly tag: string;
  readonly facts: KeyFacts;
  readonly until: number;
}

/**
 * What this isolate knows of API keys, by their hash, for some seconds: so the head of an organization is not on the path of each
 * request. A key that is unknown is asked for each time.
 */
const known = new Map<string, Known>();

export function recallKey(hash: string, now: number): KeyFacts | null {
  const found = known.get(hash);
  if (found && found.until > now) return found.facts;
  known.delete(hash);
  return null;
}

/** @param tag the organization's */
export function rememberKey(hash: string, tag: string, facts: KeyFacts, now: number): void {
  known.delete(hash);
  known.set(hash, { tag, facts, until: Math.min(now + keyMemoryMs, facts.expiresAt ?? Number.POSITIVE_INFINITY) });
  if (known.size > keysInMemory) known.delete(known.keys().next().value as string);
}

/** Something about an organization's keys, or its shards, has changed in a request that this isolate handled. */
export function forgetKeys(tag: string): void {
  for (const [hash, one] of known) if (one.tag === tag) known.delete(hash);
}
