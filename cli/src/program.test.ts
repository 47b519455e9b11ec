import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { removeFolder, temporaryFolder } from "../../test/harness/passage-process.ts";
import { runPassage } from "../../test/harness/run-passage.ts";
import packageFile from "../package.json" with { type: "json" };
import { passageProgram } from "./program.ts";
import { asking, leavesOf } from "./testing/commands.ts";

let empty: string;
let stale: string;
beforeAll(() => {
  process.setMaxListeners(100);
  empty = temporaryFolder();
  stale = temporaryFolder();
  // What a server leaves that was killed together with its start.
  writeFileSync(join(stale, "server.json"), JSON.stringify({ pid: 1, workerdPid: 1, url: "http://127.0.0.1:9" }));
  writeFileSync(join(stale, "operator-token"), "opr_1");
});
afterAll(() => {
  removeFolder(empty);
  removeFolder(stale);
});

let printed: string[];
beforeEach(() => {
  printed = [];
  for (const stream of ["log", "error"] as const)
    vi.spyOn(console, stream).mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

/** In this process; returns what commander refused, or the exit status. */
async function passage(...words: string[]): Promise<{ code: unknown; printed: string }> {
  printed = [];
  process.exitCode = undefined;
  const refusal = await passageProgram()
    .parseAsync(words, { from: "user" })
    .then(() => null)
    .catch((error) => error);
  if (refusal !== null && !(refusal instanceof CommanderError)) throw refusal;
  return { code: refusal?.code ?? process.exitCode, printed: printed.join("\n") };
}

const leaves = () => leavesOf(passageProgram());
/** Words as a shell splits them. */
const wordsOf = (line: string) =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");

test("[N16] --version prints the package's version, and so does -V", async () => {
  for (const flag of ["--version", "-V"])
    expect(await runPassage([flag])).toEqual({ status: 0, stdout: packageFile.version, stderr: "" });
});

test.each(leaves().map(({ path }) => path))(
  "passage %s --help has one example, which is a call that it takes",
  async (path) => {
    const { code, printed } = await passage(...path.split(" "), "--help");
    expect(code).toBe("commander.helpDisplayed");
    const [, example = ""] = /\nExample:\n {2}passage (.+)$/.exec(printed) ?? [];
    expect(example).toMatch(new RegExp(`^${path}( |$)`));
    const program = passageProgram();
    const ran: string[] = [];
    for (const leaf of leavesOf(program)) leaf.command.action(() => void ran.push(leaf.path));
    await program.parseAsync(wordsOf(example), { from: "user" });
    expect(ran).toEqual([path]);
  },
);

test("an unknown command or option gets the one that was meant, at every level", async () => {
  for (const { path, command } of leaves()) {
    const words = path.split(" ");
    const misspelt = [...words.slice(0, -1), `${words.at(-1)}x`];
    const suggestion = await passage(...misspelt);
    expect(suggestion.code).toBe("commander.unknownCommand");
    expect(suggestion.printed, misspelt.join(" ")).toMatch(/Did you mean/);
    const needed = command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long }) => [`${long}=http://localhost`]);
    for (const { long } of command.options) {
      const { code, printed } = await passage(...words, ...needed, `${long}x`);
      expect(code).toBe("commander.unknownOption");
      expect(printed, `${path} ${long}x`).toMatch(/Did you mean/);
    }
  }
});

const needing = {
  ...asking,
  "organizations list": [],
  "organizations get": ["a"],
  "organizations rename": ["a", "b"],
  "organizations set-link-shards": ["a", "4"],
  "logs tail": [],
};

test.each(Object.entries(needing))(
  "[N16] passage %s without a server ends with status 3 and says what to do",
  async (name, args) => {
    const { code, printed } = await passage(...name.split(" "), ...args, "--data", empty);
    expect(code).toBe(3);
    expect(printed).toMatch(/^No server runs on .*Start it with/m);
  },
);

test.each(["keys create", "organizations list", "health", "links list"])(
  "[N16] passage %s beside the file of a server that is gone ends with status 3",
  async (name) => {
    const { code, printed } = await passage(...name.split(" "), "--data", stale);
    expect(code).toBe(3);
    expect(printed).toContain("127.0.0.1:9");
  },
);
