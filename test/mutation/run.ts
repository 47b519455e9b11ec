import { parseArgs } from "node:util";
import { seedsAsked, wholeNumber } from "../harness/seeds.ts";
import { describe } from "./mutations.ts";
import { type Report, runSeeds } from "./suite.ts";
import { isAllowed, outcomes } from "./verdict.ts";

/**
 * `npm run mutations -- --seeds 200` runs the seeds 1 to 200; with `--seed 137` as well, 200 of them from 137 on.
 * `npm run mutations -- --seed 137` runs that one alone and prints what was changed, asked and answered.
 */
const { values } = parseArgs({
  options: { seeds: { type: "string" }, seed: { type: "string" }, lanes: { type: "string" } },
});
const { seeds, one } = seedsAsked("mutations", values, "200");
const startedAt = performance.now();
const reports = await runSeeds(seeds, {
  lanes: wholeNumber("mutations", "--lanes", values.lanes ?? "2"),
  onReport: (report) => {
    if (one !== null || !isAllowed(report.outcome)) print(report);
  },
  ...(one !== null && { print: (line: string) => console.log(line) }),
});

const failed = reports.filter(({ outcome }) => !isAllowed(outcome));
const counts = (some: readonly Report[]) =>
  outcomes
    .map((outcome) => String(some.filter((report) => report.outcome === outcome).length).padStart(outcome.length))
    .join("  ");
const width = Math.max(...reports.map(({ what }) => what.length), 12);
console.log(`\n${"".padEnd(width)}  ${outcomes.join("  ")}`);
for (const what of [...new Set(reports.map((report) => report.what))].sort())
  console.log(`${what.padEnd(width)}  ${counts(reports.filter((report) => report.what === what))}`);
console.log(`${"all".padEnd(width)}  ${counts(reports)}`);
const met = reports.filter((report) => report.met).length;
console.log(`
met what was changed: ${met} of ${reports.length}; ${((performance.now() - startedAt) / 1000).toFixed(0)} s
${failed.length > 0 ? `failed seeds ${failed.map(({ seed }) => seed).join(" ")}; again: npm run mutations -- --seed ${failed[0]?.seed}\n` : ""}${reports.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);

function print({ seed, what, mutations, outcome, ended, truth, met }: Report): void {
  console.log(`\nseed ${seed}: ${what}: ${outcome}${met ? "" : " (the change was not met)"}`);
  for (const mutation of mutations) console.log(`  ${describe(mutation)}`);
  console.log(`  ended ${JSON.stringify(ended).slice(0, 3_000)}`);
  if (outcome === "WRONG DATA") console.log(`  truth ${JSON.stringify({ result: truth }).slice(0, 3_000)}`);
}
