import { once } from "node:events";
import WebSocket from "ws";

export type Message = Record<string, unknown> & { readonly type: string };

/** One end of a WebSocket that speaks JSON. A frame that nobody waits for goes to `onMessage`. */
export class Peer {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (message: Message) => void>();
  onMessage: (message: Message) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      const waiting = this.#waiting.get(message.type);
      this.#waiting.delete(message.type);
      if (waiting) waiting(message);
      else this.onMessage(message);
    });
  }

  static async open(url: string, protocols: string[] = []): Promise<Peer> {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
    const peer = new Peer(socket);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return peer;
  }

  send(message: Message): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The next frame of this type. */
  next(type: string): Promise<Message> {
    return new Promise((resolve) => this.#waiting.set(type, resolve));
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, "close");
    this.#socket.terminate();
    await closed;
  }
}
