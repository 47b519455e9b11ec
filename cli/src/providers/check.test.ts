import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operation } from "@passage/providers/define";
import { checkProvider } from "@passage/providers/tools/check";
import { forbiddenGlobals } from "@passage/providers/tools/determinism";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { passageBin } from "../../../test/harness/passage-process.ts";
import { checkSource } from "./source-check.ts";

const library = join(import.meta.dirname, "../../../examples/library-provider");
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "passage-provider-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

function passage(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [passageBin, "providers", ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("a new provider passes every check but the one for a recording, and is not overwritten", () => {
  const made = passage("new", "town-pool", "--dir", folder, "--operation", "poolVisits:read");
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(folder).sort()).toEqual([
    ".github",
    ".gitignore",
    "package.json",
    "pages.ts",
    "pool-visits.read.test.ts",
    "pool-visits.read.ts",
    "provider.ts",
    "recordings",
    "sandbox.ts",
    "tsconfig.json",
  ]);
  const { status, stdout } = passage("check", "town-pool", "--dir", folder, "--json");
  expect(status).toBe(1);
  const message = expect.stringContaining("has no recording");
  expect(JSON.parse(stdout)).toMatchObject([{ findings: [{ place: "poolVisits:read", message }] }]);
  const before = readFileSync(join(folder, "provider.ts"), "utf8");
  expect(passage("new", "town-pool", "--dir", folder)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Nothing was written"),
  });
  expect(readFileSync(join(folder, "provider.ts"), "utf8")).toBe(before);
});

test("it comes with a test and its types, which hold", { timeout: 90_000 }, () => {
  // The checks, which may run beside this, do not look at what git ignores.
  const ignored = join(import.meta.dirname, "../../.cache");
  mkdirSync(ignored, { recursive: true });
  const inside = mkdtempSync(join(ignored, "new-"));
  try {
    passage("new", "town-pool", "--dir", inside);
    expect(readdirSync(inside)).toEqual(expect.arrayContaining(["items.read.test.ts", "tsconfig.json"]));
    const tsc = join(import.meta.dirname, "../../../node_modules/.bin/tsc");
    const { status, stdout } = spawnSync(tsc, ["-p", inside], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  } finally {
    rmSync(inside, { recursive: true });
  }
});

test("what is published has the files of its folders, and no tests", () => {
  passage("new", "town-pool", "--dir", folder);
  mkdirSync(join(folder, "site"));
  for (const name of ["pools.ts", "pools.test.ts"]) writeFileSync(join(folder, "site", name), "export {};\n");
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" });
  expect(stdout).toContain('"site/pools.ts"');
  expect(stdout).not.toContain(".test.ts");
});

test("an operation is added to a provider, and is not overwritten", () => {
  passage("new", "town-pool", "--dir", folder, "--operation", "poolVisits:read");
  const more = ["new", "town-pool", "--dir", folder, "--operation", "swimPass:read"];
  const added = passage(...more);
  expect(added.stdout).toBe(
    `wrote ${join(folder, "swim-pass.read.ts")}\nwrote ${join(folder, "swim-pass.read.test.ts")}\nNext: list swimPassRead from ./swim-pass.read.ts among the operations of ` +
      `provider.ts, describe it in swim-pass.read.ts, then passage providers run town-pool swimPass:read --dir ${folder}\n`,
  );
  expect(passage(...more)).toMatchObject({ status: 1, stderr: expect.stringContaining("swim-pass.read.ts") });
});

test.each([
  [["new", "Town Pool"], "lower-case words with dashes"],
  [["new", "town-pool", "--operation", "visits:list"], "the action is read or write"],
  [["new", "town-pool", "--site", "http://pool.example"], "https address"],
  [["new", "tmobile"], "--operation adds another operation"],
  [["run", "town-pool", "visits:read"], "The catalog has no provider town-pool, but tmobile"],
  [["run", "tmobile", "visits:read"], "tmobile has no operation visits:read, but"],
  [["run", "tmobile", "paymentMethod:read", "--live", "--sandbox"], "Either --live or --sandbox"],
  [["run", "tmobile", "mobileBillingStatement:read", "--args", "{limit"], "--args takes JSON"],
  [["record", "tmobile", "paymentMethod:read", "--name", "My run"], "--name becomes part of a file name"],
  [["record", "cedar-library", "loans:read", "--dir", library, "--name", "two-pages"], "--force replaces it"],
  [["replay", "--dir", "nowhere"], "does not exist"],
])("%j says what to do", (words, advice) => {
  const { status, stderr } = passage(...words);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(advice) });
});

