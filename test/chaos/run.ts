import { parseArgs } from "node:util";
import type { RunReport } from "./link-run.ts";
import { describeSchedule, scheduleOf } from "./schedule.ts";
import { runSeeds } from "./suite.ts";
import { runWebhookChaos, type WebhookChaosResult } from "./webhooks.ts";

/**
 * `npm run chaos -- --seeds 1000` runs the seeds 1 to 1000; `--from` begins at another one.
 * `npm run chaos -- --seed 137` runs that one alone and prints its schedule and what happened.
 * `npm run chaos -- --webhooks` ends 500 links on a receiver that fails half of the time while the server dies 20 times.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    seed: { type: "string" },
    from: { type: "string" },
    lanes: { type: "string" },
    webhooks: { type: "boolean" },
    links: { type: "string" },
    kills: { type: "string" },
  },
});
if (values.webhooks) {
  const result = await runWebhookChaos({
    links: whole("--links", values.links ?? "500"),
    kills: whole("--kills", values.kills ?? "20"),
    failing: 0.5,
    seed: whole("--seed", values.seed ?? "1"),
    onProgress: (line) => console.log(line),
  });
  process.exit(printWebhooks(result));
}
const one = values.seed === undefined ? null : whole("--seed", values.seed);
const from = whole("--from", values.from ?? "1");
const count = whole("--seeds", values.seeds ?? "100");
const lanes = whole("--lanes", values.lanes ?? "20");
const seeds = one === null ? Array.from({ length: count }, (_, index) => from + index) : [one];

if (one !== null) console.log(`${describeSchedule(scheduleOf(one)).join("\n")}\n`);
let done = 0;
const { passed, failed, broken, tally, seconds } = await runSeeds(seeds, {
  lanes,
  awaitHeld: true,
  ...(one !== null && { print: (line: string) => console.log(line) }),
  onReport: (report) => {
    done += 1;
    if (report.broken.length > 0 && one === null) printFailure(report);
    if (one === null && done % 100 === 0) console.log(`${done} of ${seeds.length} seeds`);
  },
});

for (const line of broken) console.log(`BROKEN  ${line}`);
console.log(`
${tally.table({
  runs: ["runs", "complete", "gives_up", "devices", "acted", "webhooks"],
  faults: ["kills", "kill at claim", "cut", "switch", "twins", "garbage", "delay", "duplicate", "stray"],
  seen: ["sessions resumed", "repeats", "joins", "stale answers", "claims held"],
})}
time        ${seconds.toFixed(1)} s, ${lanes} links at once
${failed.length > 0 ? `failed seeds ${failed.map((report) => report.seed).join(" ")}\n` : ""}${passed} passed, ${failed.length + broken.length} failed`);
process.exit(failed.length + broken.length === 0 ? 0 : 1);

function printFailure({ seed, broken, log }: RunReport): void {
  console.log(`\nFAILED seed ${seed}: ${broken.join("; ")}`);
  console.log(describeSchedule(scheduleOf(seed)).join("\n"));
  console.log(log.join("\n"));
  console.log(`Again, alone: npm run chaos -- --seed ${seed}`);
  console.log(`With its neighbours: npm run chaos -- --seeds ${lanes} --from ${Math.max(1, seed - lanes / 2)}\n`);
}

function printWebhooks({ broken, kills, events, outcomes, requests, taken, seconds }: WebhookChaosResult): number {
  for (const line of broken) console.log(`BROKEN  ${line}`);
  console.log(`
attempts    ${outcomes} ended, ${events} events logged, each to a webhookUrl and an endpoint
kills       ${kills}
requests    ${requests}, of which ${taken} were taken: ${events * 2} needed, ${taken - events * 2} repeats
time        ${seconds.toFixed(1)} s
${broken.length === 0 ? "every event arrived, in order per link, none was lost" : `${broken.length} failures`}`);
  return broken.length === 0 ? 0 : 1;
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`${name} takes a whole number from 1: npm run chaos -- --seeds 1000, or -- --seed 137`);
  process.exit(2);
}
