import type { ClientMessage } from "@passage/protocol/session";

type Batch = Extract<ClientMessage, { type: "client.events" }>;

/** The device's event batches, each taken once: `clientSeq` only grows, and acks are cumulative. */
export class Telemetry {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS telemetry (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, client_seq INTEGER NOT NULL, ts INTEGER NOT NULL, received_at INTEGER NOT NULL,
      source TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL)`);
  }

  lastClientSeq(): number {
    return this.#sql.exec<{ last: number | null }>("SELECT MAX(client_seq) AS last FROM telemetry").one().last ?? 0;
  }

  take({ clientSeq, events }: Batch, now: number): void {
    if (clientSeq <= this.lastClientSeq()) return;
    for (const { ts, source, type, payload } of events)
      this.#sql.exec(
        "INSERT INTO telemetry (client_seq, ts, received_at, source, type, payload) VALUES (?, ?, ?, ?, ?, ?)",
        clientSeq,
        ts,
        now,
        source,
        type,
        JSON.stringify(payload),
      );
  }
}
