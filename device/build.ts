import { fileURLToPath } from "node:url";
import { build } from "esbuild";
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
  // Bundled once more: the rewriting left functions that nothing calls.
  await build({
    stdin: { contents: script, loader: "js" },
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "ascii",
    banner: { js: playwrightNotice() },
  });
  return { names };
}

if (import.meta.main) await buildPageScript();
