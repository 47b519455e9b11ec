import { invalid } from "./problem.ts";

/** A place in a list, opaque to its reader: base64 of `<list>:<position>`. */
export function writeCursor(list: string, position: number): string {
  return btoa(`${list}:${position}`);
}

/** @throws validation_failed when it is not a cursor of this list. */
export function readCursor(list: string, cursor: string): number {
  const [name, position] = decode(cursor).split(":");
  if (name !== list || !/^\d{1,15}$/.test(position ?? ""))
    throw invalid([{ path: "cursor", message: "is not one that this list gave; start without it" }]);
  return Number(position);
}

function decode(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}
