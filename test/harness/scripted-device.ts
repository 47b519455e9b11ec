import { once } from "node:events";
import { type ServerMessage, subprotocol } from "@passage/protocol/session";
import WebSocket from "ws";

export type Reply = { result: unknown } | { error: { code: string; message: string } } | null;
/** Answers one command or yield (`yield`); null does not answer. */
export type Script = (request: { id: string; command: string; params: Record<string, unknown> }) => Reply;

/** A peer of a session's socket that a test drives by hand: the device's side of the wire without a browser. */
export class ScriptedPeer {
  readonly socket: WebSocket;
  readonly received: Record<string, unknown>[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      const text = String(data);
      if (text !== "pong") this.received.push(JSON.parse(text));
      for (const check of this.#waiting) check();
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message, past or future, that fits. */
  message<T extends ServerMessage["type"]>(
    type: T,
    fits: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    return new Promise((resolve) => {
      const check = () => {
        const found = this.received.find((one) => one.type === type && fits(one as never));
        if (!found) return;
        this.#waiting.delete(check);
        resolve(found as never);
      };
      this.#waiting.add(check);
      check();
    });
  }

  async closed(): Promise<{ code: number; reason: string }> {
    const [code, reason] = await once(this.socket, "close");
    return { code, reason: String(reason) };
  }
}

/** Opens a socket in a role; rejects with the HTTP status when the upgrade is refused. */
export async function connect(websocketUrl: string, role: string, token: string): Promise<ScriptedPeer> {
  const socket = new WebSocket(`${websocketUrl}?role=${role}`, [subprotocol, token]);
  const peer = new ScriptedPeer(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      reject(Object.assign(new Error(`refused with ${response.statusCode}`), { status: response.statusCode }));
      response.resume();
    });
  });
  return peer;
}

/** Connects as the device, says hello, and answers by the script. */
export async function scriptedDevice(
  claimed: { websocketUrl: string; clientToken: string },
  script: Script,
): Promise<ScriptedPeer> {
  const peer = await connect(claimed.websocketUrl, "client", claimed.clientToken);
  peer.socket.on("message", (data) => {
    const text = String(data);
    const message = text === "pong" ? null : (JSON.parse(text) as ServerMessage);
    const request =
      message?.type === "server.command"
        ? message
        : message?.type === "server.set_interactive" && message.yield
          ? { id: message.yield.id, command: "yield", params: message.yield }
          : null;
    const reply = request && script(request);
    if (request && reply)
      peer.send({ type: "client.command_response", id: request.id, result: null, error: null, ...reply });
  });
  peer.send({ type: "client.hello", capabilities: ["yield.conditions"] });
  await peer.message("server.hello");
  return peer;
}
