import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildCli } from "../../cli/build.ts";
import { buildProviders } from "../../providers/build.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Both packages as published, installed in a folder outside of the clone, with the dependencies that they declare and what a
 * provider's own package has besides; what comes from npm is linked.
 *
 * @returns the installed `bin/passage.js`
 */
export async function installPassage(folder: string): Promise<string> {
  const packages = join(folder, "node_modules");
  const [cli, providers] = [join(packages, "@passage/cli"), join(packages, "@passage/providers")];
  await Promise.all([buildCli(cli), buildProviders(providers)]);
  const names = [cli, providers].flatMap((place) => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    return Object.keys({ ...dependencies, ...peerDependencies });
  });
  for (const name of new Set([...names, "typescript", "vitest"]))
    link(join(root, "node_modules", name), join(packages, name));
  const binary = join(cli, "bin/passage.js");
  chmodSync(binary, 0o755);
  link(binary, join(packages, ".bin/passage"));
  link(join(root, "node_modules/.bin/tsc"), join(packages, ".bin/tsc"));
  return binary;
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to);
}
