import type { LinkStatus, LinkSummary } from "@passage/protocol/http/link";
import { lastUpTo } from "../last-up-to.ts";
import {
  type FactsRow,
  type LinkRecord,
  type LinkRow,
  type NewLink,
  type StateRow,
  toFacts,
  toRecord,
  toStateRow,
} from "./link-record.ts";
import { summaryOf } from "./link-summary.ts";
import { needsArguments } from "./machine.ts";
import type { Steps } from "./steps.ts";

export interface LinkFilter {
  /** A position that a list returned: the links older than that. */
  readonly before: number | null;
  readonly status: LinkStatus | null;
  readonly provider: string | null;
  readonly externalUserId: string | null;
  /** Epoch ms. */
  readonly createdAfter: number | null;
  readonly limit: number;
}

// By itself SQLite takes the index of the status alone, and looks at every link that is open.
const openLinks = "links INDEXED BY links_open WHERE status IN ('pending', 'failed')";
const overLinks = "links INDEXED BY links_over WHERE status IN ('complete', 'expired')";

/** The links of one organization, one row per link. */
export class LinkTable {
  readonly #sql: SqlStorage;
  readonly #steps: Steps;

  constructor(sql: SqlStorage, steps: Steps) {
    this.#sql = sql;
    this.#steps = steps;
  }

  /** The time of a link that is made now: never before that of the last one, so that time and `seq` have one order. */
  nextCreatedAt(now: number): number {
    const query = "SELECT created_at FROM links ORDER BY seq DESC LIMIT 1";
    return Math.max(now, this.#sql.exec<{ created_at: number }>(query).toArray()[0]?.created_at ?? 0);
  }

  add(link: NewLink): void {
    this.#sql.exec(
      `INSERT INTO links (id, claim_hash, provider, operations, sealed_arguments, webhook_url, return_url,
        external_user_id, metadata, reusable, debug, status, expires_at, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
      link.id,
      link.claimHash,
      link.provider,
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

  /** Newest first. Summaries only: what is sealed can be large, and stays here. */
  page({
    before,
    status,
    provider,
    externalUserId,
    createdAfter,
    limit,
  }: LinkFilter): { position: number; link: LinkSummary }[] {
    // One index serves a query, and SQLite does not know which of them leaves the fewest rows. A plus keeps it from the others.
    const indexed = externalUserId !== null ? "user" : status !== null && status !== "complete" ? "status" : "provider";
    const conditions: [sql: string, value: SqlStorageValue][] = [
      ["seq < ?", before],
      [`${indexed === "status" ? "" : "+"}status = ?`, status],
      [`${indexed === "provider" ? "" : "+"}provider = ?`, provider],
      ["external_user_id = ?", externalUserId],
      ["seq > ?", createdAfter === null ? null : lastUpTo(this.#sql, { table: "links", key: "seq" }, createdAfter)],
    ];
    const given = conditions.filter(([, value]) => value !== null);
    const where = given.length > 0 ? `WHERE ${given.map(([sql]) => sql).join(" AND ")}` : "";
    const values = [...given.map(([, value]) => value), limit];
    return this.#sql
      .exec<SummaryRow>(`SELECT ${summaryColumns} FROM links ${where} ORDER BY seq DESC LIMIT ?`, ...values)
      .toArray()
      .map((row) => ({ position: row.seq, link: summaryOf({ ...toFacts(row), updatedAt: row.updated_at }, row) }));
  }

  /** How many there are in each status. */
  count(): { status: LinkStatus; count: number }[] {
    const query = "SELECT status, COUNT(*) AS count FROM links GROUP BY status";
    return this.#sql.exec<{ status: LinkStatus; count: number }>(query).toArray();
  }

  /** Writes the state of a link, and drops the arguments that no attempt can need any more. */
  writeState({ id, state, reusable, expiresAt, updatedAt }: LinkRecord): void {
    const row = toStateRow(state);
    this.#sql.exec(
      `UPDATE links SET status = ?, step = ?, current_session_id = ?, sealed_result = ?, error = ?, cancelled_at = ?,
        updated_at = ?, sealed_arguments = CASE WHEN ? THEN sealed_arguments END WHERE id = ?`,
      row.status,
      row.step,
      row.current_session_id,
      row.sealed_result,
      row.error,
      row.cancelled_at,
      updatedAt,
      Number(needsArguments(state, { reusable, expiresAt })),
      id,
    );
  }

  /** At most 100 of the links whose time is over and whose state does not say so yet; the rest at the next call. */
  expiring(now: number): string[] {
    const query = `SELECT id FROM ${openLinks} AND expires_at <= ? ORDER BY expires_at LIMIT 100`;
    return this.#sql
      .exec<{ id: string }>(query, now)
      .toArray()
      .map(({ id }) => id);
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
      .map((row) => this.#withStep(toRecord(row)));
  }

  /** The row of an active link has the step that a claim begins with. */
  #withStep(link: LinkRecord): LinkRecord {
    const { state } = link;
    if (state.status !== "active") return link;
    return { ...link, state: { ...state, step: this.#steps.of(state.sessionId) ?? state.step } };
  }
}

type SummaryRow = FactsRow & Omit<StateRow, "sealed_result"> & { seq: number; updated_at: number };
const summaryColumns = `seq, id, provider, operations, return_url, external_user_id, metadata, reusable, status, step,
  current_session_id, error, cancelled_at, expires_at, created_at, updated_at`;
