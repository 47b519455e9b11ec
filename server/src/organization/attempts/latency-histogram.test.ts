import { expect, test } from "vitest";
import { type LatencyHistogram, quantile, withRun } from "./latency-histogram.ts";

const of = (...times: number[]): LatencyHistogram => times.reduce<LatencyHistogram>(withRun, []);

test("without a run there is no latency", () => {
  expect(quantile([], 0.5)).toBe(null);
  expect(quantile(of(), 0.95)).toBe(null);
});

test("a quantile lies in the bucket of the run that it stands for", () => {
  const hundred = of(...Array<number>(94).fill(4_000), ...Array<number>(6).fill(50_000));
  const median = quantile(hundred, 0.5) ?? 0;
  const p95 = quantile(hundred, 0.95) ?? 0;
  expect([median > 3_000 && median <= 5_000, p95 > 45_000 && p95 <= 60_000]).toEqual([true, true]);
  expect(quantile(of(90), 1)).toBe(100);
  expect(quantile(of(0), 0.5)).toBe(50);
});

test("a larger share never takes less time, and an endless run counts as the longest", () => {
  const mixed = of(20, 700, 700, 6_000, 130_000, Number.MAX_SAFE_INTEGER);
  const shares = Array.from({ length: 100 }, (_, index) => quantile(mixed, (index + 1) / 100) ?? -1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(3_600_000);
});
