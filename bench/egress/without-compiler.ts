import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

export interface GateOfBills {
  /** Medians. */
  readonly ms: Readonly<Record<"declared" | "body" | "json" | "page", number>>;
  readonly bytes: Readonly<Record<"declared" | "body" | "json" | "page", number>>;
}

/** Runs gate-of-bills.ts in a process of its own, with Node's compiler and without, as a device in a web view without one is. */
export async function gateOfBills(): Promise<Record<"compiled" | "jitless", GateOfBills>> {
  const folder = await mkdtemp(join(tmpdir(), "passage-bench-"));
  // Bundled, since Node itself cannot strip types without a compiler.
  const program = join(folder, "gate-of-bills.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "gate-of-bills.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  const run = async (...flags: string[]): Promise<GateOfBills> => {
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, program]);
    return JSON.parse(stdout);
  };
  const compiled = await run();
  const jitless = await run("--jitless");
  await rm(folder, { recursive: true });
  return { compiled, jitless };
}
