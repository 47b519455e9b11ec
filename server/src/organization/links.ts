import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { LinkStatus, RequestedOperation } from "@passage/protocol/http";
import { statusAt } from "./link-lifecycle.ts";

export interface LinkRecord {
  readonly seq: number;
  readonly id: string;
  readonly integrationId: string;
  readonly operations: readonly RequestedOperation[];
  readonly webhookUrl: string | null;
  readonly returnUrl: string | null;
  readonly externalUserId: string | null;
  readonly debug: boolean;
  readonly status: LinkStatus;
  readonly step: LinkStep | null;
  readonly currentSessionId: string | null;
  /** JSON text. */
  readonly result: string | null;
  readonly error: ErrorValue | null;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewLink = Omit<
  LinkRecord,
  "seq" | "status" | "step" | "currentSessionId" | "result" | "error" | "updatedAt"
> & {
  readonly claimHash: string;
};

type Row = Record<string, SqlStorageValue>;

/** The links of one organization. The object that owns them is their only writer. */
export class Links {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS links (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, claim_hash TEXT NOT NULL UNIQUE,
      integration_id TEXT NOT NULL, operations TEXT NOT NULL, webhook_url TEXT, return_url TEXT, external_user_id TEXT,
      debug INTEGER NOT NULL, status TEXT NOT NULL, step TEXT, current_session_id TEXT, result TEXT, error TEXT,
      expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS links_open ON links (expires_at) WHERE status IN ('pending', 'failed')`);
  }

  add(link: NewLink): void {
    this.#sql.exec(
      `INSERT INTO links (id, claim_hash, integration_id, operations, webhook_url, return_url, external_user_id, debug,
        status, expires_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
      link.id,
      link.claimHash,
      link.integrationId,
      JSON.stringify(link.operations),
      link.webhookUrl,
      link.returnUrl,
      link.externalUserId,
      Number(link.debug),
      link.expiresAt,
      link.createdAt,
      link.createdAt,
    );
  }

  byId(id: string, now: number): LinkRecord | null {
    return this.#read("SELECT * FROM links WHERE id = ?", [id], now)[0] ?? null;
  }

  byClaim(claimHash: string, now: number): LinkRecord | null {
    return this.#read("SELECT * FROM links WHERE claim_hash = ?", [claimHash], now)[0] ?? null;
  }

  /** Newest first, those older than `before` (a `seq`), at most `limit`. */
  page(filter: { before: number | null; status: LinkStatus | null; limit: number }, now: number): LinkRecord[] {
    // A link that time has expired may still be written as pending or failed: the filter looks at what it is now.
    const open = "status IN ('pending', 'failed')";
    const effective = `CASE WHEN ${open} AND expires_at <= ? THEN 'expired' ELSE status END`;
    const query = `SELECT * FROM links WHERE seq < ? AND (? IS NULL OR ${effective} = ?) ORDER BY seq DESC LIMIT ?`;
    const before = filter.before ?? Number.MAX_SAFE_INTEGER;
    return this.#read(query, [before, filter.status, now, filter.status, filter.limit], now);
  }

  activate(id: string, sessionId: string, now: number): void {
    this.#sql.exec(
      `UPDATE links SET status = 'active', step = 'waiting_for_device', current_session_id = ?, error = NULL, updated_at = ?
        WHERE id = ?`,
      sessionId,
      now,
      id,
    );
  }

  /** Puts back what an attempt that never began had changed. */
  restore(link: Pick<LinkRecord, "id" | "status" | "currentSessionId" | "error">, now: number): void {
    this.#sql.exec(
      "UPDATE links SET status = ?, step = NULL, current_session_id = ?, error = ?, updated_at = ? WHERE id = ?",
      link.status,
      link.currentSessionId,
      link.error && JSON.stringify(link.error),
      now,
      link.id,
    );
  }

  step(id: string, step: LinkStep): void {
    this.#sql.exec("UPDATE links SET step = ? WHERE id = ?", step, id);
  }

  finish(
    id: string,
    status: "complete" | "failed",
    result: string | null,
    error: ErrorValue | null,
    now: number,
  ): void {
    this.#sql.exec(
      "UPDATE links SET status = ?, step = NULL, result = ?, error = ?, updated_at = ? WHERE id = ?",
      status,
      result,
      error && JSON.stringify(error),
      now,
      id,
    );
  }

  /** Those whose time is over and that are not yet written down as expired; the rest at the next call. */
  expiring(now: number): { id: string; webhookUrl: string | null }[] {
    return this.#sql
      .exec<{ id: string; webhookUrl: string | null }>(
        `SELECT id, webhook_url AS webhookUrl FROM links WHERE status IN ('pending', 'failed') AND expires_at <= ?
          ORDER BY expires_at LIMIT 100`,
        now,
      )
      .toArray();
  }

  /** Writes down that a link's time is over; false when it is not, or it was taken meanwhile. */
  expire(id: string, now: number): boolean {
    const query = `UPDATE links SET status = 'expired', updated_at = ?
      WHERE id = ? AND status IN ('pending', 'failed') AND expires_at <= ? RETURNING id`;
    return this.#sql.exec(query, now, id, now).toArray().length > 0;
  }

  nextExpiry(): number | null {
    return this.#sql
      .exec<{ due: number | null }>("SELECT MIN(expires_at) AS due FROM links WHERE status IN ('pending', 'failed')")
      .one().due;
  }

  #read(query: string, bindings: SqlStorageValue[], now: number): LinkRecord[] {
    return this.#sql
      .exec(query, ...bindings)
      .toArray()
      .map((row) => toRecord(row, now));
  }
}

function toRecord(row: Row, now: number): LinkRecord {
  const text = (column: string) => row[column] as string | null;
  const number = (column: string) => row[column] as number;
  const link = {
    seq: number("seq"),
    id: text("id") as string,
    integrationId: text("integration_id") as string,
    operations: JSON.parse(text("operations") as string) as RequestedOperation[],
    webhookUrl: text("webhook_url"),
    returnUrl: text("return_url"),
    externalUserId: text("external_user_id"),
    debug: number("debug") === 1,
    status: text("status") as LinkStatus,
    step: text("step") as LinkStep | null,
    currentSessionId: text("current_session_id"),
    result: text("result"),
    error: row.error === null ? null : (JSON.parse(text("error") as string) as ErrorValue),
    expiresAt: number("expires_at"),
    createdAt: number("created_at"),
    updatedAt: number("updated_at"),
  };
  return { ...link, status: statusAt(link, now) };
}
