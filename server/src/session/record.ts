import type { LedgerHead } from "@passage/protocol/ledger";
import type { ClientMessage } from "@passage/protocol/session";
import type { SessionState } from "./machine.ts";
import type { Opening } from "./opening.ts";

/** What a session waits for. One physical alarm serves them all. */
export type JobName = "command" | "grace" | "duration" | "report";

/** When each job is due, in epoch ms. */
export type DueTimes = { readonly [Job in JobName]?: number };

export interface Kept {
  readonly opening: Opening;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: SessionState;
  readonly jobs: DueTimes;
  /** How far the device's ledger went with the last message that counted; null for a device that keeps none. */
  readonly ledger: LedgerHead | null;
}

type Row = {
  opening: string;
  created_at: number;
  expires_at: number;
  state: string;
  jobs: string;
  ledger: string | null;
};

/** What a session keeps of itself, in one row: what it was opened with, when it ends at the latest, its state and its jobs. */
export class SessionRecord {
  readonly #sql: SqlStorage;
  #kept: Kept | null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const [row] = sql.exec<Row>("SELECT opening, created_at, expires_at, state, jobs, ledger FROM session").toArray();
    this.#kept = row
      ? {
          opening: JSON.parse(row.opening),
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          state: JSON.parse(row.state),
          jobs: JSON.parse(row.jobs),
          ledger: newestLedger(sql, row.ledger),
        }
      : null;
  }

  /** null for a session that was never opened. */
  get kept(): Kept | null {
    return this.#kept;
  }

  create(kept: Omit<Kept, "ledger">): void {
    this.#sql.exec(
      "INSERT INTO session (one, opening, created_at, expires_at, state, jobs) VALUES (1, ?, ?, ?, ?, ?)",
      JSON.stringify(kept.opening),
      kept.createdAt,
      kept.expiresAt,
      JSON.stringify(kept.state),
      JSON.stringify(kept.jobs),
    );
    this.#kept = { ...kept, ledger: null };
  }

  /** Writes what has changed, and the ledger's head with it. Nothing is written where nothing has. */
  write(change: Partial<Pick<Kept, "opening" | "state" | "jobs">>): void {
    if (!this.#kept) return;
    const kept = { ...this.#kept, ...change };
    const { opening, state, jobs } = this.#kept;
    if (kept.opening === opening && kept.state === state && JSON.stringify(kept.jobs) === JSON.stringify(jobs)) return;
    this.#sql.exec(
      "UPDATE session SET opening = ?, state = ?, jobs = ?, ledger = ?",
      JSON.stringify(kept.opening),
      JSON.stringify(kept.state),
      JSON.stringify(kept.jobs),
      kept.ledger && JSON.stringify(kept.ledger),
    );
    this.#kept = kept;
  }

  /**
   * Only a link shows its ledger: the answers of a developer's session are passed on without a commit. The head has no row of
   * its own: whatever the message makes this session write has it too.
   */
  noteLedger(message: ClientMessage): void {
    if (!this.#kept?.opening.attempt || !("ledger" in message) || !message.ledger) return;
    const { head, entries } = message.ledger;
    this.#kept = { ...this.#kept, ledger: { head, entries } };
  }

  /** A link's attempt is over, and its link has the result: what was given and found is dropped. Nothing is due any more. */
  forget(): void {
    if (!this.#kept?.opening.attempt) return;
    const { opening, state } = this.#kept;
    this.write({
      opening: { ...opening, attempt: { ...this.#kept.opening.attempt, sealedArguments: null } },
      state: state.phase === "complete" ? { phase: "complete", result: "null" } : state,
      jobs: {},
    });
  }
}

/** The head that went furthest, of those that were kept with the session's row, its last answer and its last event. */
function newestLedger(sql: SqlStorage, own: string | null): LedgerHead | null {
  const last = (table: string) =>
    sql.exec<{ ledger: string | null }>(`SELECT ledger FROM ${table} ORDER BY seq DESC LIMIT 1`).toArray()[0]?.ledger;
  const heads = [own, last("journal"), last("telemetry")].flatMap((text) =>
    text ? [JSON.parse(text) as LedgerHead] : [],
  );
  return heads.reduce<LedgerHead | null>((best, one) => (best && best.entries >= one.entries ? best : one), null);
}
