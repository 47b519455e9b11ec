import { declaredScript } from "./declared-script.ts";
import type { Script } from "./scripted-device.ts";

/** Asks for the operation whose results can be the longest. */
export const readHistory = { integrationId: "apple-review", operations: [{ resource: "readHistory", action: "read" }] };

const pageSize = 100;

/**
 * A reading history whose result has so many characters, in pages of a hundred articles, as the device writes them. It plays
 * one device at a time: a request for the next page does not say which one that is.
 */
export function historyOf(length: number): Script {
  const article = (index: number, title: string) => ({ id: `a${10_000 + index}`, title, source: "s" });
  const shown = { duration: 1, readAt: "2026-11-15T20:41:00.000Z" };
  const count = Math.ceil(length / 350);
  const titled = Math.floor(length / count) - JSON.stringify({ ...article(0, ""), ...shown }).length - 1;
  const articles = Array.from({ length: count }, (_, index) => ({
    ...article(index, "t".repeat(titled + (index < length % count ? 1 : 0))),
    secondsRead: 1,
    readAt: "2026-11-15T20:41:00Z",
  }));
  const others = declaredScript({ places: ["account"], reads: {} });
  let next = 0;
  return (asked) => {
    if (asked.command !== "read") return others(asked);
    const { cursor } = asked.params.params as { cursor: true | "" };
    const from = cursor === "" ? 0 : next;
    next = from + pageSize;
    const data = { articles: articles.slice(from, next), nextCursor: next < count ? true : null };
    return { result: { status: "ok", data } };
  };
}
