import type { EventType } from "@passage/protocol/events";
import type { WebhookEndpoint } from "@passage/protocol/webhooks";
import { type RpcResult, refused } from "../refusal.ts";

/** An endpoint without what its deliveries say of it. */
export type Endpoint = Omit<WebhookEndpoint, "health" | "disabled"> & { readonly failingSince: number | null };
export type EndpointFields = Pick<Endpoint, "url" | "eventTypes" | "description">;
export type DisabledReason = NonNullable<WebhookEndpoint["disabledReason"]>;

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  url: string;
  event_types: string;
  description: string | null;
  disabled_reason: DisabledReason | null;
  failing_since: number | null;
  created_at: number;
}

/** The registered webhook endpoints. */
export class EndpointTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ id, url, eventTypes, description, createdAt }: Omit<Endpoint, "disabledReason" | "failingSince">): void {
    const query = `INSERT INTO webhook_endpoints (id, url, event_types, description, created_at) VALUES (?, ?, ?, ?, ?)`;
    this.#sql.exec(query, id, url, JSON.stringify(eventTypes), description, createdAt);
  }

  byId(id: string): Endpoint | null {
    return this.#read("SELECT * FROM webhook_endpoints WHERE id = ?", id)[0] ?? null;
  }

  all(): Endpoint[] {
    return this.#read("SELECT * FROM webhook_endpoints ORDER BY created_at, id");
  }

  /** Those that are enabled and want events of this type. */
  subscribedTo(type: EventType): Endpoint[] {
    return this.#read("SELECT * FROM webhook_endpoints WHERE disabled_reason IS NULL").filter((endpoint) =>
      endpoint.eventTypes.some((one) => one === type),
    );
  }

  update(id: string, { url, eventTypes, description }: Pick<Endpoint, "url" | "eventTypes" | "description">): void {
    const query = "UPDATE webhook_endpoints SET url = ?, event_types = ?, description = ? WHERE id = ?";
    this.#sql.exec(query, url, JSON.stringify(eventTypes), description, id);
  }

  disable(id: string, reason: DisabledReason): void {
    this.#sql.exec("UPDATE webhook_endpoints SET disabled_reason = ? WHERE id = ?", reason, id);
  }

  /** A fresh start: what it failed before does not count. */
  enable(id: string, now: number): void {
    const query =
      "UPDATE webhook_endpoints SET disabled_reason = NULL, failing_since = NULL, enabled_at = ? WHERE id = ?";
    this.#sql.exec(query, now, id);
  }

  /** When it was enabled again, in epoch ms; null for never. */
  enabledAt(id: string): number | null {
    const query = "SELECT enabled_at FROM webhook_endpoints WHERE id = ?";
    return this.#sql.exec<{ enabled_at: number | null }>(query, id).toArray()[0]?.enabled_at ?? null;
  }

  delete(id: string): void {
    this.#sql.exec("DELETE FROM webhook_endpoints WHERE id = ?", id);
  }

  delivered(id: string): void {
    this.#sql.exec("UPDATE webhook_endpoints SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL", id);
  }

  missed(id: string, now: number): void {
    this.#sql.exec("UPDATE webhook_endpoints SET failing_since = ? WHERE id = ? AND failing_since IS NULL", now, id);
  }

  #read(query: string, ...bindings: SqlStorageValue[]): Endpoint[] {
    return this.#sql
      .exec<Row>(query, ...bindings)
      .toArray()
      .map((row) => ({
        id: row.id,
        url: row.url,
        eventTypes: JSON.parse(row.event_types),
        description: row.description,
        disabledReason: row.disabled_reason,
        failingSince: row.failing_since,
        createdAt: row.created_at,
      }));
  }
}

/** The endpoint that events can be sent to; refused where there is none, or it is disabled. */
export function enabledEndpoint(endpoints: EndpointTable, id: string): RpcResult<Endpoint> {
  const endpoint = endpoints.byId(id);
  if (!endpoint) return refused("not_found", "Webhook endpoint not found");
  if (endpoint.disabledReason === null) return { ok: endpoint };
  return refused("validation_failed", "The endpoint is disabled. Enable it first: PATCH it with disabled: false.");
}
