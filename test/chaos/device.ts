import { closeCodes, type ServerMessage } from "@passage/protocol/session";
import type WebSocket from "ws";
import type { Reply } from "../harness/scripted-device.ts";
import { connect } from "../harness/scripted-device.ts";
import type { Moment } from "./schedule.ts";

export interface Request {
  readonly id: string;
  readonly command: string;
  readonly params: Record<string, unknown>;
}

type End = Extract<ServerMessage, { type: "server.session_end" }>;
export type DeviceEnd = { readonly reason: "session_end"; readonly message: End } | { readonly reason: "replaced" };

export interface DeviceHooks {
  readonly name: string;
  readonly act: (request: Request) => Reply;
  /** The server asked; `again` when this device has that id already. */
  readonly asked: (device: Device, request: Request, again: "repeats" | "joins" | null) => void;
  /** Faults strike here; the device waits for them. */
  readonly reached: (device: Device, request: Request, moment: Moment) => Promise<void>;
  /** Resolves when the server runs again; a lost socket waits for it. */
  readonly serverUp: () => Promise<void>;
  readonly broken: (what: string) => void;
  readonly log: (line: string) => void;
}

/**
 * Behaves as our device does, without a browser: answers are kept by id and repeated, an id that is being worked on is joined,
 * what no socket took is sent after the next hello, and a lost socket comes back until the session is over or another device has it.
 */
export class Device {
  readonly #hooks: DeviceHooks;
  readonly #websocketUrl: string;
  readonly #clientToken: string;
  readonly #asked = new Map<string, string>();
  readonly #answers = new Map<string, string>();
  readonly #unsent = new Set<string>();
  readonly #ended = Promise.withResolvers<DeviceEnd>();
  #socket: WebSocket | null = null;
  #over = false;
  #away: Promise<void> | null = null;
  #helloLast = false;
  /** How often each id was acted on. */
  readonly acted = new Map<string, number>();

  constructor(claimed: { websocketUrl: string; clientToken: string }, hooks: DeviceHooks) {
    this.#websocketUrl = claimed.websocketUrl;
    this.#clientToken = claimed.clientToken;
    this.#hooks = hooks;
  }

  get ended(): Promise<DeviceEnd> {
    return this.#ended.promise;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Opens a socket, again and again while the server is away; resolves when one is open or the session is not ours any more. */
  async open(): Promise<void> {
    while (!this.#over) {
      await this.#hooks.serverUp();
      try {
        const peer = await connect(this.#websocketUrl, "client", this.#clientToken);
        return this.#opened(peer.socket);
      } catch (error) {
        const { status, message } = error as { status?: number; message: string };
        if (status === undefined) this.#hooks.log(`${this.#hooks.name} could not connect: ${message}`);
        else return this.#end({ reason: "replaced" }, `the session's socket was refused with ${status}`);
      }
    }
  }

  /** The network is gone until `away` resolves. */
  cut(away: Promise<void>, helloLast: boolean): void {
    this.#away = away;
    this.#helloLast = helloLast;
    this.#socket?.terminate();
  }

  /** Sends a frame if a socket is open. */
  transmit(text: string): boolean {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(text);
    return true;
  }

  answerTo(id: string): string | undefined {
    return this.#answers.get(id);
  }

  #opened(socket: WebSocket): void {
    socket.on("error", () => {});
    if (this.#over) return socket.terminate();
    this.#socket = socket;
    socket.on("message", (data) => this.#receive(JSON.parse(String(data))));
    socket.on("close", (code) => this.#closed(socket, code));
    // A device that sends its late answers first: the server must take them from a socket that has not said hello.
    if (this.#helloLast) this.#resume();
    this.#helloLast = false;
    this.transmit(JSON.stringify({ type: "client.hello", protocol: 1, capabilities: ["yield.conditions"] }));
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case "server.hello":
        return this.#resume();
      case "server.command":
        return void this.#work({ id: message.id, command: message.command, params: message.params });
      case "server.set_interactive":
        if (message.yield) void this.#work({ id: message.yield.id, command: "yield", params: message.yield });
        return;
      case "server.session_end":
        return this.#end({ reason: "session_end", message });
      case "server.cancel":
        return this.#hooks.broken(`${this.#hooks.name}: request ${message.id} was cancelled: its answer was lost`);
      case "server.error":
        return this.#hooks.broken(`${this.#hooks.name}: server.error ${message.code}: ${message.message}`);
    }
  }

  async #work(request: Request): Promise<void> {
    const { id } = request;
    const { name, reached, act, asked, broken } = this.#hooks;
    const text = JSON.stringify([request.command, request.params]);
    const before = this.#asked.get(id);
    if (before !== undefined && before !== text)
      broken(`${name}: id ${id} was asked with two requests: ${before}, ${text}`);
    const again = before === undefined ? null : this.#answers.has(id) ? "repeats" : "joins";
    asked(this, request, again);
    if (again === "repeats") this.#give(id);
    if (again) return;
    this.#asked.set(id, text);
    await reached(this, request, "asked");
    this.acted.set(id, (this.acted.get(id) ?? 0) + 1);
    const reply = act(request);
    await reached(this, request, "acted");
    this.#answers.set(id, JSON.stringify({ type: "client.command_response", id, ...reply }));
    this.#give(id);
    await reached(this, request, "answered");
  }

  #give(id: string): void {
    if (this.transmit(this.#answers.get(id) as string)) this.#unsent.delete(id);
    else this.#unsent.add(id);
  }

  #resume(): void {
    for (const id of [...this.#unsent]) this.#give(id);
  }

  #closed(socket: WebSocket, code: number): void {
    if (this.#over || socket !== this.#socket) return;
    this.#hooks.log(`${this.#hooks.name} lost its socket (${code})`);
    if (code === closeCodes.replaced.code) return this.#end({ reason: "replaced" });
    if (code === closeCodes.sessionOver.code)
      return this.#end({ reason: "replaced" }, "the session was over without a server.session_end");
    const away = this.#away;
    this.#away = null;
    void (away ?? Promise.resolve()).then(() => this.open());
  }

  #end(end: DeviceEnd, broken?: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#hooks.log(`${this.#hooks.name} ended: ${end.reason === "session_end" ? end.message.phase : end.reason}`);
    if (broken) this.#hooks.broken(`${this.#hooks.name}: ${broken}`);
    this.#ended.resolve(end);
    this.#socket?.close();
  }
}
