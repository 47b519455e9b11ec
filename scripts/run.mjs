// The door to every npm script. Plain JavaScript for Node 20: it installs what a fresh clone lacks, then hands over to the
// Node that the project pins.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const [task, ...rest] = process.argv.slice(2);

const tasks = {
  build: () => step("scripts/build.ts", ["--all"]),
  start: () => step("scripts/build.ts", []) || hand("cli/bin/passage.js", ["start", ...rest]),
  demo: () =>
    step("scripts/ensure-chromium.ts", []) ||
    step("scripts/build.ts", ["--all"]) ||
    hand("cli/bin/passage.js", ["demo", ...rest]),
  check: () => step("scripts/build.ts", ["--all"]) || hand("scripts/check.ts", rest),
  test: () =>
    step("scripts/ensure-chromium.ts", []) || step("scripts/build.ts", ["--all"]) || hand("scripts/test.ts", rest),
  conformance: () => {
    env.PASSAGE_TESTS = "conformance";
    return tasks.test();
  },
  canary: () =>
    step("scripts/ensure-chromium.ts", []) || step("scripts/build.ts", ["--all"]) || hand("test/canary/run.ts", rest),
  chaos: () => step("scripts/build.ts", ["--all"]) || hand("test/chaos/run.ts", rest),
  shards: () => step("scripts/build.ts", ["--all"]) || hand("test/shards/run.ts", rest),
  mutations: () =>
    step("scripts/ensure-chromium.ts", []) || step("scripts/build.ts", ["--all"]) || hand("test/mutation/run.ts", rest),
  pack: () => step("scripts/build.ts", ["--all"]) || hand("scripts/pack.ts", rest),
  bench: () =>
    step("scripts/ensure-chromium.ts", []) || step("scripts/build.ts", ["--all"]) || hand("bench/run.ts", rest),
};

if (!Object.hasOwn(tasks, task)) {
  console.error(`There is no task ${task}. There are: ${Object.keys(tasks).join(", ")}`);
  process.exit(2);
}
install();
const failed = await tasks[task]();
process.exit(failed);

/** Installs the dependencies when they are missing or older than the lock file. */
function install() {
  const marker = join(root, "node_modules", ".package-lock.json");
  const isFresh = existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
  if (isFresh) return;
  console.error("Installing dependencies …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional packages, and not every registry has them all.
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(npm, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) {
    console.error("npm install failed; its words are above.");
    process.exit(1);
  }
}

/** Runs one script of ours to its end; returns its exit status. */
function step(script, args) {
  const { status } = spawnSync("node", [join(root, script), ...args], { cwd: root, env, stdio: ["ignore", 2, 2] });
  return status ?? 1;
}

/** Hands over to a script of ours: its output is the task's output, and signals reach it. */
function hand(script, args) {
  const child = spawn("node", [join(root, script), ...args], { cwd: root, env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // npm signals the shell between it and us, and many a shell dies of that without a word to its child.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 200);
  watch.unref();
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0))));
}
