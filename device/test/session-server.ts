import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ClientMessage, clientMessage, type ServerMessage, subprotocol } from "@passage/protocol/session";
import { type WebSocket, WebSocketServer } from "ws";
import type { Answered } from "./rig.ts";

type Hello = Extract<ServerMessage, { type: "server.hello" }>;

/** The server's side of a session socket, as a test wants it to behave. */
export class SessionServer {
  readonly frames: string[] = [];
  readonly messages: ClientMessage[] = [];
  /** Tokens of the upgrades, in order. */
  readonly tokens: string[] = [];
  /** Roles that the upgrades asked for. */
  readonly roles: (string | null)[] = [];
  acknowledges = true;
  /** Takes frames and answers none, as behind a dead link. */
  deaf = false;
  /** Whether it says hello to a device that does. */
  greets = true;
  manifests: string[] = [];
  sandbox: string | undefined;
  /** What it wants to be captured of the page. */
  capture: Hello["capture"];
  lastClientSeq = 0;
  #server: Server | null = null;
  #socket: WebSocket | null = null;
  #port = 0;
  #checks = new Set<() => void>();

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/sessions/sess_test/ws`;
  }

  /** Listens on the port it had before, if it had one. */
  async open(): Promise<this> {
    const server = createServer();
    const sockets = new WebSocketServer({
      server,
      handleProtocols: (protocols) => {
        this.tokens.push([...protocols][1] ?? "");
        return protocols.has(subprotocol) ? subprotocol : false;
      },
    });
    sockets.on("connection", (socket, request) => {
      this.roles.push(new URL(request.url ?? "/", this.url).searchParams.get("role"));
      this.#serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** As `kill -9` leaves it: sockets die without a close frame. */
  async die(): Promise<void> {
    this.#socket?.terminate();
    this.#socket = null;
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  tell(message: ServerMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  greet(): void {
    this.tell(this.#greeting());
  }

  command(id: string, command: string, params: Record<string, unknown> = {}): void {
    this.tell({ type: "server.command", id, command, params });
  }

  end(phase: "complete" | "failed" | "expired", code?: "AUTOMATION_ERROR"): void {
    const error = code ? { code, message: "It broke" } : null;
    this.tell({ type: "server.session_end", phase, error, returnUrl: "https://shop.example/back" });
    this.#socket?.close(4001);
  }

  closeSocket(code: number): void {
    this.#socket?.close(code);
  }

  drop(): void {
    this.#socket?.terminate();
  }

  async hello(count = 1): Promise<void> {
    await this.until(() => this.messages.filter((message) => message.type === "client.hello").length >= count);
  }

  async answer(id: string): Promise<Answered> {
    await this.until(() => this.answers(id).length > 0);
    return this.answers(id)[0] as Answered;
  }

  answers(id: string): Answered[] {
    return this.messages.filter(
      (message) => message.type === "client.command_response" && message.id === id,
    ) as Answered[];
  }

  /** The addresses of the navigation events, in order, each batch once. */
  navigations(): unknown[] {
    const seen = new Set<number>();
    return this.messages.flatMap((message) => {
      if (message.type !== "client.events" || seen.has(message.clientSeq)) return [];
      seen.add(message.clientSeq);
      return message.events.map((event) => event.payload.url);
    });
  }

  /** Waits until the condition holds; it is looked at after each frame. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
    });
  }

  #serve(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("message", (data) => {
      const text = String(data);
      this.frames.push(text);
      if (text === "ping") return this.#pong(socket);
      const message = clientMessage.parse(JSON.parse(text));
      this.messages.push(message);
      if (message.type === "client.hello" && this.greets) this.greet();
      if (message.type === "client.events" && this.acknowledges) {
        this.lastClientSeq = message.clientSeq;
        socket.send(JSON.stringify({ type: "server.ack", clientSeq: message.clientSeq }));
      }
      for (const check of [...this.#checks]) check();
    });
  }

  #pong(socket: WebSocket): void {
    if (!this.deaf) socket.send("pong");
    for (const check of [...this.#checks]) check();
  }

  #greeting(): Hello {
    return {
      type: "server.hello",
      protocol: 1,
      session: {
        id: "sess_test",
        phase: "active",
        expiresAt: Date.now() + 60_000,
        clientConnected: true,
        workerConnected: true,
      },
      lastClientSeq: this.lastClientSeq,
      ...(this.manifests.length > 0 && { manifests: this.manifests }),
      ...(this.sandbox && { sandbox: this.sandbox }),
      ...(this.capture && { capture: this.capture }),
    };
  }
}
