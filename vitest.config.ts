import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
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
  "examples/library-provider/library.test.ts",
  "test/journeys/{account,carriers,interrupted,ledger,order-history,scenarios,trust}.test.ts",
  "test/canary/hostile.test.ts",
  "device/src/{egress/masks,egress/token-shapes,network/bodies}.test.ts",
  "device/src/declared/{commit-press,question-card}.test.ts",
  "test/{sites,useful-reads}/*.test.ts",
  "server/src/{http/long-results,session/viewer-limits}.test.ts",
  "cli/src/{start-failures,sweep,operate,data/data,events/*,keys/keys,links/links,trust/trust,providers/check}.test.ts",
  "test/chaos/webhooks.test.ts",
  "test/migrations/killed.test.ts",
  "test/mutation/mutations.test.ts",
  "test/hostile-server/{mutants,real-browser,told-bits}.test.ts",
];
const withShards = [
  "server/src/http/{events,idempotency,isolation,keys,link-life,links,organizations,webhook-changes,webhook-endpoints}.test.ts",
  "server/src/organization/webhooks/*.test.ts",
  "test/chaos/chaos.test.ts",
];
const fourShards = { LINK_SHARDS: "4" };
/** `npm test` runs the tests of the commands that most automations use; these run in conformance. */
const laterCommands =
  "{check,frame-geometry,frames,frameworks,history,keyboard,mouse,owned-fields,select,set-input-files}";
/** What a host has tested, and on which kinds of page. */
function partOf(host: string): { include: string[]; exclude?: string[] } {
  if (isWhole) return { include: onEveryHost };
  if (host !== "chromium") return { include: ["device/src/hosts/host.test.ts"] };
  return {
    include: onEveryHost.slice(0, 2),
    exclude: [
      `device/src/commands/${laterCommands}.test.ts`,
      "device/src/page-script/page-made-names.test.ts",
      "device/src/hosts/page-parts.test.ts",
    ],
  };
}

/** Without this the few files that take a minute end long after all others: no machine knows a fresh clone's times. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      /\/(display|canary|chaos|page\.browser)\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On two cores: some files mostly wait. Each may start a server and a browser, so that more would starve them.
    maxWorkers: 3,
    // Most of a small file's time is the import of what others have imported already.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "repository",
          include: [
            "{protocol,automation,providers,device,server,sandbox,connect,link,cli,scripts,examples}/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", ...onEveryHost, ...(isWhole ? [] : slow)],
          setupFiles: ["test/leave-as-found.ts"],
          // Whom the user of this machine trusts is not the tests' business.
          env: { PASSAGE_CONFIG: join(tmpdir(), `passage-test-config-${process.pid}`) },
        },
      },
      // The same, for a tenant whose links are spread over four objects.
      ...(isWhole
        ? [
            {
              test: {
                name: "four-shards",
                include: withShards,
                setupFiles: ["test/leave-as-found.ts"],
                env: fourShards,
              },
            },
          ]
        : []),
      ...hostNames.map((name) => {
        const { include, exclude } = partOf(name);
        const setupFiles = ["test/leave-as-found.ts", "device/test/expectations/gaps.ts"];
        return { test: { name, include, ...(exclude && { exclude }), env: { PASSAGE_TEST_HOST: name }, setupFiles } };
      }),
    ],
  },
});
