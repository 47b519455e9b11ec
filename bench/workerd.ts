import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { buildWorker } from "../scripts/build-worker.ts";

export interface BareWorkerOptions {
  /** The class of its Durable Object, bound as `OBJECT`. */
  readonly className?: string;
  /** Where its folder goes. */
  readonly parent?: string;
  /** Whether its objects have a database on the disk; without one they keep nothing. */
  readonly hasDatabases?: boolean;
}

export interface BareWorker {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A Worker in the same pinned workerd, on a free loopback port, with at most one kind of object. */
export async function startBareWorker(entry: string, options: BareWorkerOptions = {}): Promise<BareWorker> {
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), "passage-bench-"));
  mkdirSync(join(folder, "objects"));
  await buildWorker(entry, join(folder, "worker.js"));
  const config = join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "objects", disk = (path = ${JSON.stringify(join(folder, "objects"))}, writable = true)),
    (name = "bare", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-11-17",${objects(options)}
    ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "bare")]);
`,
  );
  const binary = createRequire(import.meta.url)("workerd").default as string;
  const child = spawn(binary, ["serve", "--control-fd=3", config], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const [line] = await once(createInterface({ input: child.stdio[3] as Readable }), "line");
  return {
    url: `http://127.0.0.1:${JSON.parse(line).port}`,
    pid: child.pid as number,
    // At once: it would wait for open sockets.
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

function objects({ className, hasDatabases = false }: BareWorkerOptions): string {
  if (!className) return "";
  return `
      durableObjectNamespaces = [(className = "${className}", uniqueKey = "bare", enableSql = ${hasDatabases})],
      durableObjectStorage = ${hasDatabases ? '(localDisk = "objects")' : "(inMemory = void)"},
      bindings = [(name = "OBJECT", durableObjectNamespace = (className = "${className}"))]`;
}
