import type { IdKind } from "@passage/protocol/ids";
import type { Env } from "../env.ts";
import { hashSecret, readTag, shardTag } from "../ids.ts";
import { repeatedMs } from "../limits.ts";
import type { IdempotentRequest } from "../organization/idempotency.ts";
import { shardOf, shardsAt, shardsIn, shardsSince } from "../organization/shards/shard-plan.ts";
import type { Caller } from "./context.ts";

/** The objects of an organization: its head, which is also shard 0, and its other link shards. Their tags, by their numbers. */
export async function shardTags(env: Env, { tag, shards }: Pick<Caller, "tag" | "shards">): Promise<readonly string[]> {
  const count = shardsIn(shards);
  const cached = tagsOfHeads.get(tag);
  if (cached && cached.length >= count) return cached.slice(0, count);
  const numbers = Array.from({ length: count }, (_, shard) => shard);
  const tags = await Promise.all(numbers.map((shard) => shardTag(env.PASSAGE_SECRET, tag, shard)));
  tagsOfHeads.delete(tag);
  tagsOfHeads.set(tag, tags);
  if (tagsOfHeads.size > headsAtMost) tagsOfHeads.delete(tagsOfHeads.keys().next().value as string);
  return tags;
}

/** The tag of the caller's shard that an id of theirs is in; null for an id of somebody else, or that was never made. */
export async function ownTag(env: Env, caller: Caller, kind: IdKind, id: string): Promise<string | null> {
  const tag = await readTag(env.PASSAGE_SECRET, kind, id);
  if (tag === null || tag === caller.tag) return tag;
  return (await shardTags(env, caller)).includes(tag) ? tag : null;
}

/** The shard of a new link or session: by its Idempotency-Key, else by its user, else at random. Its tag. */
export async function placementOf(
  env: Env,
  caller: Caller,
  once: IdempotentRequest | null,
  externalUserId: string | null,
): Promise<string> {
  const count = shardsAt(caller.shards, Date.now());
  if (count === 1) return caller.tag;
  const hash = once?.key ?? (externalUserId === null ? crypto.randomUUID() : await hashSecret(externalUserId));
  return (await shardTags(env, caller))[shardOf(hash, count)] as string;
}

/**
 * The shards in which a request with this Idempotency-Key may have been made before: where its key leads, and led to within the
 * time for which answers are repeated; the head; and the shard that makes it now. Their tags.
 *
 * @param id of the path, where the request has one
 */
export async function memoriesOf(env: Env, caller: Caller, { key }: IdempotentRequest, own: string | null) {
  const now = Date.now();
  const counts = shardsSince(caller.shards, now - repeatedMs, now);
  if (shardsIn(caller.shards) === 1) return [caller.tag];
  const tags = await shardTags(env, caller);
  const hashed = counts.map((count) => tags[shardOf(key, count)] as string);
  return [...new Set([...hashed, caller.tag, ...(own === null ? [] : [own])])];
}

/** The shard where a key leads that was used in another one; null where whoever uses it again asks that one anyway. */
export async function leadOf(
  env: Env,
  caller: Caller,
  { key }: IdempotentRequest,
  own: string | null,
): Promise<string | null> {
  const count = shardsAt(caller.shards, Date.now());
  if (own === null || own === caller.tag || count === 1) return null;
  const lead = (await shardTags(env, caller))[shardOf(key, count)] as string;
  return lead === own ? null : lead;
}

const headsAtMost = 1_000;
const tagsOfHeads = new Map<string, readonly string[]>();
