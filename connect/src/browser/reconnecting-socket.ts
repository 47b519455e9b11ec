import { closeCodes, heartbeat, protocolVersion, type ServerMessage, subprotocol } from "../protocol.generated.ts";
import type { WebSocketClass, WebSocketLike } from "./socket.ts";

const helloTimeoutMs = 10_000;
const pingEveryMs = 25_000;
const pongTimeoutMs = 10_000;
const shortestDelayMs = 200;
const longestDelayMs = 2_000;

export interface ReconnectingSocketEvents {
  message(message: ServerMessage): void;
  /** The server closed for good, with one of {@link closeCodes}. */
  closed(code: number): void;
  /** The socket is lost and another one will be tried. `greeted` is false where the server never said hello on it. */
  lost(greeted: boolean): void;
}

/**
 * A socket to a session that heals: whatever breaks it, it dials again, until it is closed. Each `server.hello` that it
 * passes on begins a new socket, on which nothing has been sent yet.
 */
export class ReconnectingSocket {
  readonly #WebSocket: WebSocketClass;
  readonly #url: string;
  readonly #token: string;
  readonly #events: ReconnectingSocketEvents;
  #socket: WebSocketLike | null = null;
  #greeted = false;
  #failures = 0;
  /** The one thing that is waited for: a hello, the time to ping, a pong, or the time to dial again. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(WebSocket: WebSocketClass, url: string, token: string, events: ReconnectingSocketEvents) {
    this.#WebSocket = WebSocket;
    this.#url = url;
    this.#token = token;
    this.#events = events;
  }

  /** Greeted: what is sent now arrives, or the socket is lost. */
  get isUp(): boolean {
    return this.#greeted;
  }

  dial(): void {
    const socket = new this.#WebSocket(this.#url, [subprotocol, this.#token]);
    this.#socket = socket;
    // A socket that was given up may still speak: it is not listened to.
    const heard = (act: () => void) => () => {
      if (this.#socket === socket) act();
    };
    const hello = JSON.stringify({ type: "worker.hello", protocol: protocolVersion });
    socket.addEventListener(
      "open",
      heard(() => socket.send(hello)),
    );
    socket.addEventListener("message", ({ data }) => heard(() => this.#received(data))());
    socket.addEventListener("close", ({ code }) => heard(() => this.#lose(code))());
    socket.addEventListener(
      "error",
      heard(() => this.#lose(1006)),
    );
    this.#after(helloTimeoutMs, () => this.#lose(1006));
  }

  send(frame: string): void {
    this.#socket?.send(frame);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#hangUp();
  }

  #received(data: unknown): void {
    if (this.#greeted) this.#keepAlive();
    const message = data === heartbeat.pong ? undefined : readMessage(data);
    if (message?.type === "server.hello") {
      this.#greeted = true;
      this.#failures = 0;
      this.#keepAlive();
    }
    if (message) this.#events.message(message);
  }

  /** Whatever arrives shows that the socket is alive. */
  #keepAlive(): void {
    this.#after(pingEveryMs, () => {
      this.send(heartbeat.ping);
      this.#after(pongTimeoutMs, () => this.#lose(1006));
    });
  }

  #lose(code: number): void {
    const greeted = this.#greeted;
    this.close();
    if (Object.values<number>(closeCodes).includes(code)) return this.#events.closed(code);
    // Jitter: the many workers that lost one server do not come back in step.
    const ceilingMs = Math.min(shortestDelayMs * 2 ** ++this.#failures, longestDelayMs);
    this.#after(shortestDelayMs + Math.random() * (ceilingMs - shortestDelayMs), () => this.dial());
    this.#events.lost(greeted);
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#greeted = false;
    try {
      socket?.close(1000);
    } catch {
      // Closing a socket that never opened throws on some platforms.
    }
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
}

/** Reads a frame. Undefined: nothing that concerns a worker; a newer server may send more than we know. */
function readMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "type" in value ? (value as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}
