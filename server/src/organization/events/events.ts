import { RpcTarget } from "cloudflare:workers";
import type { Delivery, Event, EventSummary, Redelivered, SignedDelivery } from "@passage/protocol/webhooks";
import type { EventsDoor } from "../../doors.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Vault } from "../vault.ts";
import { enabledEndpoint } from "../webhooks/endpoint-table.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import { type EventFilter, type LoggedEvent, openBody } from "./event-log.ts";

interface Parts {
  readonly vault: Vault;
  readonly idempotency: Idempotency;
  readonly outbox: Outbox;
  readonly arm: () => void;
}

export class Events extends RpcTarget implements EventsDoor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  list(filter: EventFilter): LoggedEvent[] {
    return this.#parts.outbox.events.page(filter);
  }

  lastUpTo(time: number): number {
    return this.#parts.outbox.events.lastUpTo(time);
  }

  placeOf(id: string): Pick<LoggedEvent, "position" | "createdAt"> | null {
    const found = this.#parts.outbox.events.byId(id);
    return found && { position: found.position, createdAt: found.createdAt };
  }

  async get(id: string): Promise<Event | null> {
    const found = this.#parts.outbox.events.byId(id);
    if (!found) return null;
    const data = JSON.parse(await openBody(this.#parts.vault, found));
    return { ...summaryOf(found), data, deliveries: this.#deliveriesOf(found) };
  }

  sign(id: string): Promise<SignedDelivery | null> {
    return this.#parts.outbox.sign(id);
  }

  redeliver(id: string, endpointId: string | null, once: IdempotentRequest | null): Promise<RpcResult<Redelivered>> {
    return this.#parts.idempotency.runOnceUnsealed(once, () => {
      const found = this.#parts.outbox.events.byId(id);
      if (!found) return refused("not_found", "Event not found");
      const { deliveries, endpoints } = this.#parts.outbox;
      if (endpointId !== null) {
        const endpoint = enabledEndpoint(endpoints, endpointId);
        if ("refused" in endpoint) return endpoint;
      }
      const destinations =
        endpointId === null
          ? deliveries
              .ofEvent(found.position)
              .map((row) => row.destination)
              .filter(({ name, url }) => url !== null || endpoints.byId(name)?.disabledReason === null)
          : [{ name: endpointId, url: null }];
      for (const destination of destinations) deliveries.requeue(found, destination, Date.now());
      this.#parts.arm();
      return { ok: { deliveries: destinations.length } };
    });
  }

  #deliveriesOf(event: LoggedEvent): Delivery[] {
    const { deliveries, endpoints, attempts } = this.#parts.outbox;
    return deliveries.ofEvent(event.position).map(({ destination: { name, url }, state, dueAt }) => ({
      endpointId: url === null ? name : null,
      url: url ?? endpoints.byId(name)?.url ?? null,
      state,
      nextAttemptAt: state === "waiting" ? dueAt : null,
      attempts: attempts.of(event.position, name),
    }));
  }
}

function summaryOf({ id, type, linkId, createdAt }: LoggedEvent): EventSummary {
  return { id, type, linkId, createdAt };
}
