import { closeCodes, heartbeat, type ServerMessage, serverMessage, subprotocol } from "@passage/protocol/session";
import ReconnectingWebSocket from "partysocket/ws";
import { isLoopback } from "../loopback.ts";

const heartbeatMs = 25_000;
const silenceMs = 10_000;
const graceMs = 120_000;

export interface ConnectionOptions {
  readonly websocketUrl: string;
  readonly clientToken: string;
  readonly expiresAt: number;
  /** A socket is open: say hello. */
  readonly onOpen: () => void;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onLost: () => void;
  /** No further socket will be opened. */
  readonly onEnd: (end: ConnectionEnd) => void;
  readonly ping: () => void;
  readonly onLog?: ((line: string) => void) | undefined;
}

export type ConnectionEnd =
  | { readonly reason: "session_end"; readonly message: Extract<ServerMessage, { type: "server.session_end" }> }
  | { readonly reason: "session_over" | "replaced" | "malformed" | "expired" };

/** The session socket. It comes back until the session is over, another device took it, or its time has passed. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: ReconnectingWebSocket;
  readonly #timers: NodeJS.Timeout[];
  #silence: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { websocketUrl, clientToken, expiresAt } = options;
    const address = new URL(websocketUrl);
    address.searchParams.set("role", "client");
    this.#socket = new ReconnectingWebSocket(address.href, [subprotocol, clientToken], {
      connectionTimeout: 10_000,
      reconnectionDelayGrowFactor: 1.6,
      // Read anew before each attempt, which is what makes the delays jitter.
      get minReconnectionDelay() {
        return 200 + Math.random() * 100;
      },
      get maxReconnectionDelay() {
        return 1_400 + Math.random() * 600;
      },
      shouldReconnectOnClose: (event) => endOfClose(event.code) === null,
    });
    this.#socket.addEventListener("open", () => this.#opened());
    this.#socket.addEventListener("message", (event) => this.#received(event.data));
    this.#socket.addEventListener("close", (event) => this.#closed(event.code));
    this.#timers = [
      setInterval(() => this.#beat(), heartbeatMs),
      setTimeout(() => this.#end({ reason: "expired" }), Math.min(expiresAt + graceMs - Date.now(), 2 ** 31 - 1)),
    ];
  }

  /** Sends a frame if a socket is open. What cannot be sent is not queued here: its owner sends it after the next hello. */
  transmit(text: string): boolean {
    if (this.#ended || this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** @param code what the server is told of the reason. */
  close(code?: number): void {
    this.#ended = true;
    this.#stop(code);
  }

  #opened(): void {
    this.#options.onLog?.("connected");
    this.#options.onOpen();
  }

  #received(data: unknown): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
    if (typeof data !== "string" || data === heartbeat.pong || this.#ended) return;
    const message = parse(data);
    if (message?.type === "server.session_end") this.#end({ reason: "session_end", message });
    else if (message) this.#options.onMessage(message);
  }

  #closed(code: number): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
    const reason = endOfClose(code);
    if (reason) return this.#end({ reason });
    if (this.#ended) return;
    this.#options.onLog?.(`disconnected (${code}), trying again`);
    this.#options.onLost();
  }

  #beat(): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#silence) return;
    this.#options.ping();
    this.#silence = setTimeout(() => {
      this.#silence = undefined;
      this.#socket.reconnect(undefined, "no pong");
    }, silenceMs);
  }

  #end(end: ConnectionEnd): void {
    if (this.#ended) return;
    this.close();
    this.#options.onEnd(end);
  }

  #stop(code?: number): void {
    clearTimeout(this.#silence);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket.close(code);
  }
}

/** Throws unless the address is wss, or ws on this machine. */
export function demandSafeAddress(address: string): void {
  const url = URL.parse(address);
  if (url?.protocol === "wss:") return;
  if (url?.protocol !== "ws:")
    throw new Error("The session's address must begin with wss:// (or ws:// on this machine)");
  if (!isLoopback(url.hostname))
    throw new Error(`Plain ws:// is for this machine only, not for ${url.hostname}: use wss://`);
}

function endOfClose(code: number): "session_over" | "replaced" | "malformed" | null {
  if (code === closeCodes.sessionOver.code) return "session_over";
  if (code === closeCodes.replaced.code) return "replaced";
  return code === closeCodes.malformed.code ? "malformed" : null;
}

/** Messages of a newer server that this device does not know are left alone. */
function parse(text: string): ServerMessage | null {
  try {
    return serverMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
