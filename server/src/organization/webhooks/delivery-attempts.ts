import type { AttemptError, DeliveryAttempt } from "@passage/protocol/webhooks";

export interface DestinationHealth {
  readonly attempts: number;
  readonly successShare: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastError: Pick<DeliveryAttempt, "at" | "status" | "error"> | null;
}

const healthWindowMs = 86_400_000;

/** Every attempt to deliver: when, what was answered, how long it took. What the receiver wrote is not kept. */
export class DeliveryAttempts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Attempts to deliver these events that were under way when the object died; or, of one destination, those whose delivery was
   * cancelled. Where such a one still ends, `end` says how.
   */
  interrupt(events: readonly number[], destination: string | null = null): void {
    const query = `UPDATE delivery_attempts SET error = 'interrupted' WHERE event IN (SELECT value FROM json_each(?1))
      AND ms IS NULL AND error IS NULL AND (?2 IS NULL OR destination = ?2)`;
    this.#sql.exec(query, JSON.stringify(events), destination);
  }

  begin(event: number, destination: string, now: number): number {
    const query = "INSERT INTO delivery_attempts (event, destination, started_at) VALUES (?, ?, ?) RETURNING id";
    return this.#sql.exec<{ id: number }>(query, event, destination, now).one().id;
  }

  end(id: number, status: number | null, error: AttemptError | null, now: number): void {
    const query = "UPDATE delivery_attempts SET status = ?, error = ?, ms = ? - started_at WHERE id = ?";
    this.#sql.exec(query, status, error, now, id);
  }

  of(event: number, destination: string): DeliveryAttempt[] {
    return this.#sql
      .exec<{ at: number; status: number | null; ms: number | null; error: AttemptError | null }>(
        `SELECT started_at AS at, status, ms, error FROM delivery_attempts WHERE event = ? AND destination = ?
          ORDER BY id`,
        event,
        destination,
      )
      .toArray()
      .map((row) => ({ ...row }));
  }

  health(destination: string, now: number): DestinationHealth {
    const counts = this.#sql
      .exec<{ attempts: number; share: number | null }>(
        `SELECT COUNT(*) AS attempts, AVG(error IS NULL) AS share FROM delivery_attempts
          WHERE destination = ? AND started_at > ? AND (ms IS NOT NULL OR error IS NOT NULL)`,
        destination,
        now - healthWindowMs,
      )
      .one();
    const last = (outcome: string) =>
      this.#sql
        .exec<{ at: number; status: number | null; error: AttemptError | null }>(
          `SELECT started_at AS at, status, error FROM delivery_attempts WHERE destination = ? AND ${outcome}
            ORDER BY started_at DESC LIMIT 1`,
          destination,
        )
        .toArray()[0];
    const failure = last("error IS NOT NULL");
    return {
      attempts: counts.attempts,
      successShare: counts.share,
      lastSuccessAt: last("error IS NULL AND ms IS NOT NULL")?.at ?? null,
      lastError: failure ? { ...failure } : null,
    };
  }

  forget(event: number): void {
    this.#sql.exec("DELETE FROM delivery_attempts WHERE event = ?", event);
  }

  /** Rows of events that the log has forgotten. */
  prune(): void {
    this.#sql.exec(`DELETE FROM delivery_attempts
      WHERE event < (SELECT COALESCE(MIN(position), ${Number.MAX_SAFE_INTEGER}) FROM event_log)`);
  }
}
