import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { playwrightNotice, playwrightSelectors } from "./build/playwright-selectors.ts";

/** Bundles the code that runs inside pages into one script. The host reads it at start (`src/script-source.ts`). */
export async function buildPageScript(outfile = fileURLToPath(new URL("dist/page-script.js", import.meta.url))) {
  await build({
    entryPoints: [fileURLToPath(new URL("src/page-script/entry.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    charset: "ascii",
    legalComments: "inline",
    banner: { js: playwrightNotice() },
    plugins: [playwrightSelectors],
  });
}

if (import.meta.main) await buildPageScript();
