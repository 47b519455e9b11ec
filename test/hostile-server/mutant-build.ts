import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import type { Mutant } from "./mutant.ts";

/**
 * Bundles the runner of the sequences with the device without one check.
 * @throws where a piece is not in its file, or is there twice: a mutant that changes nothing would prove nothing.
 */
export async function buildMutant({ name, pieces }: Mutant, outfile: string): Promise<void> {
  const left = new Set(pieces);
  const without: Plugin = {
    name: "without",
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        let contents = readFileSync(path, "utf8");
        for (const piece of pieces) {
          const [file, from, to] = piece;
          if (relative(resolve("."), path) !== file) continue;
          const parts = contents.split(from);
          if (parts.length !== 2) throw new Error(`${name}: ${file} has its piece ${parts.length - 1} times: ${from}`);
          contents = parts.join(to);
          left.delete(piece);
        }
        return { contents, loader: "ts" };
      }),
  };
  await build({
    entryPoints: ["test/hostile-server/run.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "silent",
    plugins: [without],
  });
  const missing = [...left].map(([file]) => file);
  if (missing.length > 0) throw new Error(`${name}: the runner does not have ${missing.join(", ")}`);
}
