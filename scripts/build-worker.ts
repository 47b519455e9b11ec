import { build } from "esbuild";
import { catalogStaysBeside } from "../cli/src/catalog/catalog-bundle.ts";

/** One Worker as one ES module, with its text files inside. The server's takes its catalog from a module beside it. */
export async function buildWorker(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    plugins: [catalogStaysBeside],
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".html": "text", ".txt": "text" },
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: "linked",
    logLevel: "warning",
  });
}
