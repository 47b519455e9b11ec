import type { WebSocketLike } from "../browser/socket.ts";

type Listener = (event: { data: unknown; code: number }) => void;

/** A WebSocket whose server is the test. Every one that is constructed is in `sockets`. */
export function fakeSockets() {
  const sockets: FakeSocket[] = [];
  class FakeSocket implements WebSocketLike {
    readonly sent: string[] = [];
    readonly closed: (number | undefined)[] = [];
    readonly #listeners = new Map<string, Listener>();
    readonly url: string;
    readonly protocols: string[];

    constructor(url: string, protocols: string[]) {
      this.url = url;
      this.protocols = protocols;
      sockets.push(this);
    }

    addEventListener(type: string, listener: unknown): void {
      this.#listeners.set(type, listener as Listener);
    }

    send(data: string): void {
      this.sent.push(data);
    }

    close(code?: number): void {
      this.closed.push(code);
    }

    open(): void {
      this.#tell("open");
    }

    /** From the server. */
    say(message: object | string): void {
      this.#tell("message", { data: typeof message === "string" ? message : JSON.stringify(message) });
    }

    /** The server or the network ends it. */
    end(code: number): void {
      this.#tell("close", { code });
    }

    /** Opens, and says hello. */
    greet(session: object = {}): void {
      this.open();
      const view = { phase: "active", expiresAt: Date.now() + 900_000, clientConnected: true, ...session };
      this.say({ type: "server.hello", protocol: 1, session: view, lastClientSeq: 0 });
    }

    /** What was sent, but for heartbeats. */
    messages(): Record<string, unknown>[] {
      return this.sent.filter((frame) => frame !== "ping").map((frame) => JSON.parse(frame));
    }

    last(): Record<string, unknown> {
      return this.messages().at(-1) ?? {};
    }

    #tell(type: string, event: { data?: unknown; code?: number } = {}): void {
      this.#listeners.get(type)?.({ data: event.data, code: event.code ?? 0 });
    }
  }
  const newest = () => sockets.at(-1) as FakeSocket;
  return { FakeSocket, sockets, newest };
}
