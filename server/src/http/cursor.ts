import { invalid } from "./problem.ts";

/** A place in a list, opaque to its reader: base64 of `<list>:<position>`. */
export function writeCursor(list: string, position: number): string {
  return btoa(`${list}:${position}`);
}

/** The position, or null for a list from its beginning. @throws validation_failed when it is not a cursor of this list. */
export function readCursor(list: string, cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const [name, position] = decode(cursor).split(":");
  if (name !== list || !/^\d{1,15}$/.test(position ?? ""))
    throw invalid([{ path: "cursor", message: "is not one that this list gave; start without it" }]);
  return Number(position);
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
