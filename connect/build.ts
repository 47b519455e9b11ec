import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = import.meta.dirname;

/**
 * Writes the package as published: one module for any runtime, as an ES module in `dist` and as CommonJS in `dist/cjs`, where a
 * `package.json` says so. The declarations are there once: an ES module may import those of CommonJS, but not the reverse.
 *
 * @param outDir where to write; default `connect/dist`
 */
export async function buildConnect(outDir = join(here, "dist")): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const fresh = await mkdtemp(`${outDir}-`);
  try {
    await writePackage(fresh);
    await moveFiles(fresh, outDir);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** One by one over those that are there: whoever loads the package meanwhile finds each file. */
async function moveFiles(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    await (entry.isDirectory() ? moveFiles(source, target) : rename(source, target));
  }
  const kept = new Set(entries.map(({ name }) => name));
  const stale = (await readdir(to)).filter((name) => !kept.has(name));
  await Promise.all(stale.map((name) => rm(join(to, name), { recursive: true, force: true })));
}

async function writePackage(outDir: string): Promise<void> {
  const cjsDir = join(outDir, "cjs");
  await mkdir(cjsDir, { recursive: true });
  await Promise.all([
    bundle(outDir, "esm"),
    bundle(cjsDir, "cjs"),
    writeFile(join(cjsDir, "package.json"), '{ "type": "commonjs" }\n'),
    declare(cjsDir),
  ]);
  const declarations = await readFile(join(cjsDir, "index.d.ts"), "utf8");
  await writeFile(join(outDir, "index.d.ts"), declarations.replaceAll('from "./', 'from "./cjs/'));
}

async function bundle(outDir: string, format: "esm" | "cjs"): Promise<void> {
  await build({
    entryPoints: [join(here, "src/index.ts")],
    outfile: join(outDir, "index.js"),
    bundle: true,
    format,
    platform: "neutral",
    target: "es2023",
    charset: "utf8",
    logLevel: "error",
  });
}

async function declare(outDir: string): Promise<void> {
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  const args = [tsc, "-p", join(here, "tsconfig.build.json"), "--outDir", outDir];
  await promisify(execFile)(process.execPath, args).catch((error: { stdout?: string; message: string }) => {
    throw new Error(`Declarations of @passage/connect: ${error.stdout || error.message}`);
  });
  const declarations = (await readdir(outDir, { recursive: true })).filter((file) => file.endsWith(".d.ts"));
  await Promise.all(declarations.map(rewriteImports(outDir)));
}

/** The compiler leaves `./link.ts` in declarations, which older compilers refuse. */
function rewriteImports(outDir: string) {
  return async (file: string) => {
    const text = await readFile(join(outDir, file), "utf8");
    await writeFile(join(outDir, file), text.replace(/(from "\.\.?\/[\w./-]+)\.ts"/g, '$1.js"'));
  };
}
