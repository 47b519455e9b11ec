import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { buildWorker } from "../scripts/build-worker.ts";

/** A Worker without bindings in the same pinned workerd, on a free loopback port. */
export async function startBareWorker(entry: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "passage-bench-"));
  await buildWorker(entry, join(folder, "worker.js"));
  const config = join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "bare", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-11-17"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "bare")]);
`,
  );
  const binary = createRequire(import.meta.url)("workerd").default as string;
  const child = spawn(binary, ["serve", "--control-fd=3", config], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const [line] = await once(createInterface({ input: child.stdio[3] as Readable }), "line");
  return {
    url: `http://127.0.0.1:${JSON.parse(line).port}`,
    async stop() {
      child.kill();
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}
