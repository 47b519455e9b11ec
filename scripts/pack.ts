import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCli } from "../cli/build.ts";
import { buildConnect } from "../connect/build.ts";
import { buildProviders } from "../providers/build.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Packs the packages that are published, as npm would. Needs the parts of the command built.
 *
 * @param outDir the folder for the tarballs
 * @returns the tarballs' paths
 */
export async function packPackages(outDir: string): Promise<{ connect: string; providers: string; cli: string }> {
  await Promise.all([buildConnect(), buildProviders()]);
  // The command's bundle holds what the SDK's build has written.
  await buildCli();
  mkdirSync(outDir, { recursive: true });
  return {
    connect: pack("connect", outDir),
    providers: pack("providers/dist/package", outDir),
    cli: pack("cli/dist", outDir),
  };
}

function pack(folder: string, outDir: string): string {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", outDir];
  return join(outDir, execFileSync("npm", args, { cwd: join(root, folder), encoding: "utf8" }).trim());
}

if (import.meta.main) console.log(Object.values(await packPackages(join(root, "dist"))).join("\n"));
