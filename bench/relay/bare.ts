import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { buildWorker } from "../../scripts/build-worker.ts";
import { answer, type Contender, command } from "./contender.ts";
import type { Holder } from "./memory.ts";
import { Peer } from "./peer.ts";

/** The bare relay object in the same pinned workerd. */
export async function startBareRelay(): Promise<Contender & Holder> {
  const folder = mkdtempSync(join(tmpdir(), "passage-bench-"));
  await buildWorker(join(import.meta.dirname, "bare-object.ts"), join(folder, "worker.js"));
  const config = join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "bare", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-11-17",
    durableObjectNamespaces = [(className = "BareRelay", uniqueKey = "bare")],
    durableObjectStorage = (inMemory = void),
    bindings = [(name = "RELAY", durableObjectNamespace = (className = "BareRelay"))]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "bare")]);
`,
  );
  const binary = createRequire(import.meta.url)("workerd").default as string;
  const child = spawn(binary, ["serve", "--control-fd=3", config], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const [line] = await once(createInterface({ input: child.stdio[3] as Readable }), "line");
  const address = `ws://127.0.0.1:${JSON.parse(line).port}`;
  let sessions = 0;
  return {
    workerdPid: child.pid as number,
    /** A command that waits for its answer. */
    async hold() {
      const lane = `${address}/${++sessions}`;
      const [worker, device] = await Promise.all([Peer.open(`${lane}?role=worker`), Peer.open(`${lane}?role=client`)]);
      const handed = device.next("command");
      worker.send({ type: "command", id: "1", ...command });
      await handed;
      return {
        async wakeUp() {
          const result = worker.next("answer");
          device.send({ type: "answer", id: "1", ...answer });
          await result;
        },
        close: async () => {
          await Promise.all([worker.close(), device.close()]);
        },
      };
    },
    async open() {
      const session = `${address}/${++sessions}`;
      const [worker, device] = await Promise.all([
        Peer.open(`${session}?role=worker`),
        Peer.open(`${session}?role=client`),
      ]);
      device.onMessage = ({ id }) => device.send({ type: "answer", id, ...answer });
      let id = 0;
      return {
        async roundTrip() {
          const result = worker.next("answer");
          worker.send({ type: "command", id: String(++id), ...command });
          await result;
        },
        close: async () => {
          await Promise.all([worker.close(), device.close()]);
        },
      };
    },
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}
