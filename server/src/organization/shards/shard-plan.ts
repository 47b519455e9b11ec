/**
 * How many shards an organization has, and since when: the first entry is from the beginning, and each later one has more.
 * Shard 0 is the head itself. Nothing is moved when the number is raised: ids say where their links are.
 */
export type ShardPlan = readonly ShardCount[];

export interface ShardCount {
  readonly count: number;
  /** Epoch ms from which new links use it: late enough that every Worker has heard of it. */
  readonly from: number;
}

export const unsharded: ShardPlan = [{ count: 1, from: 0 }];

/** How many shards exist, whether new links use them yet or not. */
export function shardsIn(plan: ShardPlan): number {
  return plan.at(-1)?.count ?? 1;
}

/** Over how many shards new links are spread. */
export function shardsAt(plan: ShardPlan, now: number): number {
  return plan.findLast(({ from }) => from <= now)?.count ?? 1;
}

/** Over how many shards new links were spread at any moment since this time, newest first. */
export function shardsSince(plan: ShardPlan, time: number, now: number): number[] {
  return plan
    .filter(({ from }, index) => from <= now && (plan[index + 1]?.from ?? Number.POSITIVE_INFINITY) > time)
    .map(({ count }) => count)
    .reverse();
}

/** The shard of a text by its hash, such as that of an Idempotency-Key. @param hash hex digits, at least eight */
export function shardOf(hash: string, count: number): number {
  return Number.parseInt(hash.slice(0, 8), 16) % count;
}
