import type { DeliveryState } from "@passage/protocol/webhooks";
import { receiverTimeoutMs } from "../../limits.ts";
import type { LoggedEvent, SealedEvent } from "../events/event-log.ts";

/** Where an event goes: an endpoint by its id; or the origin of a link's own `webhookUrl`, with that. */
export interface Destination {
  readonly name: string;
  readonly url: string | null;
}

/** An event that is due at a destination, and how often that was tried. */
export interface DueDelivery {
  readonly event: number;
  readonly eventId: string;
  readonly linkId: string | null;
  readonly sealedBody: string;
  readonly destination: Destination;
  readonly attempt: number;
}

export interface DeliveryRow {
  readonly destination: Destination;
  readonly state: DeliveryState;
  readonly dueAt: number | null;
}

/** Longer than an attempt can take, so that a leased delivery is tried again only when its attempt was lost. */
const leaseMs = receiverTimeoutMs + 5_000;
/** How long an event waits for an earlier one of its link that the destination does not take. */
const holdMs = 3_600_000;

type Resolution =
  | { readonly state: "delivered" | "failed" }
  | { readonly state: "waiting"; readonly attempt: number; readonly dueAt: number };

/**
 * Which event is due where. One row an event and destination; it is open (to be sent) as long as it has a due time.
 * Order: in a lane (the events of a link at a destination) an event waits for the earlier one to be delivered or given up,
 * at most an hour. That wait is its due time, so nothing else has to know of it.
 */
export class DeliveryQueue {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Attempts that were under way when the object died are due again: call it once, before any attempt. Returns their events. */
  resume(now: number): number[] {
    const query =
      "UPDATE webhook_deliveries SET state = 'waiting', due_at = ? WHERE due_at IS NOT NULL AND state = 'sending'";
    return this.#sql
      .exec<{ event: number }>(`${query} RETURNING event`, now)
      .toArray()
      .map((row) => row.event);
  }

