import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = import.meta.dirname;

/**
 * Writes the package as published: `index.js` (one ES module for any runtime) and its declarations.
 *
 * @param outDir where to write; default `connect/dist`
 */
export async function buildConnect(outDir = join(here, "dist")): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await Promise.all([bundle(outDir), declare(outDir)]);
}

async function bundle(outDir: string): Promise<void> {
  await build({
    entryPoints: [join(here, "src/index.ts")],
    outfile: join(outDir, "index.js"),
    bundle: true,
    format: "esm",
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
  await Promise.all((await readdir(outDir)).filter((file) => file.endsWith(".d.ts")).map(rewriteImports(outDir)));
}

/** The compiler leaves `./link.ts` in declarations, which older compilers refuse. */
function rewriteImports(outDir: string) {
  return async (file: string) => {
    const text = await readFile(join(outDir, file), "utf8");
    await writeFile(join(outDir, file), text.replace(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"'));
  };
}
