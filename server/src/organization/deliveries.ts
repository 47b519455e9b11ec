import { webhookAttemptDelaysMs, webhookTimeoutMs } from "@passage/protocol/events";

/** An event to be sent, and how often that was tried. `body` is what is signed and sent, byte for byte. */
export interface Delivery {
  readonly eventId: string;
  readonly url: string;
  readonly attempt: number;
  readonly body: string;
}

/** Longer than an attempt can take, so that a leased delivery is tried again only when the object died during it. */
const leaseMs = webhookTimeoutMs + 5_000;

/** The event log, and the webhook deliveries that are due. */
export class Deliveries {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`CREATE TABLE IF NOT EXISTS events (
      id TEXT PRIMARY KEY, link_id TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL)
      WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS deliveries (
        event_id TEXT PRIMARY KEY REFERENCES events (id), url TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL,
        due_at INTEGER, last_status INTEGER, last_error TEXT) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS events_of_link ON events (link_id);
      CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at) WHERE state = 'due'`);
  }

  addEvent(event: { id: string; linkId: string; type: string; body: string }, now: number): void {
    const query = "INSERT INTO events (id, link_id, type, body, created_at) VALUES (?, ?, ?, ?, ?)";
    this.#sql.exec(query, event.id, event.linkId, event.type, event.body, now);
  }

  /** Forgets the events of a link, and what of them is not yet delivered. */
  forgetLink(linkId: string): void {
    this.#sql.exec("DELETE FROM deliveries WHERE event_id IN (SELECT id FROM events WHERE link_id = ?)", linkId);
    this.#sql.exec("DELETE FROM events WHERE link_id = ?", linkId);
  }

  enqueue(eventId: string, url: string, now: number): void {
    const query = "INSERT INTO deliveries (event_id, url, state, attempt, due_at) VALUES (?, ?, 'due', 0, ?)";
    this.#sql.exec(query, eventId, url, now + webhookAttemptDelaysMs[0]);
  }

  /** The deliveries that are due, each put off by the lease: an attempt cut short by a crash is made again. */
  lease(now: number): Delivery[] {
    const due = this.#sql
      .exec<{ event_id: string; url: string; attempt: number; body: string }>(
        `SELECT event_id, url, attempt, body FROM deliveries JOIN events ON events.id = event_id
          WHERE state = 'due' AND due_at <= ? ORDER BY due_at LIMIT 20`,
        now,
      )
      .toArray();
    for (const row of due)
      this.#sql.exec("UPDATE deliveries SET due_at = ? WHERE event_id = ?", now + leaseMs, row.event_id);
    return due.map(({ event_id, url, attempt, body }) => ({ eventId: event_id, url, attempt, body }));
  }

  delivered(eventId: string, status: number): void {
    this.#sql.exec(
      "UPDATE deliveries SET state = 'delivered', due_at = NULL, last_status = ?, last_error = NULL WHERE event_id = ?",
      status,
      eventId,
    );
  }

  /** Plans the next attempt, or marks the delivery failed after the last one. Answers whether another one comes. */
  missed(delivery: Delivery, status: number | null, error: string, now: number): boolean {
    const delay = webhookAttemptDelaysMs[delivery.attempt + 1];
    this.#sql.exec(
      "UPDATE deliveries SET state = ?, attempt = ?, due_at = ?, last_status = ?, last_error = ? WHERE event_id = ?",
      delay === undefined ? "failed" : "due",
      delivery.attempt + 1,
      delay === undefined ? null : now + delay,
      status,
      error,
      delivery.eventId,
    );
    return delay !== undefined;
  }

  nextDue(): number | null {
    return this.#sql.exec<{ due: number | null }>("SELECT MIN(due_at) AS due FROM deliveries WHERE state = 'due'").one()
      .due;
  }
}
