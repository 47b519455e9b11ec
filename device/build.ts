import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { type Rewritten, throughNatives } from "./build/natives.ts";
import { playwrightNotice, playwrightSelectors } from "./build/playwright-selectors.ts";

/** Bundles the code that runs inside pages into one script. The host reads it at start (`src/hosts/browser/script-source.ts`). */
export async function buildPageScript(
  outfile = fileURLToPath(new URL("dist/page-script.js", import.meta.url)),
): Promise<Pick<Rewritten, "names">> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("src/page-script/entry.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "iife",
    target: "es2022",
    supported: { "optional-chain": false },
    charset: "ascii",
    write: false,
    plugins: [playwrightSelectors],
  });
  const { script, names } = await throughNatives(outputFiles[0]?.text ?? "");
  const { code } = await transform(script, {
    minify: true,
    target: "es2022",
    charset: "ascii",
    banner: playwrightNotice(),
  });
  await writeFile(outfile, code);
  return { names };
}

if (import.meta.main) await buildPageScript();
