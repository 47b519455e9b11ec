import type { Mode } from "@passage/protocol/ids";
import { keyMemoryMs, keysInMemory } from "../limits.ts";
import type { KeyFacts } from "../organization/keys/admission.ts";

/** A key that is in use. */
export interface KnownKey {
  /** The organization's. */
  readonly tag: string;
  readonly mode: Mode;
  readonly facts: KeyFacts;
}

/**
 * What this isolate knows of API keys for some seconds: so the head of an organization is not on the path of each request, and
 * nothing is hashed for it. A key that is unknown is asked for each time.
 */
const known = new Map<string, KnownKey & { readonly until: number }>();
/** How often something was forgotten: what was asked for before that is not remembered after it. */
let forgotten = 0;

/** What this isolate knows of a key, else what its organization says, as `ask` finds it out. */
export async function knownKey(key: string, ask: () => Promise<KnownKey>): Promise<KnownKey> {
  const found = known.get(key);
  if (found && found.until > Date.now()) return found;
  known.delete(key);
  const before = forgotten;
  const answer = await ask();
  if (before === forgotten) remember(key, answer, Date.now());
  return answer;
}

/** Something about an organization's keys, or its shards, has changed in a request that this isolate handled. */
export function forgetKeys(tag: string): void {
  forgotten += 1;
  for (const [key, one] of known) if (one.tag === tag) known.delete(key);
}

function remember(key: string, { tag, mode, facts }: KnownKey, now: number): void {
  known.delete(key);
  known.set(key, { tag, mode, facts, until: Math.min(now + keyMemoryMs, facts.expiresAt ?? Number.POSITIVE_INFINITY) });
  if (known.size > keysInMemory) known.delete(known.keys().next().value as string);
}
