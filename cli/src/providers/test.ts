import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { packageFolder } from "./find.ts";

/** `passage providers test`: the package's own tests, by its own vitest, on the Node that this command runs on. */
export async function testProvider({ dir }: { dir?: string }): Promise<number> {
  const folder = resolve(packageFolder(dir) ?? ".");
  const child = spawn(process.execPath, [vitestOf(folder), "run", "--root", folder], { stdio: "inherit", cwd: folder });
  const [status] = await once(child, "exit");
  return status ?? 1;
}

function vitestOf(folder: string): string {
  try {
    return join(dirname(createRequire(join(folder, "package.json")).resolve("vitest/package.json")), "vitest.mjs");
  } catch (cause) {
    throw new Error(`${folder} has no vitest, which runs its tests: npm install -D vitest`, { cause });
  }
}
