import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { LinkStatus } from "@passage/protocol/http/link";
import { type LinkRecord, type LinkRow, type NewLink, toRecord } from "./link-record.ts";

export interface LinkFilter {
  /** A `seq`: those older than it. */
  readonly before: number | null;
  readonly status: LinkStatus | null;
  readonly integrationId: string | null;
  readonly externalUserId: string | null;
  /** Epoch ms. */
  readonly createdAfter: number | null;
  readonly limit: number;
}

// By itself SQLite takes the index of the status alone, and looks at every link that is open.
const openLinks = "links INDEXED BY links_open WHERE status IN ('pending', 'failed')";
const overLinks = "links INDEXED BY links_over WHERE status IN ('complete', 'expired')";

/** The links of one organization. The object that owns them is their only writer. */
export class LinkTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The time of a link that is made now: never before that of the last one, so that time and `seq` have one order. */
  nextCreatedAt(now: number): number {
    const query = "SELECT created_at FROM links ORDER BY seq DESC LIMIT 1";
    return Math.max(now, this.#sql.exec<{ created_at: number }>(query).toArray()[0]?.created_at ?? 0);
  }

  add(link: NewLink): void {
    this.#sql.exec(
      `INSERT INTO links (id, claim_hash, integration_id, operations, sealed_arguments, webhook_url, return_url,
        external_user_id, metadata, reusable, debug, status, expires_at, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
      link.id,
      link.claimHash,
      link.integrationId,
      JSON.stringify(link.operations),
      link.sealedArguments,
      link.webhookUrl,
      link.returnUrl,
      link.externalUserId,
      link.metadata && JSON.stringify(link.metadata),
      Number(link.reusable),
      Number(link.debug),
      link.expiresAt,
      link.createdAt,
      link.createdAt,
    );
  }

  byId(id: string): LinkRecord | null {
    return this.#read("SELECT * FROM links WHERE id = ?", [id])[0] ?? null;
  }

  byClaim(claimHash: string): LinkRecord | null {
    return this.#read("SELECT * FROM links WHERE claim_hash = ?", [claimHash])[0] ?? null;
  }

  /** Newest first. */
  page({ before, status, integrationId, externalUserId, createdAfter, limit }: LinkFilter): LinkRecord[] {
    const conditions: [sql: string, value: SqlStorageValue][] = [
      ["seq < ?", before],
      ["status = ?", status],
      ["integration_id = ?", integrationId],
      ["external_user_id = ?", externalUserId],
      [
        "seq > COALESCE((SELECT MAX(seq) FROM links WHERE created_at = (SELECT MAX(created_at) FROM links WHERE created_at <= ?)), 0)",
        createdAfter,
      ],
    ];
    const given = conditions.filter(([, value]) => value !== null);
    const where = given.length > 0 ? `WHERE ${given.map(([sql]) => sql).join(" AND ")}` : "";
    const values = [...given.map(([, value]) => value), limit];
    return this.#read(`SELECT * FROM links ${where} ORDER BY seq DESC LIMIT ?`, values);
  }

  /** How many there are in each status. */
  count(): { status: LinkStatus; count: number }[] {
    const query = "SELECT status, COUNT(*) AS count FROM links GROUP BY status";
    return this.#sql.exec<{ status: LinkStatus; count: number }>(query).toArray();
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

  /** Puts back what an attempt that never began had changed, unless the link was cancelled since. */
  restore(
    link: Pick<LinkRecord, "id" | "status" | "currentSessionId" | "error">,
    attempt: { readonly sessionId: string },
    now: number,
  ): void {
    this.#sql.exec(
      `UPDATE links SET status = ?, step = NULL, current_session_id = ?, error = ?, updated_at = ?
        WHERE id = ? AND status = 'active' AND current_session_id = ?`,
      link.status,
      link.currentSessionId,
      link.error && JSON.stringify(link.error),
      now,
      link.id,
      attempt.sessionId,
    );
  }

  step(id: string, step: LinkStep): void {
    this.#sql.exec("UPDATE links SET step = ? WHERE id = ?", step, id);
  }

  /** A failed link keeps its arguments while it can be claimed again, a reusable one until it expires. */
  finish(
    id: string,
    status: "complete" | "failed",
    sealedResult: string | null,
    error: ErrorValue | null,
    now: number,
  ): void {
    this.#sql.exec(
      `UPDATE links SET status = ?1, step = NULL, sealed_result = ?2, error = ?3, updated_at = ?4,
        sealed_arguments = CASE WHEN ?1 = 'failed' OR reusable THEN sealed_arguments END WHERE id = ?5`,
      status,
      sealedResult,
      error && JSON.stringify(error),
      now,
      id,
    );
  }

  /** A cancelled link is an expired one: none of the documented states says it better, and no claim may follow. */
  cancel(id: string, now: number): void {
    this.#sql.exec(
      `UPDATE links SET status = 'expired', step = NULL, error = NULL, sealed_arguments = NULL, cancelled_at = ?1,
        updated_at = ?1 WHERE id = ?2`,
      now,
      id,
    );
  }

  /** Those whose time is over and that are not yet written down as expired; the rest at the next call. */
  expiring(now: number): { id: string; webhookUrl: string | null }[] {
    return this.#sql
      .exec<{ id: string; webhookUrl: string | null }>(
        `SELECT id, webhook_url AS webhookUrl FROM ${openLinks} AND expires_at <= ? ORDER BY expires_at LIMIT 100`,
        now,
      )
      .toArray();
  }

  /** Writes down that a link's time is over; false when it is not, or it was taken meanwhile. */
  expire(id: string, now: number): boolean {
    const query = `UPDATE links SET status = 'expired', error = NULL, sealed_arguments = NULL, updated_at = ?
      WHERE id = ? AND status IN ('pending', 'failed') AND expires_at <= ? RETURNING id`;
    return this.#sql.exec(query, now, id, now).toArray().length > 0;
  }

  nextExpiry(): number | null {
    return this.#sql.exec<{ due: number | null }>(`SELECT MIN(expires_at) AS due FROM ${openLinks}`).one().due;
  }

  delete(id: string): void {
    this.#sql.exec("DELETE FROM links WHERE id = ?", id);
  }

  /** Links that ended before this time, oldest end first. */
  endedBefore(time: number, limit: number): string[] {
    const query = `SELECT id FROM ${overLinks} AND updated_at <= ? ORDER BY updated_at LIMIT ?`;
    return this.#sql
      .exec<{ id: string }>(query, time, limit)
      .toArray()
      .map((row) => row.id);
  }

  firstEnd(): number | null {
    return this.#sql.exec<{ at: number | null }>(`SELECT MIN(updated_at) AS at FROM ${overLinks}`).one().at;
  }

  #read(query: string, bindings: SqlStorageValue[]): LinkRecord[] {
    return this.#sql
      .exec<LinkRow>(query, ...bindings)
      .toArray()
      .map(toRecord);
  }
}
