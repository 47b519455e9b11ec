import type { OperationHealth } from "@passage/protocol/http/provider";
import { type LatencyHistogram, quantile } from "./latency-histogram.ts";

/** How the runs of one operation ended, as one shard counted them. */
export interface OperationCounts {
  readonly resource: string;
  readonly action: string;
  readonly version: number;
  readonly success: number;
  readonly userGaveUp: number;
  readonly siteChanged: number;
  readonly schemaDrift: number;
  readonly otherFailures: number;
  readonly latency: LatencyHistogram;
  /** Epoch ms. */
  readonly lastRunAt: number;
}

const ends = ["success", "userGaveUp", "siteChanged", "schemaDrift", "otherFailures"] as const;

/** The counts of several shards as one: newest version first, then by name. */
export function summed(counts: readonly OperationCounts[]): OperationCounts[] {
  const byOperation = Map.groupBy(counts, ({ version, resource, action }) => `${version} ${resource} ${action}`);
  return [...byOperation.values()]
    .map((same) => same.reduce(sum))
    .sort((a, b) => b.version - a.version || a.resource.localeCompare(b.resource) || a.action.localeCompare(b.action));
}

export function toHealth({ latency: histogram, ...counts }: OperationCounts): OperationHealth {
  const [medianMs, p95Ms] = [quantile(histogram, 0.5), quantile(histogram, 0.95)];
  return {
    ...counts,
    runs: ends.reduce((total, end) => total + counts[end], 0),
    latency: medianMs === null || p95Ms === null ? null : { medianMs, p95Ms },
  };
}

function sum(a: OperationCounts, b: OperationCounts): OperationCounts {
  const [longer, shorter] = a.latency.length >= b.latency.length ? [a.latency, b.latency] : [b.latency, a.latency];
  return {
    ...a,
    ...Object.fromEntries(ends.map((end) => [end, a[end] + b[end]])),
    latency: longer.map((count, index) => count + (shorter[index] ?? 0)),
    lastRunAt: Math.max(a.lastRunAt, b.lastRunAt),
  };
}
