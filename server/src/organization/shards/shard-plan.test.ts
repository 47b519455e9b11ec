import fc from "fast-check";
import { expect, test } from "vitest";
import { hashSecret } from "../../ids.ts";
import { type ShardPlan, shardOf, shardsAt, shardsIn, shardsSince, unsharded } from "./shard-plan.ts";

const raised: ShardPlan = [
  { count: 1, from: 0 },
  { count: 4, from: 1_000 },
  { count: 16, from: 2_000 },
];

test("new links use the newest number that has begun; ids may be of any that exists", () => {
  expect([0, 999, 1_000, 1_999, 2_000].map((now) => shardsAt(raised, now))).toEqual([1, 1, 4, 4, 16]);
  expect(shardsIn(raised)).toBe(16);
  expect([shardsIn(unsharded), shardsAt(unsharded, 5)]).toEqual([1, 1]);
});

test("a key is asked for in the shards of each number that was in use since it may have been used", () => {
  expect(shardsSince(raised, 0, 3_000)).toEqual([16, 4, 1]);
  expect(shardsSince(raised, 1_000, 3_000)).toEqual([16, 4]);
  expect(shardsSince(raised, 2_000, 3_000)).toEqual([16]);
  expect(shardsSince(raised, 0, 1_500)).toEqual([4, 1]);
});

test("a text has one shard, whoever asks, and texts spread evenly", async () => {
  const hashes = await Promise.all(Array.from({ length: 4_000 }, (_, index) => hashSecret(`key-${index}`)));
  const counts = Array.from({ length: 16 }, (_, shard) => hashes.filter((one) => shardOf(one, 16) === shard).length);
  for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(75);
  fc.assert(
    fc.property(fc.constantFrom(...hashes), fc.integer({ min: 1, max: 64 }), (hash, count) => {
      const shard = shardOf(hash, count);
      return shard >= 0 && shard < count && shard === shardOf(hash, count);
    }),
  );
});
