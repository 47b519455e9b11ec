import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { build } from "esbuild";

/** The sandbox in the real runtime, on a free loopback port, with its data in a temporary folder. */
export type RunningSandbox = {
  port: number;
  dataFolder: string;
  /** Everything that the runtime has printed. */
  printed(): string;
  /** Kills the process and starts it again on the same port and data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");

export async function runSandbox(): Promise<RunningSandbox> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const dataFolder = join(folder, "data");
  await mkdir(dataFolder);
  await build({
    entryPoints: [join(import.meta.dirname, "../worker.ts")],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
    logLevel: "warning",
  });
  let printed = "";
  const start = async (port: number) => {
    await writeFile(join(folder, "config.capnp"), config(port, dataFolder));
    const child = spawn(workerd, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (printed += chunk));
    return { child, port: await listening(child) };
  };

  let { child, port } = await start(0);
  const kill = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    port,
    dataFolder,
    printed: () => printed,
    crash: async () => {
      await kill();
      ({ child } = await start(port));
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function listening(child: ChildProcess): Promise<number> {
  const control = child.stdio[3] as Readable;
  for await (const line of createInterface({ input: control })) {
    const message = JSON.parse(line);
    if (message.event === "listen") return message.port;
  }
  throw new Error("workerd ended before it listened");
}

function config(port: number, dataFolder: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "sandbox", worker = .sandbox),
    (name = "passage", worker = .passage),
    (name = "data", disk = (path = ${JSON.stringify(dataFolder)}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "sandbox")],
);
const sandbox :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-17",
  bindings = [(name = "SITES", durableObjectNamespace = "Sites"), (name = "PASSAGE", service = "passage")],
  durableObjectNamespaces = [(className = "Sites", uniqueKey = "sites", enableSql = true)],
  durableObjectStorage = (localDisk = "data"),
);
const passage :Workerd.Worker = (
  modules = [(name = "passage.js", esModule = ${JSON.stringify(passageStub)})],
  compatibilityDate = "2026-11-17",
);
`;
}

/** Stands in for the product: says what it received, and echoes on a WebSocket. */
const passageStub = `
export default {
  fetch(request) {
    if (request.headers.get("upgrade") !== "websocket") return new Response("passage got " + request.url);
    const [client, server] = Object.values(new WebSocketPair());
    server.accept();
    server.addEventListener("message", ({ data }) => server.send("echo " + data));
    return new Response(null, { status: 101, webSocket: client });
  },
};
`;
