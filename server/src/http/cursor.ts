import { invalid } from "./problem.ts";

/** Where a list goes on in each shard, by their numbers; null: at its beginning there. */
export type Positions = readonly (number | null)[];

/** A place in a list, opaque to its reader: base64 of `<list>:<position>`, with a position per shard where there are several. */
export function writeCursor(list: string, at: number | Positions): string {
  return btoa(`${list}:${typeof at === "number" ? at : at.map((one) => one ?? "").join(".")}`);
}

/** The position, or null for a list from its beginning. @throws validation_failed when it is not a cursor of this list. */
export function readCursor(list: string, cursor: string | undefined): number | null {
  return readPositions(list, cursor)?.[0] ?? null;
}

/**
 * The positions, or null for a list from its beginning. A cursor from before the shards were raised has fewer of them.
 *
 * @throws validation_failed when it is not a cursor of this list
 */
export function readPositions(list: string, cursor: string | undefined): Positions | null {
  if (cursor === undefined) return null;
  const [name, positions = ""] = decode(cursor).split(":");
  if (name !== list || !/^\d{1,15}$|^\d{0,15}(\.\d{0,15}){1,63}$/.test(positions))
    throw invalid([{ path: "cursor", message: "is not one that this list gave; start without it" }]);
  return positions.split(".").map((one) => (one === "" ? null : Number(one)));
}

/** @param found one more than `limit`, where there are more. */
export function writePage<T>(list: string, found: readonly T[], limit: number, positionOf: (one: T) => number) {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { page, nextCursor: last === undefined ? null : writeCursor(list, positionOf(last)) };
}

function decode(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}
