import type { Route } from "@passage/protocol/routes/route";
import { eventOrderMs } from "../limits.ts";
import type { LoggedEvent } from "../organization/events/event-log.ts";
import { eventsOf } from "../stubs.ts";
import { readPositions } from "./cursor.ts";
import { mergedPage } from "./merged-page.ts";
import { invalid } from "./problem.ts";
import type { Asked } from "./serve.ts";
import { ownTag, shardTags } from "./tenant.ts";

const list = "events_after";

/** At most `limit` events of a shard, oldest first, those after a position. */
type Read = (tag: string, after: number, limit: number) => Promise<readonly LoggedEvent[]>;

/**
 * The events of all shards after one of them, oldest first. Where there are several shards, what happened in the last moment
 * is left for the next request: an event of another shard may still come before it.
 *
 * @throws validation_failed when the log does not have that event
 */
export async function oldestFirst(
  { c, caller }: Pick<Asked<Route>, "c" | "caller">,
  { limit, cursor, after }: { limit: number; cursor?: string | undefined; after: string },
  read: Read,
) {
  const tags = await shardTags(c.env, caller);
  const start = readPositions(list, cursor);
  const bounds =
    start === null ? await boundsOf({ c, caller }, tags, after) : tags.map((_, shard) => start[shard] ?? 0);
  const all = await Promise.all(bounds.map((bound, shard) => read(tags[shard] as string, bound, limit + 1)));
  const horizon = tags.length === 1 ? Number.POSITIVE_INFINITY : Date.now() - eventOrderMs;
  const found = all.map((events) => events.filter(({ createdAt }) => createdAt <= horizon));
  return mergedPage({
    list,
    limit,
    found,
    start: bounds,
    positionOf: ({ position }) => position,
    isBefore: (one, other) => one.createdAt < other.createdAt,
  });
}

/** Where each shard's log goes on after an event: at its position in its own shard, by its time in the others. */
async function boundsOf(
  { c, caller }: Pick<Asked<Route>, "c" | "caller">,
  tags: readonly string[],
  after: string,
): Promise<number[]> {
  const own = await ownTag(c.env, caller, "event", after);
  const place = own === null ? null : await eventsOf(c.env, own).placeOf(after);
  if (!place) throw invalid([{ path: "after", message: "is not an event of this log; events are kept for 30 days" }]);
  const at = tags.indexOf(own ?? "");
  return Promise.all(
    tags.map((tag, shard) =>
      shard === at ? place.position : eventsOf(c.env, tag).lastUpTo(shard < at ? place.createdAt : place.createdAt - 1),
    ),
  );
}
