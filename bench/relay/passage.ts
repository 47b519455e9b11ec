import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Claimed } from "@passage/protocol/http/claim";
import type { CreatedLink } from "@passage/protocol/http/link";
import type { CreatedSession } from "@passage/protocol/http/session";
import { subprotocol } from "@passage/protocol/session";
import { Operator } from "../../cli/src/operator.ts";
import { DataFolder } from "../../cli/src/runtime/data-folder.ts";
import { startServer } from "../../cli/src/runtime/server-process.ts";
import { buildCatalog } from "../../scripts/build-catalog.ts";
import { providers } from "./catalog.ts";
import { answer, type Contender, command, type Lane } from "./contender.ts";
import type { Journaling } from "./journaled.ts";
import type { Held, Holder } from "./memory.ts";
import { Peer } from "./peer.ts";

const file = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export interface DeveloperSession {
  readonly worker: Peer;
  readonly device: Peer;
}

/** Our server with a key of its own, on a data folder of its own. */
export class Passage implements Contender, Holder, Journaling {
  readonly workerdPid: number;
  readonly #address: string;
  readonly #key: string;
  readonly #stop: () => Promise<void>;

  private constructor(address: string, workerdPid: number, key: string, stop: () => Promise<void>) {
    this.#address = address;
    this.workerdPid = workerdPid;
    this.#key = key;
    this.#stop = stop;
  }

  /** @param parent where its data folder goes: the disk, or a file system in memory. */
  static async start(parent = tmpdir()): Promise<Passage> {
    const folder = mkdtempSync(join(parent, "passage-bench-"));
    const data = new DataFolder(folder);
    const catalog = await buildCatalog(join(folder, "build"), undefined, { providers, module: file("catalog.ts") });
    const options = { data, catalog, port: 0, host: "127.0.0.1", production: true, publicUrl: null, onLine: () => {} };
    const server = await startServer(options);
    const { key } = await new Operator(server.url, data.operatorToken).createKey("live");
    const stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    };
    return new Passage(server.url.replace("localhost", "127.0.0.1"), data.server?.workerdPid ?? 0, key, stop);
  }

  /** A developer's session with its worker and its device connected. */
  async openSession(): Promise<DeveloperSession> {
    const session = await this.#post<CreatedSession>("/v1/sessions", {});
    const device = await this.#connect(session.websocketUrl, "client", session.clientToken);
    const worker = await this.#connect(session.websocketUrl, "worker", session.workerToken);
    return { worker, device };
  }

  /** A link's attempt, claimed; our automation drives it. */
  async openRun(): Promise<Peer> {
    const operation = { integrationId: "bench", resource: "answers", action: "read" };
    const { claimCode } = await this.#post<CreatedLink>("/v1/links", operation);
    const { websocketUrl, clientToken } = await this.#post<Claimed>("/link/claim", { code: claimCode });
    return Peer.open(`${websocketUrl}?role=client`, [subprotocol, clientToken]);
  }

  async open(): Promise<Lane> {
    const { worker, device } = await this.openSession();
    device.onMessage = ({ type, id }) => {
      if (type === "server.command") device.send({ type: "client.command_response", id, ...answer });
    };
    let id = 0;
    return {
      async roundTrip() {
        const result = worker.next("server.command_result");
        worker.send({ type: "worker.command", id: String(++id), ...command });
        await result;
      },
      close: async () => {
        await Promise.all([worker.close(), device.close()]);
      },
    };
  }

  /** A session in which the person has the page. */
  async hold(): Promise<Held> {
    const { worker, device } = await this.openSession();
    const handed = device.next("server.set_interactive");
    const conditions = [{ type: "url", pattern: "/my-account" }];
    worker.send({ type: "worker.yield_to_user", id: "1", conditions, timeout: 600_000 });
    await handed;
    return {
      async wakeUp() {
        const result = worker.next("server.command_result");
        device.send({ type: "client.command_response", id: "1", result: { matched: true, condition: 0 }, error: null });
        await result;
      },
      close: async () => {
        await Promise.all([worker.close(), device.close()]);
      },
    };
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #connect(websocketUrl: string, role: "client" | "worker", token: string): Promise<Peer> {
    const peer = await Peer.open(`${websocketUrl}?role=${role}`, [subprotocol, token]);
    const hello = peer.next("server.hello");
    peer.send({ type: `${role}.hello` });
    await hello;
    return peer;
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const response = await fetch(this.#address + path, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}
