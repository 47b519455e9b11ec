/** The front of the bare Workers: each path has an object of its own. Types are spelled out here: the benches are Node programs. */
export interface Socket {
  send(data: string): void;
  deserializeAttachment(): string;
  serializeAttachment(value: string): void;
}
export interface State {
  acceptWebSocket(socket: Socket, tags?: string[]): void;
  getWebSockets(tag: string): Socket[];
  readonly storage: { readonly sql: { exec(query: string, ...values: unknown[]): unknown } };
}
interface Namespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(url: string, init: RequestInit): Promise<Response> };
}
declare const WebSocketPair: new () => { 0: unknown; 1: Socket };

/** Takes a socket that may hibernate; answers it and the upgrade. */
export function upgrade(state: State, tags: string[] = []): { socket: Socket; response: Response } {
  const { 0: webSocket, 1: socket } = new WebSocketPair();
  state.acceptWebSocket(socket, tags);
  return { socket, response: new Response(null, { status: 101, webSocket } as ResponseInit) };
}

export const front = {
  fetch(request: Request, { OBJECT }: { OBJECT: Namespace }): Promise<Response> {
    const { pathname } = new URL(request.url);
    return OBJECT.get(OBJECT.idFromName(pathname)).fetch(request.url, { headers: { upgrade: "websocket" } });
  },
};
