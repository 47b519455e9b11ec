import { build } from "esbuild";

/** One Worker as one ES module, with its text files inside. */
export async function buildWorker(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
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
