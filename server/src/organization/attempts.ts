/**
 * One row a session: each claim of a link is one, so failed attempts stay inspectable after the link was claimed again; so is
 * each session that a developer makes without a link. What became of it, the session itself knows.
 */
export class Attempts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS attempts (
      position INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL UNIQUE, link_id TEXT,
      started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT);
      CREATE INDEX IF NOT EXISTS attempts_of_link ON attempts (link_id)`);
  }

  begin(sessionId: string, linkId: string | null, now: number): void {
    const query = "INSERT INTO attempts (session_id, link_id, started_at) VALUES (?, ?, ?)";
    this.#sql.exec(query, sessionId, linkId, now);
  }

  drop(sessionId: string): void {
    this.#sql.exec("DELETE FROM attempts WHERE session_id = ?", sessionId);
  }

  /** The link of an attempt that is still under way, or null. */
  linkOf(sessionId: string): string | null {
    const query = "SELECT link_id FROM attempts WHERE session_id = ? AND ended_at IS NULL";
    return this.#sql.exec<{ link_id: string | null }>(query, sessionId).toArray()[0]?.link_id ?? null;
  }

  /** @param outcome `complete`, or the code of the error that ended it. */
  end(sessionId: string, outcome: string, now: number): void {
    this.#sql.exec("UPDATE attempts SET ended_at = ?, outcome = ? WHERE session_id = ?", now, outcome, sessionId);
  }

  /** Newest first. */
  page(before: number | null, limit: number): { position: number; sessionId: string }[] {
    const query = "SELECT position, session_id FROM attempts WHERE position < ? ORDER BY position DESC LIMIT ?";
    return this.#sql
      .exec<{ position: number; session_id: string }>(query, before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray()
      .map((row) => ({ position: row.position, sessionId: row.session_id }));
  }
}
