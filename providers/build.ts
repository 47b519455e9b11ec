import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = import.meta.dirname;
const config = join(here, "tsconfig.build.json");

/**
 * Writes `@passage/providers` as published, a folder for `npm pack`: what the author of a provider imports, as JavaScript in `js`
 * with its declarations in `types`. The catalog is not in it; what it takes of `@passage/automation` and `@passage/protocol` is.
 *
 * @param outDir where to write; default `providers/dist/package`
 */
export async function buildProviders(outDir = join(here, "dist/package")): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const { files } = await readJson(config);
  await Promise.all([
    bundle(files, join(outDir, "js")),
    declare(join(outDir, "types")),
    writeFile(join(outDir, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`),
    cp(join(here, "README.md"), join(outDir, "README.md")),
    cp(join(here, "../LICENSE"), join(outDir, "LICENSE")),
  ]);
}

async function bundle(files: readonly string[], outdir: string): Promise<void> {
  await build({
    entryPoints: files.map((file) => join(here, file)),
    outbase: join(here, "src/kit"),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: "es2024",
    external: ["zod", "@noble/hashes"],
    charset: "utf8",
    logLevel: "error",
  });
}

async function declare(outDir: string): Promise<void> {
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", config, "--outDir", outDir]).catch(
    (error: { stdout?: string; message: string }) => {
      throw new Error(`Declarations of @passage/providers: ${error.stdout || error.message}`);
    },
  );
  const files = await readdir(outDir, { recursive: true });
  await Promise.all(files.filter((file) => file.endsWith(".d.ts")).map((file) => placeImports(outDir, file)));
}

/** The declarations of our other workspaces stand beside ours; other compilers want the names of JavaScript files. */
async function placeImports(outDir: string, file: string): Promise<void> {
  const beside = (workspace: string) => {
    const path = relative(dirname(join(outDir, file)), join(outDir, workspace, "src"));
    return path.startsWith(".") ? path : `./${path}`;
  };
  const text = await readFile(join(outDir, file), "utf8");
  const placed = text
    .replace(
      /"@passage\/(automation|protocol)\/([\w/-]+)"/g,
      (_, workspace, module) => `"${beside(workspace)}/${module}.js"`,
    )
    .replace(/((?:from|import\()\s*"\.[^"]*)\.ts"/g, '$1.js"');
  // An author's compiler would take a missing one for `any`, without a word.
  const missing = [...placed.matchAll(/(?:from\s*|import\()"(\.[^"]*)\.js"/g)]
    .map(([, path = ""]) => join(dirname(file), `${path}.d.ts`))
    .find((path) => !existsSync(join(outDir, path)));
  if (missing !== undefined) throw new Error(`Declarations of @passage/providers: ${file} needs ${missing}.`);
  await writeFile(join(outDir, file), placed);
}

async function manifest(): Promise<object> {
  const { name, version, type, license, description, dependencies } = await readJson(join(here, "package.json"));
  const { files } = await readJson(config);
  const { dependencies: ofProtocol } = await readJson(join(here, "../protocol/package.json"));
  return {
    name,
    version,
    type,
    license,
    description,
    sideEffects: false,
    exports: {
      ...Object.fromEntries(files.map(door)),
      "./package.json": "./package.json",
    },
    files: ["js", "types"],
    dependencies: { "@noble/hashes": ofProtocol["@noble/hashes"] },
    // One zod for the author's schemas and the kit that reads them.
    peerDependencies: { zod: dependencies.zod },
    publishConfig: { access: "public", provenance: true },
  };
}

/** The entry in `exports` of a file of the kit: `src/kit/reads/leaf.ts` is `./reads/leaf`. */
function door(file: string): [string, { types: string; default: string }] {
  const path = file.replace(/^src\/kit\/|\.ts$/g, "");
  return [`./${path}`, { types: `./types/providers/src/kit/${path}.d.ts`, default: `./js/${path}.js` }];
}

async function readJson(path: string) {
  return JSON.parse(await readFile(path, "utf8"));
}
