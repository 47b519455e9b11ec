import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";

/** Everything that can be known without running the product. One line a check; all run, then the status tells. */
const workspaces = readdirSync(".").filter((name) =>
  /^(protocol|automation|providers|device|server|sandbox|connect|link|cli)$/.test(name),
);
const projects = [...workspaces, "test", "scripts", "bench", "examples/library-provider"].map(
  (folder) => `${folder}/tsconfig.json`,
);

const checks: [name: string, command: string, args: string[]][] = [
  ...projects.map((project): [string, string, string[]] => [`types ${project}`, "tsc", ["-p", project]]),
  ["lint and format", "biome", ["check", "."]],
  ["imports", "node", ["scripts/check-imports.ts"]],
  ["circles of imports", "node", ["scripts/check-circles.ts"]],
  ["file sizes", "node", ["scripts/check-sizes.ts"]],
  ["schema drift", "node", ["scripts/schema.ts", "--check"]],
  ["SDK protocol drift", "node", ["scripts/connect-protocol.ts", "--check"]],
  ["SDK catalog drift", "node", ["scripts/connect-catalog.ts", "--check"]],
  ["command reference drift", "node", ["scripts/command-reference.ts", "--check"]],
  ["sandbox reference drift", "node", ["scripts/sandbox-reference.ts", "--check"]],
  ["limits drift", "node", ["scripts/limits-reference.ts", "--check"]],
  ["skills drift", "node", ["scripts/skills.ts", "--check"]],
  ["marketplace drift", "node", ["scripts/marketplace.ts", "--check"]],
  ["rules of the machines", "node", ["scripts/check-spec.ts"]],
  ["plain English", "node", ["scripts/check-english.ts"]],
  ["sentences of the guarantee", "node", ["scripts/check-guarantee.ts"]],
  ["bundle and start-up", "node", ["scripts/check-bundle.ts"]],
  ["published package", "node", ["scripts/check-package.ts"]],
];

/** Runs one check to its end; returns what it prints, and whether it passed. */
async function run([name, command, args]: (typeof checks)[number]) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { name, passed: status === 0, output: `${stdout}${stderr}`.trim() };
}

// As many at once as there are processors; the lines come in the order of the list.
const results: ReturnType<typeof run>[] = [];
const lanes: Promise<unknown>[] = Array.from({ length: availableParallelism() }, () => Promise.resolve());
for (const check of checks) {
  const lane = await Promise.race(lanes.map((one, index) => one.then(() => index)));
  const result = run(check);
  lanes[lane] = result;
  results.push(result);
}
let failures = 0;
for (const result of results) {
  const { name, passed, output } = await result;
  console.log(`${passed ? "ok    " : "FAILED"} ${name}`);
  if (!passed) failures += 1;
  if (
    output &&
    (!passed ||
      ["rules of the machines", "circles of imports", "bundle and start-up", "published package"].includes(name))
  )
    console.log(output.replace(/^/gm, "       "));
}
process.exit(failures === 0 ? 0 : 1);
