import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";
import { freePort } from "../../cli/src/runtime/port.ts";
import { outputOf } from "../harness/process-output.ts";

const examples = join(import.meta.dirname, "../../examples");

/** An example that runs: where it takes webhooks, and what it has said. */
export interface Receiver {
  readonly url: string;
  /** Resolves with the first line, past or future, that the text is part of. */
  line(text: string): Promise<string>;
  stop(): Promise<unknown>;
}

/** Starts `examples/<file>` in Node, as its first line says. */
export async function startInNode(file: string, passageUrl: string): Promise<Receiver> {
  const port = await freePort();
  // PORT is the server's, as in a shell that has exported it.
  const environment = {
    ...process.env,
    PORT: new URL(passageUrl).port,
    RECEIVER_PORT: String(port),
    PASSAGE_URL: passageUrl,
  };
  const receiver = run(process.execPath, [join(examples, file)], environment, port);
  await receiver.line("listening");
  return receiver;
}

/** Starts `examples/workers` in workerd, bundled as wrangler bundles it. */
export async function startInWorkerd(passageUrl: string): Promise<Receiver> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "passage-example-"));
  const source = { entryPoints: [join(examples, "workers/receiver.js")], outfile: join(folder, "worker.js") };
  await build({ ...source, bundle: true, format: "esm", conditions: ["workerd"], logLevel: "error" });
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-17", bindings = [(name = "PASSAGE_URL", text = ${JSON.stringify(passageUrl)})])),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`,
  );
  const workerd = createRequire(import.meta.url)("workerd").default as string;
  const receiver = run(workerd, ["serve", "--verbose", join(folder, "config.capnp")], process.env, port);
  const answers = () =>
    fetch(receiver.url).then(
      ({ status }) => status === 405,
      () => false,
    );
  while (!(await answers())) await delay(50);
  return {
    ...receiver,
    stop: async () => {
      await receiver.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Serves a route handler of `examples/next`, as Next calls it: a standard Request in, a Response out. */
export async function serveRoute(
  handler: (request: Request) => Promise<Response>,
): Promise<{ url: string; stop: () => void; answered: number[] }> {
  const answered: number[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const response = await handler(
      new Request(`http://localhost${incoming.url}`, { method: "POST", headers, body: Buffer.concat(chunks) }),
    );
    answered.push(response.status);
    outgoing.writeHead(response.status).end(await response.text());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/webhooks`, stop: () => server.close(), answered };
}

function run(command: string, args: string[], environment: NodeJS.ProcessEnv, port: number): Receiver {
  const { line, stop } = outputOf(spawn(command, args, { env: environment }));
  return { url: `http://127.0.0.1:${port}/webhooks`, line, stop };
}
