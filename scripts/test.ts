import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statfsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { text } from "node:stream/consumers";
import { startVitest, type TestCase } from "vitest/node";
import { flakes } from "../test/flakes.ts";
import { secondTryFaults, type Tries } from "./second-tries.ts";

/** The checks, beside all tests. Closes with `N passed, N failed`; arguments choose test files, and leave out the checks. */
const filters = process.argv.slice(2);
keepTemporaryFilesInMemory();
const checks = filters.length === 0 ? runChecks() : null;
// No test has a second try but those that test/flakes.ts names.
const vitest = await startVitest("test", filters, { run: true, watch: false });
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenModules = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
const faults = secondTryFaults(tests.map(triesOf), flakes);
const again = tests.filter((one) => one.result().state === "passed" && triesOf(one).had > 0);
await vitest.close();
const checked = (await checks) ?? { passed: true, output: "" };
const brokenRuns = brokenModules + vitest.state.getUnhandledErrors().length + (checked.passed ? 0 : 1);
const failed = count("failed") + faults.length + brokenRuns;
for (const test of again) {
  console.log(`passed at its second try: ${test.fullName} (${test.module.relativeModuleId})`);
  for (const { message, stack = message, diff = "" } of test.result().errors ?? []) {
    const ownLines = stack.split("\n").filter((line) => !line.includes("node_modules"));
    console.log(`  the first: ${ownLines.join("\n")}\n${diff}`.trimEnd());
  }
}
for (const fault of faults) console.log(fault);
if (checks) console.log(checked.output.trimEnd());
if (!checked.passed) console.log("The checks above failed.");
const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
console.log(`${count("passed")} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 && count("passed") > 0 ? 0 : 1);

function triesOf(test: TestCase): Tries {
  const { retry = 0 } = test.options;
  const allowed = typeof retry === "number" ? retry : (retry.count ?? 0);
  return { file: test.module.relativeModuleId, test: test.fullName, allowed, had: test.diagnostic()?.retryCount ?? 0 };
}

/** Test servers and browsers write much, and nothing of it is kept. A machine with little memory writes to its disk. */
function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR) return;
  const folder = "/dev/shm";
  if (!existsSync(folder)) return;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize > 4 * 2 ** 30) process.env.TMPDIR = folder;
}

/** Runs the checks at a low priority, so that they use the time in which tests wait. Prints a failure at once, and again at the end. */
async function runChecks(): Promise<{ passed: boolean; output: string }> {
  const child = spawn("node", ["scripts/check.ts"], { stdio: ["ignore", "pipe", "inherit"] });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (status !== 0) console.log(`${output}\nThe checks above failed; the tests go on.`);
  return { passed: status === 0, output };
}