test("a source that could see a clock, chance or the network is told with its line", () => {
  const provider = [
    'import { now } from "./clock.ts";',
    'import "../other/clock.ts";',
    "export const at: number = now();",
  ];
  writeFileSync(join(folder, "provider.ts"), `${provider.join("\n")}\n`);
  const clock = [
    'import { readFileSync } from "node:fs";',
    "type Date2 = Date;",
    "export const now = (): number => Date.now() + Math.random();",
    'export const fine = { Date: "2026", at: "Date", fetch: 1 }.fetch;',
    'export const later = () => import("./other.ts");',
    "export const seen = (card: { reveal(): string }) => card.reveal();",
  ];
  writeFileSync(join(folder, "clock.ts"), `${clock.join("\n")}\n`);
  expect(
    checkSource({ folder, module: join(folder, "provider.ts") })
      .map(({ place, message }) => `${place} ${message.split(/[.:]/)[0]}`)
      .sort(),
  ).toEqual([
    "clock.ts:1 imports node",
    "clock.ts:3 uses Date",
    "clock.ts:3 uses Math",
    "clock.ts:5 imports at run time",
    "clock.ts:6 uses reveal",
    "provider.ts:2 imports ",
  ]);
});

test("a file that cannot be loaded is told with its line", () => {
  passage("new", "town-pool", "--dir", folder);
  const file = join(folder, "pages.ts");
  writeFileSync(file, `${readFileSync(file, "utf8")}export const broken = ;\n`);
  const line = readFileSync(file, "utf8").split("\n").length - 1;
  expect(passage("check", "--dir", folder)).toMatchObject({
    status: 1,
    stderr: `${file}:${line} cannot be loaded: Expression expected\n`,
  });
});

test("a bug in the code is told with its message and line", () => {
  cpSync(library, folder, { recursive: true });
  const file = join(folder, "loans.read.ts");
  const text = readFileSync(file, "utf8").replace("answer.loans.map(toLoan)", "answer.loan.map(toLoan)");
  writeFileSync(file, text);
  const line = text.split("\n").findIndex((one) => one.includes("answer.loan.map")) + 1;
  const { status, stdout } = passage("replay", "--dir", folder);
  expect(status).toBe(1);
  expect(stdout).toContain("thrown: Cannot read properties of undefined (reading 'map')\n");
  expect(stdout).toContain(`at ${file}:${line}:`);
});

test("the linter holds the catalog to the same list", () => {
  const biome = JSON.parse(readFileSync(join(import.meta.dirname, "../../../biome.json"), "utf8"));
  const [rule] = biome.overrides.flatMap(
    ({ linter }: { linter: { rules: { style: { noRestrictedGlobals?: unknown } } } }) =>
      linter.rules.style.noRestrictedGlobals ?? [],
  );
  expect(rule.options.deniedGlobals).toEqual(forbiddenGlobals);
});

test("what is wrong with a manifest or a schema is told, each with what to do", async () => {
  const wrong = operation({
    resource: "Loans",
    action: "read",
    description: "Your loans.",
    arguments: null,
    result: z.object({ due: z.date() }),
    sample: { due: "soon" as never },
    manifest: {
      origins: ["https://www.shop.example/", "http://shop.example"],
      signIn: ["https://login.shop.example"],
      reads: {},
      steps: undefined as never,
      says: [],
      evidence: "live",
    },
    run: async () => ({ due: new Date(0) }),
  });
  const provider = { id: "Shop", name: "Shop", version: 0, site: "http://shop.example", operations: [wrong, wrong] };
  const findings = await checkProvider(provider, []);
  const text = findings.map(({ place, message }) => `${place}: ${message}`).join("\n");
  for (const part of [
    "its id must be lower-case",
    "its version must be",
    "must be an https address, not http://shop.example",
    "it has Loans:read twice",
    "Loans:read: is resource:action",
    "without a full stop",
    "https://www.shop.example/, http://shop.example is no https origin",
    "manifest.signIn: https://login.shop.example is not among",
    "its manifest has no steps: a run can do only what they declare",
    "its result cannot be written as JSON Schema",
    "its sample does not fit its result: due:",
    "has no recording",
    "says live, and no recording was made on the live site",
  ])
    expect(text).toContain(part);
});
