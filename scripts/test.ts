import { spawnSync } from "node:child_process";
import { startVitest } from "vitest/node";

/** Everything: the checks, then every test. Closes with `N passed, N failed`; arguments choose test files. */
const filters = process.argv.slice(2);
if (filters.length === 0) {
  const { status } = spawnSync("node", ["scripts/check.ts"], { stdio: "inherit" });
  if (status !== 0) {
    console.log("The checks above failed; the tests were not run.\n0 passed, 1 failed");
    process.exit(1);
  }
}
// Real browsers on shared machines stall at times: a test may pass at its second try, and then it is named.
const vitest = await startVitest("test", filters, { run: true, watch: false, retry: 1 });
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenModules = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
const again = tests.filter((one) => one.result().state === "passed" && (one.diagnostic()?.retryCount ?? 0) > 0);
// A property that failed has failed: the second try drew other values.
const refuted = again.filter((one) => one.result().errors?.some(({ message }) => /^Property failed/.test(message)));
const failed = count("failed") + refuted.length + brokenModules + vitest.state.getUnhandledErrors().length;
await vitest.close();
for (const test of again) {
  const verdict = refuted.includes(test) ? "FAILED at its first try" : "passed at its second try";
  console.log(`${verdict}: ${test.fullName} (${test.module.relativeModuleId})`);
  for (const { message, stack = message, diff = "" } of test.result().errors ?? []) {
    const ownLines = stack.split("\n").filter((line) => !line.includes("node_modules"));
    console.log(`  the first: ${ownLines.join("\n")}\n${diff}`.trimEnd());
  }
}
const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
console.log(`${count("passed") - refuted.length} passed, ${failed} failed${skipped}`);
process.exit(failed === 0 && count("passed") > 0 ? 0 : 1);
