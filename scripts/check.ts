import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

/** Everything that can be known without running the product. One line a check; all run, then the status tells. */
const workspaces = readdirSync(".").filter((name) =>
  /^(protocol|providers|device|server|sandbox|connect|link|cli)$/.test(name),
);
const projects = [...workspaces, "test", "scripts", "bench", "examples/library-provider"].map(
  (folder) => `${folder}/tsconfig.json`,
);

const checks: [name: string, command: string, args: string[]][] = [
  ...projects.map((project): [string, string, string[]] => [`types ${project}`, "tsc", ["-p", project]]),
  ["lint and format", "biome", ["check", "."]],
  ["imports", "node", ["scripts/check-imports.ts"]],
  ["file sizes", "node", ["scripts/check-sizes.ts"]],
  ["schema drift", "node", ["scripts/schema.ts", "--check"]],
  ["SDK catalog drift", "node", ["scripts/connect-catalog.ts", "--check"]],
  ["command reference drift", "node", ["scripts/command-reference.ts", "--check"]],
  ["sandbox reference drift", "node", ["scripts/sandbox-reference.ts", "--check"]],
  ["limits drift", "node", ["scripts/limits-reference.ts", "--check"]],
  ["rules of the machines", "node", ["scripts/check-spec.ts"]],
  ["bundle and start-up", "node", ["scripts/check-bundle.ts"]],
  ["published package", "node", ["scripts/check-package.ts"]],
];

let failures = 0;
for (const [name, command, args] of checks) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}`);
  const output = `${stdout}${stderr}`.trim();
  if (status !== 0) failures += 1;
  if (output && (status !== 0 || ["rules of the machines", "bundle and start-up", "published package"].includes(name)))
    console.log(output.replace(/^/gm, "       "));
}
process.exit(failures === 0 ? 0 : 1);
