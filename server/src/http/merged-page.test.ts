import fc from "fast-check";
import { expect, test } from "vitest";
import { readPositions, writeCursor } from "./cursor.ts";
import { mergedPage, positionIn } from "./merged-page.ts";

interface Item {
  readonly position: number;
  readonly time: number;
  readonly shard: number;
}

/** Rows of some shards as they are made: positions count up in each, and times never go back. */
const shards = fc
  .array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), { minLength: 1, maxLength: 6 })
  .map((steps) =>
    steps.map((ofShard, shard) =>
      ofShard.map((_, index): Item => {
        const time = ofShard.slice(0, index + 1).reduce((sum, step) => sum + step, 0);
        return { position: index + 1, time, shard };
      }),
    ),
  );

function walkBack(rows: readonly (readonly Item[])[], limit: number): Item[][] {
  const pages: Item[][] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const start = readPositions("rows", cursor);
    const found = rows.map((ofShard, shard) => {
      const before = positionIn(start, shard);
      return ofShard
        .filter(({ position }) => before === null || position < before)
        .reverse()
        .slice(0, limit + 1);
    });
    const { page, nextCursor } = mergedPage({
      list: "rows",
      limit,
      found,
      start,
      positionOf: ({ position }) => position,
      isBefore: (a, b) => a.time > b.time,
    });
    pages.push(page);
    cursor = nextCursor ?? undefined;
  }
  return pages;
}

test("pages of several shards are their rows, newest first, each once, whatever the limit", () => {
  fc.assert(
    fc.property(shards, fc.integer({ min: 1, max: 5 }), (rows, limit) => {
      const pages = walkBack(rows, limit);
      const all = pages.flat();
      const expected = rows.flat().sort((a, b) => b.time - a.time || a.shard - b.shard || b.position - a.position);
      expect(all).toEqual(expected);
      for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    }),
  );
});

test("a cursor of one shard is the one that it always was; one of several has a place for each", () => {
  expect(atob(writeCursor("links", [7]))).toBe("links:7");
  expect(readPositions("links", btoa("links:7"))).toEqual([7]);
  expect(atob(writeCursor("links", [7, null, 0]))).toBe("links:7..0");
  expect(readPositions("links", btoa("links:7..0"))).toEqual([7, null, 0]);
  expect(readPositions("links", undefined)).toBe(null);
  for (const wrong of ["links:", "links:x", "events:7", "links:7;8", `links:${"1.".repeat(64)}1`])
    expect(() => readPositions("links", btoa(wrong)), wrong).toThrow("Validation failed");
});
