import type { ErrorValue } from "@passage/protocol/errors";
import type { SessionSummary } from "@passage/protocol/http/session";
import type { LedgerHead } from "@passage/protocol/ledger";
import { partialKeptMs } from "../../limits.ts";
import type { ClaimableState } from "./machine.ts";

/** One claim of a link, as its row has it. */
export interface AttemptRecord {
  readonly position: number;
  readonly sessionId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: ErrorValue | null;
  readonly sealedResult: string | null;
  /** How far its device's ledger went. */
  readonly ledger: LedgerHead | null;
}

/** How an attempt ended. */
export interface AttemptEnd {
  /** null for one that succeeded. */
  readonly error: ErrorValue | null;
  /** Kept where each attempt has a result of its own. */
  readonly sealedResult: string | null;
  readonly ledger: LedgerHead | null;
}

/** A page that holds more characters of sealed results ends: a result may have a million. */
const longestPage = 4_000_000;
/** A session lasts no longer than this. */
const longestAttemptMs = 3_600_000;

/**
 * One row a session: each claim of a link is one, so failed attempts stay inspectable after the link was claimed again; so is
 * each session that a developer makes without a link. What became of it, the session itself knows.
 */
export class AttemptTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * @param linkId null for a session without a link
   * @param before what the link was, while nobody has heard yet of the claim; null for a session that is open already
   */
  begin(sessionId: string, linkId: string | null, before: ClaimableState | null, now: number): void {
    const query = "INSERT INTO attempts (session_id, link_id, started_at, before) VALUES (?, ?, ?, ?)";
    this.#sql.exec(query, sessionId, linkId, now, before && JSON.stringify(before));
  }

  /** An attempt that the sandbox completes: there never is a session. */
  beginWithoutSession(id: string, linkId: string, now: number): void {
    const query = "INSERT INTO attempts (session_id, link_id, started_at, has_session) VALUES (?, ?, ?, 0)";
    this.#sql.exec(query, id, linkId, now);
  }

  /** The session of this attempt exists, and the device is about to hear of it. */
  opened(sessionId: string): void {
    this.#sql.exec("UPDATE attempts SET before = NULL WHERE session_id = ?", sessionId);
  }

  /** Attempts whose claim was never answered, with what their links were before. */
  unopened(): { sessionId: string; linkId: string; before: ClaimableState }[] {
    return this.#sql
      .exec<{ session_id: string; link_id: string; before: string }>(
        "SELECT session_id, link_id, before FROM attempts WHERE before IS NOT NULL",
      )
      .toArray()
      .map((row) => ({ sessionId: row.session_id, linkId: row.link_id, before: JSON.parse(row.before) }));
  }

  drop(sessionId: string): void {
    this.#sql.exec("DELETE FROM attempts WHERE session_id = ?", sessionId);
  }

  /** The link of an attempt that is still under way, or null. */
  linkOf(sessionId: string): string | null {
    const query = "SELECT link_id FROM attempts WHERE session_id = ? AND ended_at IS NULL";
    return this.#sql.exec<{ link_id: string | null }>(query, sessionId).toArray()[0]?.link_id ?? null;
  }

  /** When it began, in epoch ms. @throws when there is no such attempt. */
  startOf(sessionId: string): number {
    const query = "SELECT started_at FROM attempts WHERE session_id = ?";
    return this.#sql.exec<{ started_at: number }>(query, sessionId).one().started_at;
  }

  /** An attempt ends once: what is said of it later changes nothing. */
  end(sessionId: string, { error, sealedResult, ledger }: AttemptEnd, now: number): void {
    // What an attempt had finished is of use only when it failed.
    const query = `UPDATE attempts SET ended_at = ?1, error = ?2, sealed_result = ?3, ledger = ?4,
      sealed_partial = CASE WHEN ?2 IS NOT NULL THEN sealed_partial END WHERE session_id = ?5 AND ended_at IS NULL`;
    const [reason, head] = [error, ledger].map((one) => one && JSON.stringify(one));
    this.#sql.exec(query, now, reason, sealedResult, head, sessionId);
  }

  notePartial(sessionId: string, sealed: string): void {
    this.#sql.exec("UPDATE attempts SET sealed_partial = ? WHERE session_id = ?", sealed, sessionId);
  }

  ledgerOf(sessionId: string): LedgerHead | null {
    const query = "SELECT ledger FROM attempts WHERE session_id = ?";
    return parsed(this.#sql.exec<{ ledger: string | null }>(query, sessionId).toArray()[0]?.ledger ?? null);
  }

  partialOf(sessionId: string, now: number): string | null {
    const query = "SELECT sealed_partial FROM attempts WHERE session_id = ? AND ended_at > ?";
    return (
      this.#sql.exec<{ sealed_partial: string | null }>(query, sessionId, now - partialKeptMs).toArray()[0]
        ?.sealed_partial ?? null
    );
  }

  forgetOldPartials(now: number): void {
    this.#sql.exec(
      "UPDATE attempts SET sealed_partial = NULL WHERE sealed_partial IS NOT NULL AND started_at <= ?",
      now - partialKeptMs - longestAttemptMs,
    );
  }

  nextPartialDue(): number | null {
    const query = "SELECT MIN(started_at) AS at FROM attempts WHERE sealed_partial IS NOT NULL";
    const { at } = this.#sql.exec<{ at: number | null }>(query).one();
    return at === null ? null : at + partialKeptMs + longestAttemptMs;
  }

  /** The claims of one link, newest first: at most `limit`, and fewer where their results are long. */
  ofLink(linkId: string, before: number | null, limit: number): { page: AttemptRecord[]; hasMore: boolean } {
    const query = `SELECT position, session_id, started_at, ended_at, error, sealed_result, ledger FROM attempts
      WHERE link_id = ? AND position < ? ORDER BY position DESC LIMIT ?`;
    const page: AttemptRecord[] = [];
    let characters = 0;
    for (const row of this.#sql.exec<AttemptRow>(query, linkId, before ?? Number.MAX_SAFE_INTEGER, limit + 1)) {
      if (page.length === limit || characters > longestPage) return { page, hasMore: true };
      page.push(recordOf(row));
      characters += row.sealed_result?.length ?? 0;
    }
    return { page, hasMore: false };
  }

  /** The session ids of all that is under way, which is forgotten: what those sessions report has no place any more. */
  forgetUnderWay(): string[] {
    return this.#sql
      .exec<{ session_id: string }>("DELETE FROM attempts WHERE ended_at IS NULL RETURNING session_id")
      .toArray()
      .map((row) => row.session_id);
  }

  /** The session ids of one link's claims, which are forgotten. */
  forgetLink(linkId: string): string[] {
    return this.#sql
      .exec<{ session_id: string }>("DELETE FROM attempts WHERE link_id = ? RETURNING session_id", linkId)
      .toArray()
      .map((row) => row.session_id);
  }

  /** Of a page of sessions, those without a link that must be over and of whose end nobody has told. */
  untold(before: number | null, limit: number, now: number): { sessionId: string; longestEnd: number }[] {
    const query = `SELECT session_id, link_id, started_at, ended_at FROM attempts
      WHERE position < ? AND has_session = 1 AND before IS NULL ORDER BY position DESC LIMIT ?`;
    return this.#sql
      .exec<Pick<SummaryRow, "session_id" | "link_id" | "started_at" | "ended_at">>(
        query,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .toArray()
      .map((row) => ({ ...row, longestEnd: row.started_at + longestAttemptMs }))
      .filter(({ link_id, ended_at, longestEnd }) => link_id === null && ended_at === null && longestEnd <= now)
      .map(({ session_id, longestEnd }) => ({ sessionId: session_id, longestEnd }));
  }

  /** Sessions, newest first. One that was never told to have ended is over when no session lasts longer. */
  page(before: number | null, limit: number, now: number): { position: number; session: SessionSummary }[] {
    const query = `SELECT position, session_id, link_id, started_at, ended_at, error FROM attempts
      WHERE position < ? AND has_session = 1 AND before IS NULL ORDER BY position DESC LIMIT ?`;
    return this.#sql
      .exec<SummaryRow>(query, before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray()
      .map((row) => ({ position: row.position, session: summaryOf(row, now) }));
  }
}

type SummaryRow = Pick<AttemptRow, "position" | "session_id" | "started_at" | "ended_at" | "error"> & {
  link_id: string | null;
};

function summaryOf(row: SummaryRow, now: number): SessionSummary {
  const longestEnd = row.started_at + longestAttemptMs;
  const endedAt = row.ended_at ?? (longestEnd <= now ? longestEnd : null);
  const error: ErrorValue | null = row.error === null ? null : JSON.parse(row.error);
  return {
    id: row.session_id,
    linkId: row.link_id,
    status: endedAt === null ? "active" : row.ended_at === null || error ? "failed" : "complete",
    error: error && { ...error },
    createdAt: row.started_at,
    endedAt,
  };
}

type AttemptRow = {
  position: number;
  session_id: string;
  started_at: number;
  ended_at: number | null;
  error: string | null;
  sealed_result: string | null;
  ledger: string | null;
};

function recordOf(row: AttemptRow): AttemptRecord {
  return {
    position: row.position,
    sessionId: row.session_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.error === null ? null : JSON.parse(row.error),
    sealedResult: row.sealed_result,
    ledger: parsed(row.ledger),
  };
}

function parsed(text: string | null): LedgerHead | null {
  return text === null ? null : JSON.parse(text);
}
