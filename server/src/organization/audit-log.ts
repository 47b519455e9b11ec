import type { AuditEntry } from "@passage/protocol/http/audit-log";

/** Who asks for a change, and in which request. */
export interface Actor {
  /** The id of an API key, or `operator`. */
  readonly actor: string;
  readonly requestId: string;
}

/** Who changed what: written with the change, in the same commit, and never altered. */
export class AuditLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @param action a resource and what was done to it, such as `key.created`. */
  add({ actor, requestId }: Actor, action: string, target: string, now: number): void {
    const query = "INSERT INTO audit_log (at, actor, action, target, request_id) VALUES (?, ?, ?, ?, ?)";
    this.#sql.exec(query, now, actor, action, target, requestId);
  }

  /** Newest first. @param shard part of an entry's id, where it is not the head's */
  page(before: number | null, limit: number, shard = 0): { position: number; entry: AuditEntry }[] {
    const query = "SELECT * FROM audit_log WHERE position < ? ORDER BY position DESC LIMIT ?";
    return this.#sql
      .exec<{ position: number; at: number; actor: string; action: string; target: string; request_id: string }>(
        query,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .toArray()
      .map(({ position, at, actor, action, target, request_id }) => ({
        position,
        entry: {
          id: shard === 0 ? `aud_${position}` : `aud_${shard}_${position}`,
          at,
          actor,
          action,
          target,
          requestId: request_id,
        },
      }));
  }
}
