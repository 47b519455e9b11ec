import { defineConfig } from "vitest/config";
import { hostNames } from "./device/src/host-names.ts";

/** What a command does is the same on every host, and these tests run on each. */
const onEveryHost = [
  "device/src/{commands,page-script}/**/*.test.ts",
  "device/src/hosts/{host,policies}.test.ts",
  "test/conformance/commands.test.ts",
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: each file may start a server and a browser.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "repository",
          include: [
            "{protocol,providers,device,server,sandbox,connect,link,cli,scripts}/**/*.test.ts",
            "{test,examples}/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", ...onEveryHost],
        },
      },
      ...hostNames.map((name) => ({
        test: {
          name,
          include: onEveryHost,
          env: { PASSAGE_TEST_HOST: name },
          setupFiles: ["device/test/expectations/gaps.ts"],
        },
      })),
    ],
  },
});
