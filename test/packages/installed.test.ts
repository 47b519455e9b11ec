import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packPackages } from "../../scripts/pack.ts";
import { removeFolder, startPassage, temporaryFolder } from "../harness/passage-process.ts";
import { playWholeLoop } from "./whole-loop.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
const versions = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies;
let folder: string;
let tarballs: { connect: string; providers: string; cli: string };

beforeAll(async () => {
  folder = temporaryFolder();
  tarballs = await packPackages(folder);
}, 120_000);
afterAll(() => removeFolder(folder));

/** `npm install` in a new folder, as a newcomer does it. */
async function install(name: string, manifest: object, ...packages: string[]): Promise<string> {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, ...manifest }));
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages];
  await run("npm", args, { cwd: project });
  return project;
}

test("[N4] in an empty folder the command plays the whole loop", { timeout: 240_000 }, async () => {
  const project = await install("cli", {}, tarballs.cli);
  await playWholeLoop(join(project, "node_modules/@passage/cli/bin/passage.js"), project);
});

test("[N4] run by Node 20, the command gets its own Node once, and nobody else does", {
  timeout: 240_000,
}, async () => {
  const project = await install("old-node", {}, tarballs.cli);
  const { node20 } = await oldNode();
  const env = { ...process.env, XDG_CACHE_HOME: join(project, "cache") };
  const passage = () => run(node20, [join(project, "node_modules/@passage/cli/bin/passage.js"), "--version"], { env });
  const { version } = JSON.parse(readFileSync(join(root, "cli/package.json"), "utf8"));
  const first = await passage();
  expect(first.stdout.trim()).toBe(version);
  expect(first.stderr).toContain(`Node ${versions.node}`);
  expect(await passage()).toEqual({ stdout: `${version}\n`, stderr: "" });
  expect(existsSync(join(project, "node_modules/.bin/node"))).toBe(false);
});

let node20: string | undefined;
async function oldNode(): Promise<{ node20: string }> {
  node20 ??= join(await install("node20", {}, "node@20"), "node_modules/node/bin/node");
  expect((await run(node20, ["--version"])).stdout).toMatch(/^v20\./);
  return { node20 };
}

test.each([
  { type: "module", module: "nodenext" },
  { type: "commonjs", module: "commonjs" },
])(
  "[N6] an empty TypeScript project, $type: both READMEs compile, and a program runs on Node 20 and 24",
  { timeout: 240_000 },
  async ({ type, module }) => {
    const packages = ["typescript", "@types/node"].map((name) => `${name}@${versions[name]}`);
    const project = await install(type, { type }, tarballs.connect, ...packages);
    const compilerOptions = { module, target: "es2022", strict: true, types: ["node"], rootDir: ".", outDir: "out" };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    for (const file of ["README.md", "connect/README.md"])
      writeFileSync(join(project, `${file.replace(/\W/g, "-")}.ts`), samplesOf(file));
    copyFileSync(join(import.meta.dirname, "program.txt"), join(project, "program.ts"));
    const compiled = await run(process.execPath, ["node_modules/typescript/bin/tsc"], { cwd: project }).catch(
      (error) => error,
    );
    expect(compiled.stdout).toBe("");
    const running = await startPassage();
    try {
      for (const node of [process.execPath, (await oldNode()).node20]) {
        const env = { ...process.env, PASSAGE_API_KEY: running.testKey ?? "", PASSAGE_URL: running.url };
        expect((await run(node, ["out/program.js"], { cwd: project, env })).stdout).toBe("complete 85\n");
      }
    } finally {
      await running.stop();
    }
  },
);

/** The TypeScript of a README, each sample a function of its own with the imports above it; `request` is the reader's. */
function samplesOf(file: string): string {
  const blocks = [...readFileSync(join(root, file), "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map(
    ([, text = ""]) => text,
  );
  expect(blocks.length, basename(file)).toBeGreaterThan(0);
  const lines = blocks.flatMap((block) => block.split("\n"));
  const imports = new Set(
    lines.filter((line) => line.startsWith("import ")).flatMap((line) => line.match(/\w+(?=[,\s}])/g) ?? []),
  );
  for (const word of ["import", "from"]) imports.delete(word);
  const bodies = blocks.map((block, index) => {
    const text = block.replace(/^import .*$/gm, "").replace(/^export /gm, "");
    if (text.startsWith("declare module")) return text;
    return `export async function sample${index}(request: Request): Promise<unknown> {\n${text}\nreturn request;\n}\n`;
  });
  const free = "declare const passage: Passage;\ndeclare const order: { id: string };\n";
  imports.add("Passage");
  return `import { ${[...imports].join(", ")} } from "@passage/connect";\n${free}${bodies.join("\n")}`;
}
