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

/** How often something was forgotten: what was asked for before that is not remembered after it. */
let forgotten = 0;

/**
 * What this isolate knows of a key, else what its organization says; null for a key that is unknown there.
 *
 * @param tag the organization's
 */
export async function factsOf(
  hash: string,
  tag: string,
  ask: () => Promise<KeyFacts | null>,
): Promise<KeyFacts | null> {
  const found = known.get(hash);
  if (found && found.until > Date.now()) return found.facts;
  known.delete(hash);
  const before = forgotten;
  const facts = await ask();
  if (facts && before === forgotten) remember(hash, tag, facts, Date.now());
  return facts;
}

/** Something about an organization's keys, or its shards, has changed in a request that this isolate handled. */
export function forgetKeys(tag: string): void {
  forgotten += 1;
  for (const [hash, one] of known) if (one.tag === tag) known.delete(hash);
}

function remember(hash: string, tag: string, facts: KeyFacts, now: number): void {
  known.set(hash, { tag, facts, until: Math.min(now + keyMemoryMs, facts.expiresAt ?? Number.POSITIVE_INFINITY) });
  if (known.size > keysInMemory) known.delete(known.keys().next().value as string);
}
