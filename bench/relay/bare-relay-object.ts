/**
 * The peer on the same runtime: a Durable Object with hibernating sockets that passes each frame to the other role. No tokens,
 * no schema, no storage. Types are spelled out here because the benches are Node programs.
 */
interface Socket {
  send(data: string): void;
  deserializeAttachment(): string;
  serializeAttachment(value: string): void;
}
interface State {
  acceptWebSocket(socket: Socket, tags: string[]): void;
  getWebSockets(tag: string): Socket[];
}
interface Namespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(url: string, init: RequestInit): Promise<Response> };
}
declare const WebSocketPair: new () => { 0: Socket; 1: Socket };

export class BareRelay {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  fetch(request: Request): Response {
    const role = new URL(request.url).searchParams.get("role") ?? "";
    const { 0: webSocket, 1: socket } = new WebSocketPair();
    this.#state.acceptWebSocket(socket, [role]);
    socket.serializeAttachment(role);
    return new Response(null, { status: 101, webSocket } as ResponseInit);
  }

  webSocketMessage(socket: Socket, data: string): void {
    const other = socket.deserializeAttachment() === "worker" ? "client" : "worker";
    for (const one of this.#state.getWebSockets(other)) one.send(data);
  }

  webSocketClose(): void {}
}

// biome-ignore lint/style/noDefaultExport: workerd takes a Worker's handlers from the default export.
export default {
  fetch(request: Request, { OBJECT }: { OBJECT: Namespace }): Promise<Response> {
    const { pathname } = new URL(request.url);
    return OBJECT.get(OBJECT.idFromName(pathname)).fetch(request.url, { headers: { upgrade: "websocket" } });
  },
};
