import type { ClientMessage } from "@passage/protocol/session";
import { type KeptHead, lastHead, nextHead } from "./ledger-head.ts";
import type { SessionState } from "./machine.ts";
import type { SessionConfig } from "./session-config.ts";

/** What a session waits for. One physical alarm serves them all. */
export type JobName = "command" | "grace" | "duration" | "report";

/** When each job is due, in epoch ms. */
export type DueTimes = { readonly [Job in JobName]?: number };

export interface Kept {
  readonly config: SessionConfig;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: SessionState;
  readonly jobs: DueTimes;
  /** How far the device's ledger went with the last message that counted; null for a device that keeps none. */
  readonly ledger: KeptHead | null;
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
          config: JSON.parse(row.opening),
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          state: JSON.parse(row.state),
          jobs: JSON.parse(row.jobs),
          ledger: lastHead([row.ledger, lastLedger(sql, "journal"), lastLedger(sql, "telemetry")]),
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
      JSON.stringify(kept.config),
      kept.createdAt,
      kept.expiresAt,
      JSON.stringify(kept.state),
      JSON.stringify(kept.jobs),
    );
    this.#kept = { ...kept, ledger: null };
  }

  /** Writes what has changed, and the ledger's head with it. Nothing is written where nothing has. */
  write(change: Partial<Pick<Kept, "config" | "state" | "jobs">>): void {
    if (!this.#kept) return;
    const kept = { ...this.#kept, ...change };
    const { config, state, jobs } = this.#kept;
    if (kept.config === config && kept.state === state && JSON.stringify(kept.jobs) === JSON.stringify(jobs)) return;
    this.#sql.exec(
      "UPDATE session SET opening = ?, state = ?, jobs = ?, ledger = ?",
      JSON.stringify(kept.config),
      JSON.stringify(kept.state),
      JSON.stringify(kept.jobs),
      kept.ledger && JSON.stringify(kept.ledger),
    );
    this.#kept = kept;
  }

  /**
   * Only a link shows its ledger: the answers of a developer's session are passed on without a commit. The head has no row of
   * its own: whatever the message makes this session write has it too. Only the first one of another device is written at once.
   */
  noteLedger(message: ClientMessage): void {
    if (!this.#kept?.config.attempt || !("ledger" in message) || !message.ledger) return;
    const last = this.#kept.ledger;
    const ledger = nextHead(last, message.ledger);
    this.#kept = { ...this.#kept, ledger };
    if (last && ledger.entries <= last.entries) this.#sql.exec("UPDATE session SET ledger = ?", JSON.stringify(ledger));
  }

  /** A link's attempt is over, and its link has the result: what was given and found is dropped. Nothing is due any more. */
  forget(): void {
    if (!this.#kept?.config.attempt) return;
    const { config, state } = this.#kept;
    this.write({
      config: { ...config, attempt: { ...this.#kept.config.attempt, sealedArguments: null } },
      state: state.phase === "complete" ? { phase: "complete", result: "null" } : state,
      jobs: {},
    });
  }
}

function lastLedger(sql: SqlStorage, table: "journal" | "telemetry"): string | null {
  const query = `SELECT ledger FROM ${table} ORDER BY seq DESC LIMIT 1`;
  return sql.exec<{ ledger: string | null }>(query).toArray()[0]?.ledger ?? null;
}