  /**
   * A new event, to be sent when the earlier ones of its link are through. Returns its delivery where its lease begins at once.
   *
   * @param hasRoom whether it may be sent now, if it is due and does not have to wait for another one
   */
  enqueue(
    event: LoggedEvent & SealedEvent,
    destination: Destination,
    dueAt: number,
    hasRoom: boolean,
  ): DueDelivery | null {
    const { name, url } = destination;
    const lane = laneOf(event);
    const earlier = "SELECT 1 FROM webhook_deliveries WHERE destination = ? AND lane = ? AND due_at IS NOT NULL";
    const isHeld = this.#sql.exec(earlier, name, lane).toArray().length > 0;
    const isLeased = hasRoom && !isHeld && dueAt <= event.createdAt;
    this.#sql.exec(
      `INSERT INTO webhook_deliveries (event, destination, url, lane, state, attempt, due_at)
        VALUES (?, ?, ?, ?, ?, 0, ?)`,
      event.position,
      name,
      url,
      lane,
      isLeased ? "sending" : "waiting",
      dueAt + (isLeased ? leaseMs : isHeld ? holdMs : 0),
    );
    if (!isLeased) return null;
    const { position, id, linkId, sealedBody } = event;
    return { event: position, eventId: id, linkId, sealedBody, destination, attempt: 0 };
  }

  /** An event that is sent once more from the start, whatever became of it. One that is under way stays so. */
  requeue(event: LoggedEvent, { name, url }: Destination, now: number): void {
    this.#sql.exec(
      `INSERT INTO webhook_deliveries (event, destination, url, lane, state, attempt, due_at)
        VALUES (?, ?, ?, ?, 'waiting', 0, ?)
        ON CONFLICT DO UPDATE SET state = 'waiting', attempt = 0, due_at = excluded.due_at WHERE state <> 'sending'`,
      event.position,
      name,
      url,
      laneOf(event),
      now,
    );
  }

  /** The events since a time, of these types, to an endpoint; returns how many. `undelivered` leaves out what it has or will get. */
  requeueSince(
    endpointId: string,
    { since, types, include }: { since: number; types: readonly string[]; include: "undelivered" | "all" },
    now: number,
  ): number {
    return this.#sql
      .exec(
        `WITH chosen AS (SELECT position, COALESCE(link_id, id) AS lane FROM event_log
        WHERE position > COALESCE((SELECT position FROM event_log WHERE created_at < ?1 ORDER BY position DESC LIMIT 1), 0)
          AND type IN (SELECT value FROM json_each(?2)) AND (?3 = 'all' OR NOT EXISTS (
          SELECT 1 FROM webhook_deliveries WHERE event = position AND destination = ?4
            AND state IN ('waiting', 'sending', 'delivered'))))
      INSERT INTO webhook_deliveries (event, destination, lane, state, attempt, due_at)
        SELECT position, ?4, lane, 'waiting', 0,
          CASE WHEN ROW_NUMBER() OVER (PARTITION BY lane ORDER BY position) > 1 OR EXISTS (
            SELECT 1 FROM webhook_deliveries AS earlier WHERE destination = ?4 AND earlier.lane = chosen.lane
              AND event < position AND due_at IS NOT NULL) THEN ?5 + ${holdMs} ELSE ?5 END
        FROM chosen WHERE true
        ON CONFLICT DO UPDATE SET state = 'waiting', attempt = 0, due_at = excluded.due_at WHERE state <> 'sending'
      RETURNING event`,
        since,
        JSON.stringify(types),
        include,
        endpointId,
        now,
      )
      .toArray().length;
  }

  /**
   * The deliveries that are due, each put off by the lease before it is handed out. `room` is asked how many a destination may
   * have when its turn comes, so it can count those before.
   */
  *lease(now: number, room: (destination: string) => number): Generator<DueDelivery> {
    for (const { destination, dueAt } of this.#open()) {
      const places = dueAt <= now ? room(destination) : 0;
      if (places <= 0) continue;
      const due = this.#sql
        .exec<{
          event: number;
          url: string | null;
          attempt: number;
          id: string;
          link_id: string | null;
          sealed_body: string;
        }>(
          `SELECT event, url, attempt, id, link_id, sealed_body FROM webhook_deliveries JOIN event_log ON position = event
            WHERE destination = ? AND due_at <= ? ORDER BY due_at, event LIMIT ?`,
          destination,
          now,
          places,
        )
        .toArray();
      for (const { event, url, attempt, id, link_id, sealed_body } of due) {
        this.#set(event, destination, "sending", attempt, now + leaseMs);
        yield {
          event,
          eventId: id,
          linkId: link_id,
          sealedBody: sealed_body,
          destination: { name: destination, url },
          attempt,
        };
      }
    }
  }

  /** Takes what became of an attempt; one whose destination was cancelled meanwhile stays cancelled. */
  resolve({ event, destination: { name }, attempt }: DueDelivery, resolution: Resolution, now: number): void {
    const query = "SELECT lane FROM webhook_deliveries WHERE event = ? AND destination = ? AND state = 'sending'";
    const row = this.#sql.exec<{ lane: string }>(query, event, name).toArray()[0];
    if (!row) return;
    if (resolution.state === "waiting") return this.#set(event, name, "waiting", resolution.attempt, resolution.dueAt);
    this.#set(event, name, resolution.state, attempt, null);
    // The next of its link need not wait any more, unless it has an appointment of its own after a failure.
    this.#sql.exec(
      `UPDATE webhook_deliveries SET due_at = MIN(due_at, ?1) WHERE destination = ?2 AND attempt = 0 AND state = 'waiting'
        AND event = (SELECT MIN(event) FROM webhook_deliveries WHERE destination = ?2 AND lane = ?3 AND due_at IS NOT NULL)`,
      now,
      name,
      row.lane,
    );
  }

  /** Ends everything on its way to a destination. Returns the events that are being sent there at this moment. */
  cancel(destination: string): number[] {
    const open = "destination = ? AND due_at IS NOT NULL";
    const sending = `SELECT event FROM webhook_deliveries WHERE ${open} AND state = 'sending'`;
    const events = this.#sql.exec<{ event: number }>(sending, destination).toArray();
    this.#sql.exec(`UPDATE webhook_deliveries SET state = 'cancelled', due_at = NULL WHERE ${open}`, destination);
    return events.map(({ event }) => event);
  }

  ofEvent(event: number): DeliveryRow[] {
    return this.#sql
      .exec<{ destination: string; url: string | null; state: DeliveryState; due_at: number | null }>(
        "SELECT destination, url, state, due_at FROM webhook_deliveries WHERE event = ? ORDER BY destination",
        event,
      )
      .toArray()
      .map(({ destination, url, state, due_at }) => ({
        destination: { name: destination, url },
        state,
        dueAt: due_at,
      }));
  }

  /** How many are on their way, to one destination or to all. */
  backlog(destination: string | null = null): number {
    const chosen = destination === null ? "" : " AND destination = ?";
    const query = `SELECT COUNT(*) AS n FROM webhook_deliveries WHERE due_at IS NOT NULL${chosen}`;
    return this.#sql.exec<{ n: number }>(query, ...(destination === null ? [] : [destination])).one().n;
  }

  /** @param hasRoom a destination without room is looked at again when one of its attempts is over. */
  nextDue(hasRoom: (destination: string) => boolean): number | null {
    const times = this.#open().flatMap(({ destination, dueAt }) => (hasRoom(destination) ? [dueAt] : []));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** An event's rows; what of it is under way counts for nothing any more. */
  forget(event: number): void {
    this.#sql.exec("DELETE FROM webhook_deliveries WHERE event = ?", event);
  }

  /** Rows of events that the log has forgotten. */
  prune(): void {
    this.#sql.exec(`DELETE FROM webhook_deliveries
      WHERE event < (SELECT COALESCE(MIN(position), ${Number.MAX_SAFE_INTEGER}) FROM event_log)`);
  }

  /** The destinations with something open, and when the first of it is due: one step of the index a destination, however long its queue. */
  #open(): { destination: string; dueAt: number }[] {
    const least = "SELECT MIN(destination) FROM webhook_deliveries WHERE due_at IS NOT NULL";
    return this.#sql
      .exec<{ destination: string; due_at: number }>(
        `WITH RECURSIVE open (destination) AS (
          SELECT (${least}) UNION ALL
          SELECT (${least} AND destination > open.destination) FROM open WHERE open.destination IS NOT NULL)
        SELECT destination, (SELECT MIN(due_at) FROM webhook_deliveries AS one
          WHERE one.destination = open.destination AND one.due_at IS NOT NULL) AS due_at
        FROM open WHERE destination IS NOT NULL`,
      )
      .toArray()
      .map((row) => ({ destination: row.destination, dueAt: row.due_at }));
  }

  #set(event: number, destination: string, state: DeliveryState, attempt: number, dueAt: number | null): void {
    const query =
      "UPDATE webhook_deliveries SET state = ?, attempt = ?, due_at = ? WHERE event = ? AND destination = ?";
    this.#sql.exec(query, state, attempt, dueAt, event, destination);
  }
}

/** Events of a link are in order; one without a link stands alone. */
function laneOf({ id, linkId }: LoggedEvent): string {
  return linkId ?? id;
}
