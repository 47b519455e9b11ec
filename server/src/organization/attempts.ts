/** One row a claim: failed attempts stay inspectable after the link was claimed again. */
export class Attempts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS attempts (
      session_id TEXT PRIMARY KEY, link_id TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT)
      WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS attempts_of_link ON attempts (link_id)`);
  }

  begin(sessionId: string, linkId: string, now: number): void {
    this.#sql.exec("INSERT INTO attempts (session_id, link_id, started_at) VALUES (?, ?, ?)", sessionId, linkId, now);
  }

  drop(sessionId: string): void {
    this.#sql.exec("DELETE FROM attempts WHERE session_id = ?", sessionId);
  }

  /** The link of an attempt that is still under way, or null. */
  linkOf(sessionId: string): string | null {
    const query = "SELECT link_id FROM attempts WHERE session_id = ? AND ended_at IS NULL";
    return this.#sql.exec<{ link_id: string }>(query, sessionId).toArray()[0]?.link_id ?? null;
  }

  /** @param outcome `complete`, or the code of the error that ended it. */
  end(sessionId: string, outcome: string, now: number): void {
    this.#sql.exec("UPDATE attempts SET ended_at = ?, outcome = ? WHERE session_id = ?", now, outcome, sessionId);
  }
}
