import { parseArgs } from "node:util";
import { seedsAsked, wholeNumber } from "../harness/seeds.ts";
import type { RunReport } from "./link-run.ts";
import { describeSchedule, scheduleOf } from "./schedule.ts";
import { runSeeds } from "./suite.ts";
import { runWebhookChaos, type WebhookChaosResult } from "./webhooks.ts";

/**
 * `npm run chaos -- --seeds 1000` runs the seeds 1 to 1000; with `--seed 137` as well, 1000 of them from 137 on.
 * `npm run chaos -- --seed 137` runs that one alone and prints its schedule and what happened.
 * `npm run chaos -- --webhooks` ends 500 links on a receiver that fails half of the time while the server dies 20 times.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    seed: { type: "string" },
    lanes: { type: "string" },
    webhooks: { type: "boolean" },
    links: { type: "string" },
    kills: { type: "string" },
  },
});
if (values.webhooks) {
  const result = await runWebhookChaos({
    links: wholeNumber("chaos", "--links", values.links ?? "500"),
    kills: wholeNumber("chaos", "--kills", values.kills ?? "20"),
    failing: 0.5,
    seed: wholeNumber("chaos", "--seed", values.seed ?? "1"),
    onProgress: (line) => console.log(line),
  });
  process.exit(printWebhooks(result));
}
const { seeds, one } = seedsAsked("chaos", values, "100");
const lanes = wholeNumber("chaos", "--lanes", values.lanes ?? "20");

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
  console.log(`With its neighbours: npm run chaos -- --seeds ${lanes} --seed ${Math.max(1, seed - lanes / 2)}\n`);
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
