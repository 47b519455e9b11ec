import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../cli/src/runtime/port.ts";
import { pressDone } from "../harness/devtools-hands.ts";
import { enterCode, signInUpToCode, windowOf } from "../harness/open-device.ts";
import { removeFolder, temporaryFolder } from "../harness/passage-process.ts";
import { outputOf } from "../harness/process-output.ts";

const root = join(import.meta.dirname, "../..");
const blocks = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```sh\n(.*?)^```/gms)].map(
  ([, text = ""]) => text,
);
let clone: string;
const started: { stop(): Promise<unknown> }[] = [];

/** What a clone has: the tracked files, and nothing that was installed or built. */
beforeAll(() => {
  clone = temporaryFolder();
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
});
// An installed clone has some 60,000 files.
afterAll(async () => {
  await Promise.all(started.map(({ stop }) => stop()));
  removeFolder(clone);
}, 240_000);

/** Runs words of the README in a shell of their own, with the Node of the machine. */
function shell(words: string, environment: Record<string, string> = {}) {
  const { PASSAGE_API_KEY, PASSAGE_URL, PASSAGE_DATA, PASSAGE_TESTS, ...inherited } = process.env;
  const path = (inherited.PATH ?? "").split(delimiter).filter((one) => !one.includes("node_modules"));
  const env = { ...inherited, PATH: path.join(delimiter), ...environment };
  const child = spawn("bash", ["-c", words], { cwd: clone, env, detached: true });
  const output = outputOf(child);
  const stop = async () => {
    try {
      process.kill(-(child.pid as number), "SIGTERM");
    } catch {
      // It has ended, and all that it started.
    }
    await output.ended;
  };
  started.push({ stop });
  return { ...output, child };
}

test("the README's first words: the demo runs on a fresh clone", { timeout: 300_000 }, async () => {
  const [words = ""] = blocks[0]?.split("\n") ?? [];
  expect(words).toMatch(/^npm run demo /);
  const demo = shell(words);
  expect(await demo.ended, demo.lines.join("\n")).toBe(0);
});

test("the README's quickstart, word for word, but for free ports and a person at the window", {
  timeout: 300_000,
}, async () => {
  const [port, receiverPort, cdpPort] = [String(await freePort()), String(await freePort()), String(await freePort())];
  const onFreePorts = (text: string) =>
    text.replaceAll("8787", port).replaceAll("localhost:3000", `localhost:${receiverPort}`);
  const [start = "", create = "", open = ""] = blocks.slice(1, 4).map(onFreePorts);
  const server = shell(start.replace(/#.*/, ""), { PORT: port });
  const key = /psg_test_\w+/.exec(await server.line("Test key"))?.[0] ?? "";
  const terminal = shell(`${create.replace("psg_test_…", key)}\necho`, {
    RECEIVER_PORT: receiverPort,
    PASSAGE_URL: `http://localhost:${port}`,
  });
  const claimCode = /clm_\w+/.exec(await terminal.line("claimCode"))?.[0] ?? "";
  const words = open.replace("clm_…", claimCode).replace(/#.*/, `--headless --cdp-port ${cdpPort}`);
  const device = shell(words, { PASSAGE_URL: `http://localhost:${port}` });
  const { person } = await windowOf(Number(cdpPort), device.ended, () => device.lines.join("\n"));
  // "agree": the person reads what will be done, and says yes.
  await pressDone(person);
  await signInUpToCode(person);
  await enterCode(person);
  expect(await device.ended, device.lines.join("\n")).toBe(0);
  await terminal.line("verified:");
  expect(await terminal.line("amountDue")).toContain("85");
});
