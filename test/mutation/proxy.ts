import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Failure, type Mutation, mutateJson, mutateText } from "./mutations.ts";
import type { Recording } from "./recording.ts";

/** Stands before the sandbox and answers as changed sites would. */
export interface SiteProxy {
  readonly port: number;
  /** From now on. No mutations: the sites are as they are, and what they answer is recorded. */
  mutate(mutations: readonly Mutation[], recording?: Recording): void;
  /** Whether a mutation has changed an answer since then. */
  readonly changed: boolean;
  close(): void;
}

export async function startProxy(sandboxPort: number): Promise<SiteProxy> {
  let mutations: readonly Mutation[] = [];
  let recording: Recording | null = null;
  let changed = false;
  const server = createServer((incoming, outgoing) => {
    const now = mutations;
    answer(incoming, outgoing, now).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, now: readonly Mutation[]): Promise<void> {
    const { host = "", ...headers } = incoming.headers;
    const where = host.split(":")[0] + new URL(incoming.url ?? "/", "http://any").pathname;
    const here = now.filter((mutation) => "where" in mutation && mutation.where === where);
    for (const mutation of here) {
      if (mutation.kind === "delay") await setTimeout(mutation.ms);
      if (mutation.kind === "fail") {
        changed = true;
        incoming.resume();
        return fail(outgoing, mutation.how);
      }
    }
    const upstream = await forward(incoming, { ...headers, host, "accept-encoding": "identity" }, sandboxPort);
    const kind = kindOf(upstream.headers["content-type"]);
    const body = await textOf(upstream);
    if (kind && upstream.statusCode === 200) recording?.add({ where, kind, body: body.toString() });
    const sent = kind && now.length > 0 ? Buffer.from(mutated(where, kind, body.toString(), now)) : body;
    changed ||= !sent.equals(body) || here.some((mutation) => mutation.kind === "delay");
    const { "transfer-encoding": _, ...kept } = upstream.headers;
    outgoing.writeHead(upstream.statusCode ?? 502, { ...kept, "content-length": sent.length });
    outgoing.end(sent);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mutate(next, into) {
      mutations = next;
      recording = into ?? null;
      changed = false;
    },
    get changed() {
      return changed;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A connection a request: one that was kept may be closed by the sandbox in the moment that it is used again. */
const agent = new Agent({ keepAlive: false });

function forward(
  incoming: IncomingMessage,
  headers: IncomingMessage["headers"],
  port: number,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { method, url: path } = incoming;
  incoming.pipe(request({ host: "127.0.0.1", port, method, path, headers, agent }, resolve).on("error", reject));
  return promise;
}

async function textOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function kindOf(type = ""): "json" | "html" | "script" | null {
  if (type.includes("json")) return "json";
  if (type.includes("text/html")) return "html";
  return type.includes("javascript") ? "script" : null;
}

function mutated(
  where: string,
  kind: "json" | "html" | "script",
  body: string,
  mutations: readonly Mutation[],
): string {
  if (kind !== "json") return mutateText(kind, body, mutations);
  return JSON.stringify(mutateJson(where, JSON.parse(body), mutations));
}

function fail(outgoing: ServerResponse, how: Failure): void {
  if (how === "no answer") return;
  if (how === "cut") return void outgoing.destroy();
  if (how === "nothing") return void outgoing.writeHead(200, { "content-type": "application/json" }).end();
  if (how === "a page instead")
    return void outgoing
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Sorry</title><h1>Sorry</h1>");
  outgoing.writeHead(Number(how), { "content-type": "application/json" }).end('{"error":"no"}');
}
