import type { LinkRecord } from "./links.ts";

/** What a link was before a claim that has not yet succeeded. */
export type Before = Pick<LinkRecord, "id" | "status" | "currentSessionId" | "error">;

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
      started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT, before TEXT);
      CREATE INDEX IF NOT EXISTS attempts_of_link ON attempts (link_id)`);
  }

  /** @param before what the link was; null for a session without a link. */
  begin(sessionId: string, before: Before | null, now: number): void {
    const query = "INSERT INTO attempts (session_id, link_id, started_at, before) VALUES (?, ?, ?, ?)";
    const kept = before && {
      id: before.id,
      status: before.status,
      currentSessionId: before.currentSessionId,
      error: before.error,
    };
    this.#sql.exec(query, sessionId, before?.id ?? null, now, kept && JSON.stringify(kept));
  }

  /** The session of this attempt exists, and the device is about to hear of it. */
  opened(sessionId: string): void {
    this.#sql.exec("UPDATE attempts SET before = NULL WHERE session_id = ?", sessionId);
  }

  /** Attempts whose claim was never answered. */
  unopened(): { sessionId: string; before: Before }[] {
    return this.#sql
      .exec<{ session_id: string; before: string }>("SELECT session_id, before FROM attempts WHERE before IS NOT NULL")
      .toArray()
      .map((row) => ({ sessionId: row.session_id, before: JSON.parse(row.before) }));
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
