import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { hostNames } from "./device/src/host-names.ts";

/** What a command does is the same on every host, and these tests run on each. */
const onEveryHost = [
  "device/src/{commands,page-script}/**/*.test.ts",
  "device/src/hosts/*.test.ts",
  "test/conformance/commands.test.ts",
];
/** So that `npm test` stays under ten minutes on two cores, these wait for `npm run conformance`. */
const isWhole = process.env.PASSAGE_TESTS === "conformance";
const slow = [
  "test/packages/*.test.ts",
  "test/journeys/{carriers,order-history}.test.ts",
  "test/chaos/webhooks.test.ts",
  "test/mutation/mutations.test.ts",
];
/** What a host has tested, and on which kinds of page. */
function partOf(host: string): { include: string[]; env?: { PASSAGE_FIXTURES: string } } {
  if (isWhole) return { include: onEveryHost };
  const hosts = "device/src/hosts/*.test.ts";
  const rows = "test/conformance/commands.test.ts";
  const env = { PASSAGE_FIXTURES: "html" };
  // Each command has tests of its own there; the rows of the commands run on the webview with the least abilities.
  if (host === "chromium") return { include: onEveryHost.filter((pattern) => pattern !== rows), env };
  return host === "webview-contract-page" ? { include: [hosts, rows], env } : { include: [hosts] };
}

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On two cores: some files mostly wait. Each may start a server and a browser, so that more would starve them.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: "repository",
          include: [
            "{protocol,providers,device,server,sandbox,connect,link,cli,scripts,examples}/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", ...onEveryHost, ...(isWhole ? [] : slow)],
          // Whom the user of this machine trusts is not the tests' business.
          env: { PASSAGE_CONFIG: join(tmpdir(), `passage-test-config-${process.pid}`) },
        },
      },
      ...hostNames.map((name) => {
        const { include, env } = partOf(name);
        const setupFiles = ["device/test/expectations/gaps.ts"];
        return { test: { name, include, env: { PASSAGE_TEST_HOST: name, ...env }, setupFiles } };
      }),
    ],
  },
});
