import { front, type Socket, type State, upgrade } from "./bare-front.ts";

/**
 * The peer on the same runtime: a Durable Object with hibernating sockets that passes each frame to the other role. No tokens,
 * no schema, no storage.
 */
export class BareRelay {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  fetch(request: Request): Response {
    const role = new URL(request.url).searchParams.get("role") ?? "";
    const { socket, response } = upgrade(this.#state, [role]);
    socket.serializeAttachment(role);
    return response;
  }

  webSocketMessage(socket: Socket, data: string): void {
    const other = socket.deserializeAttachment() === "worker" ? "client" : "worker";
    for (const one of this.#state.getWebSockets(other)) one.send(data);
  }

  webSocketClose(): void {}
}

// biome-ignore lint/style/noDefaultExport: workerd takes a Worker's handlers from the default export.
export default front;
