import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { escapes, startHostileServer } from "../../test/harness/hostile-server.ts";
import { removeFolder, temporaryFolder } from "../../test/harness/passage-process.ts";
import { passageProgram } from "./program.ts";
import { asking, leavesOf } from "./testing/commands.ts";

/** By Unicode's own names; the line breaks between printed lines are the door's own. */
const acts = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

let folder: string;
let answering: Awaited<ReturnType<typeof startHostileServer>>;
let refusing: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
  // Each command that goes on until it is interrupted listens for that until its process ends.
  process.setMaxListeners(100);
  folder = temporaryFolder();
  answering = await startHostileServer();
  refusing = await startHostileServer({ refuses: true });
  writeFileSync(join(folder, "ledger.json"), JSON.stringify({ passageLedger: 1, sessionId: escapes }));
  writeFileSync(join(folder, "ledger-text.json"), `${escapes} is no JSON`);
  mkdirSync(join(folder, "provider"));
  // The data folder of a server whose operator's routes and log are hostile.
  mkdirSync(join(folder, "served/log"), { recursive: true });
  writeFileSync(join(folder, "served/server.json"), JSON.stringify({ pid: 1, workerdPid: 1, url: answering.url }));
  writeFileSync(join(folder, "served/operator-token"), "opr_1");
  writeFileSync(join(folder, "served/log/server.jsonl"), `{"event":${JSON.stringify(escapes)},"x":"\u009b31m"}\n`);
  writeFileSync(join(folder, "provider/provider.ts"), `throw new Error(${JSON.stringify(escapes)});`);
});
afterAll(() => {
  answering.stop();
  refusing.stop();
  removeFolder(folder);
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

/** In this process: hundreds of processes would say no more. */
async function passage(...words: string[]): Promise<string[]> {
  printed = [];
  answering.reset();
  await passageProgram()
    .parseAsync(words, { from: "user" })
    .catch(() => {});
  return printed;
}

/** Commands whose data comes from a file, a folder or the command line; each is given some that escapes. */
const reading: Record<string, () => string[]> = {
  start: () => ["--public-url", escapes],
  open: () => ["clm_1", "--server", refusing.url],
  "logs tail": () => ["--no-follow", "--data", join(folder, "served")],
  "organizations list": () => ["--data", join(folder, "served")],
  "organizations get": () => ["default", "--data", join(folder, "served")],
  "organizations set-link-shards": () => [escapes, "4", "--data", join(folder, "served")],
  "organizations rename": () => [escapes, escapes, "--data", join(folder, "served")],
  build: () => ["--out", join(folder, "built"), "--providers", join(folder, escapes)],
  backup: () => [join(folder, "none"), "--data", join(folder, escapes)],
  restore: () => [join(folder, escapes)],
  doctor: () => ["--port", "0", "--data", join(folder, escapes)],
  demo: () => [`--${escapes}`],
  "trust add": () => [escapes],
  "trust list": () => [`--${escapes}`],
  "trust remove": () => [escapes],
  "sandbox users": () => [`--${escapes}`],
  "ledger verify": () => [join(folder, "ledger-text.json")],
  "providers new": () => [escapes, "--site", "https://a.example"],
  "providers run": () => ["cedar", "loans:read", "--dir", join(folder, "provider")],
  "providers record": () => ["cedar", "loans:read", "--name", escapes],
  "providers replay": () => ["cedar", "--dir", join(folder, "provider")],
  "providers check": () => [escapes],
  "providers sandbox": () => ["--dir", join(folder, escapes)],
  "providers test": () => ["--dir", join(folder, escapes)],
};

test("[R1] every command is tried", () => {
  expect(
    leavesOf(passageProgram())
      .map(({ path }) => path)
      .sort(),
  ).toEqual([...Object.keys(asking), ...Object.keys(reading)].sort());
});

test.each(Object.keys(asking))(
  "[R1] passage %s prints no control character of a server, to people or to programs",
  async (name) => {
    const api = ["--api-key", "psg_test_any", "--data", folder];
    for (const server of [answering, refusing])
      for (const format of [[], ["--json"]]) {
        const lines = await passage(
          ...name.split(" "),
          ...(asking[name] ?? []),
          ...api,
          "--server",
          server.url,
          ...format,
        );
        // What was deleted is called by the id that was given.
        if (server === refusing || name !== "endpoints delete") expect(lines.join("\n")).toContain("\\u001b[2J");
        for (const line of lines) expect(line).not.toMatch(acts);
        // What is printed with --json, beside notes, is JSON.
        if (format.length > 0) for (const line of lines.filter((one) => one.startsWith("{"))) JSON.parse(line);
      }
  },
);

test.each(Object.keys(reading))("[R1] passage %s prints no control character of what it is given", async (name) => {
  const lines = await passage(...name.split(" "), ...(reading[name]?.() ?? []));
  expect(lines.join("\n")).toMatch(/\\u001b\[2J/);
  for (const line of lines) expect(line).not.toMatch(acts);
});
