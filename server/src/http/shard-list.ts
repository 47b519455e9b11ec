import type { Route } from "@passage/protocol/routes/route";
import { readPositions } from "./cursor.ts";
import { mergedPage, positionIn } from "./merged-page.ts";
import type { Asked } from "./serve.ts";
import { shardTags } from "./tenant.ts";

interface NewestFirst<T> {
  /** What its cursors are of. */
  readonly list: string;
  /** At most `limit` of one shard, those before this position; null from the newest on. */
  readonly read: (tag: string, before: number | null, limit: number) => Promise<readonly T[]>;
  readonly positionOf: (one: T) => number;
  /** Epoch ms, by which the shards' lists are merged. */
  readonly timeOf: (one: T) => number;
}

/** A page of what all shards of the caller's organization have, newest first. */
export async function newestFirst<T>(
  { c, caller }: Pick<Asked<Route>, "c" | "caller">,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  { list, read, positionOf, timeOf }: NewestFirst<T>,
) {
  const tags = await shardTags(c.env, caller);
  const start = readPositions(list, cursor);
  const found = await Promise.all(
    tags.map((tag, shard) => {
      const before = positionIn(start, shard);
      return before === 0 ? [] : read(tag, before, limit + 1);
    }),
  );
  return mergedPage({ list, limit, found, start, positionOf, isBefore: (a, b) => timeOf(a) > timeOf(b) });
}
