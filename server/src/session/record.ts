import type { SessionState } from "./machine.ts";
import type { Opening } from "./opening.ts";

export interface Kept {
  readonly opening: Opening;
  readonly expiresAt: number;
  readonly state: SessionState;
}

/** What a session keeps of itself: what it was opened with, when it ends at the latest, and its state. */
export class SessionRecord {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS session (
      one INTEGER PRIMARY KEY CHECK (one = 1), opening TEXT NOT NULL, expires_at INTEGER NOT NULL,
      state TEXT NOT NULL)`);
  }

  create(opening: Opening, expiresAt: number): void {
    this.#sql.exec(
      "INSERT INTO session (one, opening, expires_at, state) VALUES (1, ?, ?, ?)",
      JSON.stringify(opening),
      expiresAt,
      JSON.stringify({ phase: "created" } satisfies SessionState),
    );
  }

  read(): Kept | null {
    const [row] = this.#sql
      .exec<{ opening: string; expires_at: number; state: string }>("SELECT opening, expires_at, state FROM session")
      .toArray();
    return row
      ? {
          opening: JSON.parse(row.opening),
          expiresAt: row.expires_at,
          state: JSON.parse(row.state),
        }
      : null;
  }

  writeState(state: SessionState): void {
    this.#sql.exec("UPDATE session SET state = ?", JSON.stringify(state));
  }
}
