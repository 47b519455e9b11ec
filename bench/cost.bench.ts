import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Operator } from "../cli/src/operator.ts";
import { DataFolder } from "../cli/src/runtime/data-folder.ts";
import { startServer } from "../cli/src/runtime/server-process.ts";
import { startReceiver } from "../test/harness/receiver.ts";
import type { Reading, Usage } from "./cost/meter.ts";
import { buildMeteredServer, readingPath } from "./cost/metered-server.ts";
import { callsOf, priceOf, priceOfMonth, priceOfRequests, rowsOf } from "./cost/price.ts";
import { openLink, type Work } from "./providers/open-link.ts";

/**
 * What one link costs: its creation, the claim, a sign-in with a code, the bills, the webhook, and the owner's reading of it. Rows
 * written, alarms, calls and time awake are counted on the shipped bundle, by class of object, and priced.
 */
const links = 3;
const aims = { rows: 70, alarms: 5, dollars: 0.0001 } as const;
const folder = mkdtempSync(join(tmpdir(), "passage-bench-"));
const data = new DataFolder(folder);
const server = await startServer({
  data,
  worker: await buildMeteredServer(folder),
  port: 0,
  host: "127.0.0.1",
  production: false,
  publicUrl: null,
  onLine: () => {},
});
const receiver = await startReceiver();
const { key: testKey } = await new Operator(server.url, data.operatorToken).createKey("test");
const port = Number(new URL(server.url).port);
const work: Work = {
  provider: "tmobile",
  user: "user_good",
  resource: "mobileBillingStatement",
  action: "read",
  webhookUrl: receiver.url,
};

const readings: (Reading & { requests: number })[] = [];
// The first link makes what an organization has once: its key, its first delivery's signing key.
for (let index = 0; index <= links; index++) {
  await openLink({ url: server.url, port, testKey }, port, work);
  await receiver.count(index + 1);
  const reading = await readWhenQuiet();
  if (index > 0) readings.push(reading);
}
await Promise.all([server.stop(), receiver.stop()]);
rmSync(folder, { recursive: true });

const requests = mean(readings.map((one) => one.requests));
const perLink = Object.fromEntries(
  Object.keys(readings[0]?.usage ?? {}).map((name) => [
    name,
    meanUsage(readings.map(({ usage }) => usage[name] as Usage)),
  ]),
);
for (const [name, usage] of Object.entries(perLink)) print(name, usage);

const classes = Object.values(perLink);
const rows = total(classes.map(rowsOf));
const alarms = total(classes.map(({ alarms }) => alarms.set + alarms.deleted));
const calls = total(classes.map(callsOf));
const messages = total(classes.map((usage) => usage.messages));
const dollars = total(classes.map(priceOf)) + priceOfRequests(requests);
const monthDollars = priceOfMonth(perLink.session?.bytes ?? 0);
const isMet = rows <= aims.rows && alarms <= aims.alarms && dollars < aims.dollars;
console.log(
  `a link: ${rows} rows (aim ${aims.rows}), ${alarms} changes of alarms (aim ${aims.alarms}), ${calls} calls, ${messages} messages, ${requests} requests: $${dollars.toFixed(6)} (aim ${aims.dollars}), and $${monthDollars.toFixed(6)} for a month of its session`,
);
console.log(
  JSON.stringify({
    bench: "cost",
    links,
    perLink,
    requests,
    rows,
    alarms,
    calls,
    messages,
    dollars,
    monthDollars,
    isMet,
  }),
);
process.exit(isMet ? 0 : 1);

/** What was counted once nothing is under way any more: a webhook's end is written after its receiver has it. */
async function readWhenQuiet(): Promise<Reading & { requests: number }> {
  const parts: (Reading & { requests: number })[] = [];
  do {
    const response = await fetch(server.url + readingPath);
    parts.push((await response.json()) as Reading & { requests: number });
  } while (parts.at(-1)?.underWay !== 0);
  const usage: Record<string, Usage> = {};
  for (const name of Object.keys(parts[0]?.usage ?? {}))
    usage[name] = addUp(parts.map((part) => part.usage[name] as Usage));
  return { usage, underWay: 0, requests: total(parts.map((part) => part.requests)) };
}

function addUp(parts: readonly Usage[]): Usage {
  return {
    calls: addRecords(parts.map(({ calls }) => calls)),
    messages: total(parts.map(({ messages }) => messages)),
    alarms: {
      set: total(parts.map(({ alarms }) => alarms.set)),
      deleted: total(parts.map(({ alarms }) => alarms.deleted)),
    },
    rows: addRecords(parts.map(({ rows }) => rows)),
    awakeMs: total(parts.map(({ awakeMs }) => awakeMs)),
    bytes: Math.max(...parts.map(({ bytes }) => bytes)),
  };
}

function meanUsage(usages: readonly Usage[]): Usage {
  const { calls, messages, alarms, rows, awakeMs, bytes } = addUp(usages);
  const share = (values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value / usages.length)]));
  return {
    calls: share(calls),
    messages: round(messages / usages.length),
    alarms: { set: round(alarms.set / usages.length), deleted: round(alarms.deleted / usages.length) },
    rows: share(rows),
    awakeMs: Math.round(awakeMs / usages.length),
    bytes,
  };
}

function print(name: string, usage: Usage): void {
  const line = (what: string, value: number | string) =>
    console.log(`  ${what.padEnd(34)} ${String(value).padStart(7)}`);
  console.log(`${name}: $${priceOf(usage).toFixed(6)}`);
  for (const [kind, count] of Object.entries(usage.rows).sort(([, a], [, b]) => b - a)) line(`rows: ${kind}`, count);
  line("rows in all", rowsOf(usage));
  line("alarms set", usage.alarms.set);
  line("alarms deleted", usage.alarms.deleted);
  for (const [call, count] of Object.entries(usage.calls)) line(`calls: ${call}`, count);
  line("socket messages", usage.messages);
  line("awake, ms", usage.awakeMs);
  line("size of its database, bytes", usage.bytes);
}

function addRecords(records: readonly Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const record of records)
    for (const [name, value] of Object.entries(record)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

function total(values: readonly number[]): number {
  return round(values.reduce((sum, value) => sum + value, 0));
}

function mean(values: readonly number[]): number {
  return round(total(values) / values.length);
}

function round(value: number): number {
  return Math.round(value * 1e7) / 1e7;
}
