/** Of an object's state, what this peer uses. */
interface State {
  readonly storage: {
    readonly sql: { exec(query: string, ...values: string[]): { toArray(): { id: string; body: string }[] } };
  };
}

interface Env {
  readonly OBJECT: { getByName(name: string): { fetch(url: string, init?: RequestInit): Promise<Response> } };
}

/**
 * The second peer: the least that these routes can be on this runtime and disk. A creation is one call and one row with one
 * index, a read is one look-up, a claim is one look-up and a fresh object with one row. No keys, no schema, no events.
 */
export class BareObject {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
    state.storage.sql.exec(`CREATE TABLE IF NOT EXISTS links (
      id TEXT PRIMARY KEY, claim TEXT NOT NULL UNIQUE, body TEXT NOT NULL) WITHOUT ROWID`);
  }

  async fetch(request: Request): Promise<Response> {
    const { sql } = this.#state.storage;
    const [, act = "", value = ""] = new URL(request.url).pathname.split("/");
    if (act === "add") {
      const [id = "", claim = ""] = value.split(".");
      sql.exec("INSERT INTO links (id, claim, body) VALUES (?, ?, ?)", id, claim, await request.text());
      return new Response(null, { status: 201 });
    }
    const column = act === "claim" ? "claim" : "id";
    const [row] = sql.exec(`SELECT id, body FROM links WHERE ${column} = ?`, value).toArray();
    return row ? Response.json(row) : new Response(null, { status: 404 });
  }
}

const front = {
  async fetch(request: Request, { OBJECT }: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    const organization = OBJECT.getByName("organization");
    if (request.method === "GET") return organization.fetch(`http://object/id/${pathname.split("/").at(-1)}`);
    const body: { code?: string } = await request.json();
    const made = { linkId: crypto.randomUUID(), claimCode: crypto.randomUUID() };
    if (pathname === "/v1/links") {
      const address = `http://object/add/${made.linkId}.${made.claimCode}`;
      await organization.fetch(address, { method: "POST", body: JSON.stringify(body) });
      return Response.json(made, { status: 201 });
    }
    const found = await organization.fetch(`http://object/claim/${body.code}`);
    if (!found.ok) return found;
    const sessionId = crypto.randomUUID();
    const address = `http://object/add/${sessionId}.${made.claimCode}`;
    await OBJECT.getByName(sessionId).fetch(address, { method: "POST", body: await found.text() });
    return Response.json({ sessionId });
  },
};
export default front;
