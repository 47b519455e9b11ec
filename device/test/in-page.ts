import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A module of the page script as one expression: what it exports, to be called in a page. */
export async function inPage(module: string): Promise<string> {
  const entry = fileURLToPath(new URL(`../src/page-script/${module}`, import.meta.url));
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "exported",
  });
  return `(() => { ${built.outputFiles[0]?.text ?? ""}; return exported; })()`;
}
