import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env.ts";

/** One request to a site. `status` is null while there is no answer: all the time, if the caller of a hanging call leaves. */
export type LoggedRequest = {
  seq: number;
  ts: number;
  method: string;
  host: string;
  path: string;
  call: string | null;
  status: number | null;
};

export type Arrival = Pick<LoggedRequest, "method" | "host" | "path" | "call">;
export type LogFilter = { host?: string; path?: string; after?: number };

const keptRequests = 10_000;

/**
 * What the sites remember: a value for each token that a browser holds, and the request log. It receives hashes of
 * tokens only (`Tokens` makes them), and nothing that a person typed.
 */
export class Sites extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS tokens (
        kind TEXT, hash TEXT, value TEXT NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (kind, hash)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS requests (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        ts INTEGER NOT NULL, method TEXT NOT NULL, host TEXT NOT NULL, path TEXT NOT NULL, call TEXT, status INTEGER
      );`);
  }

  keepToken(kind: string, hash: string, value: string, expiresAt: number): void {
    this.#sql.exec("DELETE FROM tokens WHERE expires_at <= ?", Date.now());
    this.#sql.exec("INSERT INTO tokens VALUES (?, ?, ?, ?)", kind, hash, value, expiresAt);
  }

  readToken(kind: string, hash: string): string | null {
    const query = "SELECT value FROM tokens WHERE kind = ? AND hash = ? AND expires_at > ?";
    return this.#sql.exec<{ value: string }>(query, kind, hash, Date.now()).toArray()[0]?.value ?? null;
  }

  /** Replaces the value if it is still `expected`; false means that another request was first. */
  changeToken(kind: string, hash: string, expected: string, next: string): boolean {
    const query = "UPDATE tokens SET value = ? WHERE kind = ? AND hash = ? AND value = ?";
    return this.#sql.exec(query, next, kind, hash, expected).rowsWritten > 0;
  }

  /** Reads and forgets in one step, for what may be used once. */
  takeToken(kind: string, hash: string): string | null {
    const value = this.readToken(kind, hash);
    this.#sql.exec("DELETE FROM tokens WHERE kind = ? AND hash = ?", kind, hash);
    return value;
  }

  logArrival({ method, host, path, call }: Arrival): number {
    const insert = "INSERT INTO requests (ts, method, host, path, call) VALUES (?, ?, ?, ?, ?) RETURNING seq";
    const { seq } = this.#sql.exec<{ seq: number }>(insert, Date.now(), method, host, path, call).one();
    this.#sql.exec("DELETE FROM requests WHERE seq <= ?", seq - keptRequests);
    return seq;
  }

  logAnswer(seq: number, status: number): void {
    this.#sql.exec("UPDATE requests SET status = ? WHERE seq = ?", status, seq);
  }

  readLog({ host, path, after = 0 }: LogFilter): LoggedRequest[] {
    const query = `SELECT seq, ts, method, host, path, call, status FROM requests
      WHERE seq > ?1 AND (?2 IS NULL OR host = ?2) AND (?3 IS NULL OR path = ?3) ORDER BY seq`;
    return this.#sql.exec<LoggedRequest>(query, after, host ?? null, path ?? null).toArray();
  }

  clearLog(): void {
    this.#sql.exec("DELETE FROM requests");
  }
}
