import type { Usage } from "./meter.ts";

/** Cloudflare's public prices in dollars, above what each plan includes. */
const prices = {
  /** A change of an alarm is one row. */
  row: 1 / 1e6,
  /** A call, an alarm that goes off, the end of a socket; 20 incoming messages are one. */
  objectRequest: 0.15 / 1e6,
  workerRequest: 0.3 / 1e6,
  /** An object is charged as 128 MB while it is awake. */
  awakeSecond: (0.128 * 12.5) / 1e6,
  storedByteMonth: 0.2 / 1e9,
} as const;
const messagesPerRequest = 20;

export function rowsOf({ rows }: Pick<Usage, "rows">): number {
  return sum(Object.values(rows));
}

export function callsOf({ calls }: Pick<Usage, "calls">): number {
  return sum(Object.values(calls));
}

/** Dollars for what objects did, without the storage. */
export function priceOf(usage: Usage): number {
  return (
    (rowsOf(usage) + usage.alarms.set + usage.alarms.deleted) * prices.row +
    (callsOf(usage) + usage.messages / messagesPerRequest) * prices.objectRequest +
    (usage.awakeMs / 1000) * prices.awakeSecond
  );
}

export function priceOfRequests(count: number): number {
  return count * prices.workerRequest;
}

/** Dollars for so many bytes, kept for a month. */
export function priceOfMonth(bytes: number): number {
  return bytes * prices.storedByteMonth;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
