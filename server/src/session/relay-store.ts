import type { DeviceRequest } from "@passage/automation/wire";
import type { ServerMessage } from "@passage/protocol/session";

export interface Waiting {
  readonly id: string;
  readonly issued: DeviceRequest;
}

/**
 * What a relay writes down: a request that may outlive the object's memory (a yield, or one whose device is away), and the
 * answers that found no worker. A command that is answered at once is never here.
 */
export class RelayStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get waiting(): Waiting | null {
    const [row] = this.#sql.exec<{ id: string; issued: string }>("SELECT id, issued FROM relay_waiting").toArray();
    return row ? { id: row.id, issued: JSON.parse(row.issued) } : null;
  }

  keep({ id, issued }: Waiting): void {
    const query = "INSERT OR REPLACE INTO relay_waiting (one, id, issued) VALUES (1, ?, ?)";
    this.#sql.exec(query, id, JSON.stringify(issued));
  }

  drop(): void {
    this.#sql.exec("DELETE FROM relay_waiting");
  }

  /** Where the worker last sent the page. Kept until the session is over. */
  get address(): string | null {
    return this.#sql.exec<{ url: string }>("SELECT url FROM relay_address").toArray()[0]?.url ?? null;
  }

  noteAddress(url: string): void {
    this.#sql.exec("INSERT OR REPLACE INTO relay_address (one, url) VALUES (1, ?)", url);
  }

  forgetAddress(): void {
    this.#sql.exec("DELETE FROM relay_address");
  }

  hold(message: ServerMessage): void {
    this.#sql.exec("INSERT INTO relay_undelivered (message) VALUES (?)", JSON.stringify(message));
  }

  /** The messages that were held, oldest first; they are handed out once. */
  release(): Record<string, unknown>[] {
    const rows = this.#sql.exec<{ message: string }>("SELECT message FROM relay_undelivered ORDER BY seq").toArray();
    if (rows.length > 0) this.#sql.exec("DELETE FROM relay_undelivered");
    return rows.map((row) => JSON.parse(row.message));
  }
}
