import { front, type Socket, type State, upgrade } from "./bare-front.ts";

/**
 * The peer of the journaled answers, on the same runtime and disk: a Durable Object that asks, writes the answer into a table
 * of its own database, and asks again. No tokens, no schema, no provider, no timeline.
 */
export class BareJournal {
  readonly #state: State;
  #asked = 0;
  #most = 0;

  constructor(state: State) {
    this.#state = state;
    const columns = "seq INTEGER PRIMARY KEY, request TEXT NOT NULL, answer TEXT, answered_at INTEGER NOT NULL";
    state.storage.sql.exec(`CREATE TABLE IF NOT EXISTS journal (${columns})`);
  }

  fetch(request: Request): Response {
    this.#most = Number(new URL(request.url).searchParams.get("answers"));
    return upgrade(this.#state).response;
  }

  webSocketMessage(socket: Socket, data: string): void {
    const { type, result } = JSON.parse(data);
    if (type === "client.command_response")
      this.#state.storage.sql.exec(
        "INSERT INTO journal (seq, request, answer, answered_at) VALUES (?, ?, ?, ?)",
        this.#asked,
        JSON.stringify(this.#request()),
        JSON.stringify({ result }),
        Date.now(),
      );
    if (this.#asked === this.#most)
      return socket.send(JSON.stringify({ type: "server.session_end", phase: "complete" }));
    this.#asked++;
    socket.send(JSON.stringify({ type: "server.command", id: String(this.#asked), ...this.#request() }));
  }

  webSocketClose(): void {}

  #request() {
    return { command: "at", params: { step: `row${this.#asked}@00000000` } };
  }
}

// biome-ignore lint/style/noDefaultExport: workerd takes a Worker's handlers from the default export.
export default front;
