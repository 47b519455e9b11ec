import type { DeviceRequest } from "@passage/automation/wire";
import type { ServerMessage } from "@passage/protocol/session";

export interface Waiting {
  readonly id: string;
  readonly issued: DeviceRequest;
}

/**
 * What a relay writes down: a request that may outlive the object's memory (a yield, or one whose device is away), and the
 * answers that found no worker, which are its session's journal. A command that is answered at once is never here.
 */
export class WorkerDriverStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get waiting(): Waiting | null {
    const [row] = this.#sql.exec<{ waiting: string | null }>("SELECT waiting FROM session").toArray();
    return row?.waiting ? JSON.parse(row.waiting) : null;
  }

  keep({ id, issued }: Waiting): void {
    this.#sql.exec("UPDATE session SET waiting = ?", JSON.stringify({ id, issued }));
  }

  drop(): void {
    this.#sql.exec("UPDATE session SET waiting = NULL WHERE waiting IS NOT NULL");
  }

  /** Where the worker last sent the page. Kept until the session is over. */
  get address(): string | null {
    return this.#sql.exec<{ address: string | null }>("SELECT address FROM session").toArray()[0]?.address ?? null;
  }

  noteAddress(url: string): void {
    this.#sql.exec("UPDATE session SET address = ?", url);
  }

  forgetAddress(): void {
    this.#sql.exec("UPDATE session SET address = NULL WHERE address IS NOT NULL");
  }

  hold(message: ServerMessage): void {
    const query = "INSERT INTO journal (request, answer, answered_at) VALUES ('', ?, ?)";
    this.#sql.exec(query, JSON.stringify(message), Date.now());
  }

  /** The messages that were held, oldest first; they are handed out once. */
  release(): Record<string, unknown>[] {
    const rows = this.#sql.exec<{ answer: string }>("SELECT answer FROM journal ORDER BY seq").toArray();
    if (rows.length > 0) this.#sql.exec("DELETE FROM journal");
    return rows.map((row) => JSON.parse(row.answer));
  }
}
