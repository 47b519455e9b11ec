import { build } from "esbuild";

/**
 * One Worker as one ES module, with its text files inside.
 * @param alias modules to take in place of others: a benchmark brings a catalog of its own.
 */
export async function buildWorker(entry: string, outfile: string, alias: Record<string, string> = {}): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    alias,
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
