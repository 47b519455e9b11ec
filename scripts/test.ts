import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statfsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { text } from "node:stream/consumers";
import { startVitest } from "vitest/node";

/** The checks, beside all tests. Closes with `N passed, N failed`; arguments choose test files, and leave out the checks. */
const filters = process.argv.slice(2);
keepTemporaryFilesInMemory();
const checks = filters.length === 0 ? runChecks() : null;
// Real browsers on shared machines stall at times: a test may pass at its second try, and then it is named.
const vitest = await startVitest("test", filters, { run: true, watch: false, retry: 1 });
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenModules = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
const again = tests.filter((one) => one.result().state === "passed" && (one.diagnostic()?.retryCount ?? 0) > 0);
// A property that failed has failed: the second try drew other values.
const refuted = again.filter((one) => one.result().errors?.some(({ message }) => /^Property failed/.test(message)));
await vitest.close();
const checked = (await checks) ?? { passed: true, output: "" };
const brokenRuns = brokenModules + vitest.state.getUnhandledErrors().length + (checked.passed ? 0 : 1);
const failed = count("failed") + refuted.length + brokenRuns;
for (const test of again) {
  const verdict = refuted.includes(test) ? "FAILED at its first try" : "passed at its second try";
  console.log(`${verdict}: ${test.fullName} (${test.module.relativeModuleId})`);
  for (const { message, stack = message, diff = "" } of test.result().errors ?? []) {
    const ownLines = stack.split("\n").filter((line) => !line.includes("node_modules"));
    console.log(`  the first: ${ownLines.join("\n")}\n${diff}`.trimEnd());
  }
}
if (checks) console.log(checked.output.trimEnd());
if (!checked.passed) console.log("The checks above failed.");
const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
console.log(`${count("passed") - refuted.length} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 && count("passed") > 0 ? 0 : 1);

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
