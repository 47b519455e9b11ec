import { type Positions, writeCursor } from "./cursor.ts";

/** What a list has of each shard, one more than its limit where there is more, and where each was begun. */
export interface ShardPages<T> {
  readonly list: string;
  readonly limit: number;
  readonly found: readonly (readonly T[])[];
  /** The positions that the cursor had; null for a list from its beginning. */
  readonly start: Positions | null;
  readonly positionOf: (one: T) => number;
  /** Whether one comes before another; two of the same instant are in the order of their shards. */
  readonly isBefore: (one: T, other: T) => boolean;
}

/** The lists of several shards as one, each in its own order, and a cursor that holds a position for each. */
export function mergedPage<T>({ list, limit, found, start, positionOf, isBefore }: ShardPages<T>) {
  const taken = found.map(() => 0);
  const page: T[] = [];
  while (page.length < limit) {
    const shard = firstOf(found, taken, isBefore);
    if (shard === null) break;
    page.push(found[shard]?.[taken[shard] as number] as T);
    taken[shard] = (taken[shard] as number) + 1;
  }
  const hasMore = found.some((items, shard) => items.length > (taken[shard] as number));
  if (!hasMore) return { page, nextCursor: null };
  const positions = found.map((items, shard) => {
    const last = items[(taken[shard] as number) - 1];
    return last === undefined ? positionIn(start, shard) : positionOf(last);
  });
  return { page, nextCursor: writeCursor(list, positions) };
}

/** Where a list goes on in a shard. One that came after the cursor has only what is newer than the pages before. */
export function positionIn(start: Positions | null, shard: number): number | null {
  if (start === null) return null;
  const position = start[shard];
  return position === undefined ? 0 : position;
}

/** The shard whose next item comes first; null when none has one. */
function firstOf<T>(
  found: readonly (readonly T[])[],
  taken: readonly number[],
  isBefore: (one: T, other: T) => boolean,
): number | null {
  let first: number | null = null;
  for (const [shard, items] of found.entries()) {
    const next = items[taken[shard] as number];
    if (next === undefined) continue;
    const best = first === null ? undefined : found[first]?.[taken[first] as number];
    if (best === undefined || isBefore(next, best)) first = shard;
  }
  return first;
}
