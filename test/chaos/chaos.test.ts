import { expect, test } from "vitest";
import { describeSchedule, scheduleOf } from "./schedule.ts";
import { runSeeds } from "./suite.ts";

test("a seed's schedule is the same each time, and another seed's is another", () => {
  expect(scheduleOf(7)).toEqual(scheduleOf(7));
  const all = Array.from({ length: 200 }, (_, seed) => describeSchedule({ ...scheduleOf(seed), seed: 0 }).join("\n"));
  expect(new Set(all).size).toBe(all.length);
});

test("20 links end as they must, whatever is killed, cut, delayed, repeated or taken over", {
  timeout: 120_000,
}, async () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  const { passed, failed, broken, tally } = await runSeeds(seeds);
  expect(failed.map(({ seed, broken }) => ({ seed, broken }))).toEqual([]);
  expect(broken).toEqual([]);
  expect(passed).toBe(20);
  expect(tally.get("kills")).toBeGreaterThan(3);
});
