import type { EventType, WebhookEvent } from "@passage/protocol/events";
import type { EventSummary } from "@passage/protocol/webhooks";
import { eventRetentionMs } from "../../limits.ts";
import { lastUpTo } from "../last-up-to.ts";
import type { Vault } from "../vault.ts";

/** An event before it is in the log. Its body is encrypted at rest: it holds what a person's account said. */
export interface SealedEvent extends Omit<EventSummary, "createdAt" | "type"> {
  readonly type: EventType;
  readonly sealedBody: string;
}

export interface LoggedEvent extends EventSummary {
  /** Where it stands in the log; the order in which events happened. */
  readonly position: number;
}

export interface EventFilter {
  readonly types: readonly string[];
  readonly linkId: string | null;
  /** Positions: newest first below `before`, or oldest first above `after`. */
  readonly before: number | null;
  readonly after: number | null;
  readonly limit: number;
}

/** What happened in this organization, in order. An event is added in the same commit as the change that it tells. */
export class EventLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds an event, never earlier than the one before it: times and positions have one order. Returns its position. */
  add({ id, type, linkId, sealedBody }: SealedEvent, now: number): number {
    const query = `INSERT INTO event_log (id, type, link_id, sealed_body, created_at) VALUES (?, ?, ?, ?,
      MAX(?, COALESCE((SELECT created_at FROM event_log ORDER BY position DESC LIMIT 1), 0))) RETURNING position`;
    return this.#sql.exec<{ position: number }>(query, id, type, linkId, sealedBody, now).one().position;
  }

  byId(id: string): (LoggedEvent & { sealedBody: string }) | null {
    const row = this.#sql.exec("SELECT * FROM event_log WHERE id = ?", id).toArray()[0];
    return row ? { ...toEvent(row), sealedBody: row.sealed_body as string } : null;
  }

  page({ types, linkId, before, after, limit }: EventFilter): LoggedEvent[] {
    const query = `SELECT position, id, type, link_id, created_at FROM event_log
      WHERE position < ? AND position > ? AND (? IS NULL OR link_id = ?)
        AND (? = '[]' OR type IN (SELECT value FROM json_each(?)))
      ORDER BY position ${after === null ? "DESC" : "ASC"} LIMIT ?`;
    const named = JSON.stringify(types);
    const bounds = [before ?? Number.MAX_SAFE_INTEGER, after ?? 0];
    return this.#sql
      .exec(query, ...bounds, linkId, linkId, named, named, limit)
      .toArray()
      .map(toEvent);
  }

  /** The position of the last event until a time (epoch ms); 0 when there is none. */
  lastUpTo(time: number): number {
    return lastUpTo(this.#sql, { table: "event_log", key: "position" }, time);
  }

  /** Positions, oldest first. */
  ofLink(linkId: string): number[] {
    const query = "SELECT position FROM event_log WHERE link_id = ? ORDER BY position";
    return this.#sql
      .exec<{ position: number }>(query, linkId)
      .toArray()
      .map((row) => row.position);
  }

  forget(position: number): void {
    this.#sql.exec("DELETE FROM event_log WHERE position = ?", position);
  }

  /** Forgets the events that were kept long enough. */
  prune(now: number): void {
    // From the oldest on, to the first that is kept.
    const kept = "SELECT position FROM event_log WHERE created_at > ? ORDER BY position LIMIT 1";
    this.#sql.exec(
      `DELETE FROM event_log WHERE position < COALESCE((${kept}), ${Number.MAX_SAFE_INTEGER})`,
      now - eventRetentionMs,
    );
  }

  nextPrune(): number | null {
    const query = "SELECT created_at FROM event_log ORDER BY position LIMIT 1";
    const [oldest] = this.#sql.exec<{ created_at: number }>(query).toArray();
    return oldest ? oldest.created_at + eventRetentionMs : null;
  }
}

/** Encrypts an event's body under the organization's key. */
export async function sealEvent(vault: Vault, event: WebhookEvent): Promise<SealedEvent> {
  const sealedBody = await vault.seal(`event:${event.id}`, JSON.stringify(event));
  return { id: event.id, type: event.event, linkId: event.linkId, sealedBody };
}

/** The body as it is signed and sent, byte for byte. */
export function openBody(vault: Vault, { id, sealedBody }: Pick<SealedEvent, "id" | "sealedBody">): Promise<string> {
  return vault.open(`event:${id}`, sealedBody);
}

function toEvent(row: Record<string, SqlStorageValue>): LoggedEvent {
  return {
    position: row.position as number,
    id: row.id as string,
    type: row.type as string,
    linkId: row.link_id as string | null,
    createdAt: row.created_at as number,
  };
}
