/** Upper bounds in ms. A run with a person in it takes seconds to minutes; a session lasts an hour at most. */
const bounds = [
  100, 250, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000,
  180_000, 300_000, 600_000, 900_000, 3_600_000,
] as const;

/** How many runs took how long: one count for each bound. Small enough for a row, and it never grows. */
export type LatencyHistogram = readonly number[];

/** The histogram with one run more. What took longer than the last bound counts there. */
export function withRun(histogram: LatencyHistogram, ms: number): LatencyHistogram {
  const found = bounds.findIndex((bound) => ms <= bound);
  const at = found === -1 ? bounds.length - 1 : found;
  return bounds.map((_, index) => (histogram[index] ?? 0) + (index === at ? 1 : 0));
}

/**
 * The time in ms within which this share of the runs was over, evenly spread within its bucket; null without any run.
 * @param share 0.5: the median.
 */
export function quantile(histogram: LatencyHistogram, share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let before = 0;
  for (const [index, count] of histogram.entries()) {
    const rank = total * share - before;
    if (rank <= count) {
      const [from, to] = [bounds[index - 1] ?? 0, bounds[index] ?? 0];
      return Math.round(from + (to - from) * (rank / count));
    }
    before += count;
  }
  return null;
}
