import type { LedgerHead } from "@passage/protocol/ledger";
import type { ClientMessage } from "@passage/protocol/session";
import type { SessionState } from "./machine.ts";
import type { Opening } from "./opening.ts";

export interface Kept {
  readonly opening: Opening;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: SessionState;
  /** How far the device's ledger went with the last message that counted; null for a device that keeps none. */
  readonly ledger: LedgerHead | null;
}

/** What a session keeps of itself: what it was opened with, when it ends at the latest, and its state. */
export class SessionRecord {
  readonly #sql: SqlStorage;
  #kept: Kept | null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const [ledger = null] = sql.exec<{ head: string; entries: number }>("SELECT head, entries FROM ledger").toArray();
    const [row] = sql
      .exec<{ opening: string; created_at: number; expires_at: number; state: string }>("SELECT * FROM session")
      .toArray();
    this.#kept = row
      ? {
          opening: JSON.parse(row.opening),
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          state: JSON.parse(row.state),
          ledger,
        }
      : null;
  }

  /** null for a session that was never opened. */
  get kept(): Kept | null {
    return this.#kept;
  }

  create(opening: Opening, createdAt: number, expiresAt: number): void {
    const state: SessionState = { phase: "created" };
    this.#sql.exec(
      "INSERT INTO session (one, opening, created_at, expires_at, state) VALUES (1, ?, ?, ?, ?)",
      JSON.stringify(opening),
      createdAt,
      expiresAt,
      JSON.stringify(state),
    );
    this.#kept = { opening, createdAt, expiresAt, state, ledger: null };
  }

  writeState(state: SessionState): void {
    if (!this.#kept) return;
    this.#sql.exec("UPDATE session SET state = ?", JSON.stringify(state));
    this.#kept = { ...this.#kept, state };
  }

  /** Only a link shows its ledger: the answers of a developer's session are passed on without a commit. */
  noteLedger(message: ClientMessage): void {
    if (!this.#kept?.opening.attempt || !("ledger" in message) || !message.ledger) return;
    const { head, entries } = message.ledger;
    this.#sql.exec("INSERT OR REPLACE INTO ledger (one, head, entries) VALUES (1, ?, ?)", head, entries);
    this.#kept = { ...this.#kept, ledger: { head, entries } };
  }

  /** A link's attempt is over, and its link has the result: what was asked and answered is dropped. */
  forget(): void {
    if (!this.#kept?.opening.attempt) return;
    const { opening, state } = this.#kept;
    this.#kept = {
      ...this.#kept,
      opening: { ...opening, attempt: { ...this.#kept.opening.attempt, sealedArguments: null } },
    };
    this.#sql.exec("UPDATE session SET opening = ?", JSON.stringify(this.#kept.opening));
    if (state.phase === "complete") this.writeState({ phase: "complete", result: "null" });
  }
}
