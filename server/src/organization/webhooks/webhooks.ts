import { RpcTarget } from "cloudflare:workers";
import type { EventType } from "@passage/protocol/events";
import {
  type CreatedEndpoint,
  type Delivery,
  type Event,
  type EventSummary,
  type Redelivered,
  type RotatedSecret,
  type SignedDelivery,
  type SigningKeyList,
  type TestedEndpoint,
  type updateEndpointRequest,
  type WebhookEndpoint,
  webhookLimits,
} from "@passage/protocol/webhooks";
import type * as z from "zod";
import type { WebhooksDoor } from "../../doors.ts";
import type { Env } from "../../env.ts";
import { mintId } from "../../ids.ts";
import type { Actor, AuditLog } from "../audit-log.ts";
import { aboutEndpoint } from "../events/event-bodies.ts";
import { type EventFilter, type LoggedEvent, openBody } from "../events/event-log.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Vault } from "../vault.ts";
import type { Endpoint, EndpointFields } from "./endpoint-table.ts";
import type { Outbox } from "./outbox.ts";
import { linksOwner } from "./secrets.ts";
import type { PublishedKey } from "./signing-keys.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly vault: Vault;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly arm: () => void;
}

export class Webhooks extends RpcTarget implements WebhooksDoor {
  readonly #parts: Parts;
  readonly #outbox: Outbox;
  readonly #arm: () => void;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    this.#outbox = parts.outbox;
    this.#arm = parts.arm;
  }

  listEvents(filter: Omit<EventFilter, "after"> & { after: string | number | null }): LoggedEvent[] | null {
    const { events } = this.#outbox;
    if (typeof filter.after !== "string") return events.page({ ...filter, after: filter.after });
    const start = events.byId(filter.after);
    return start && events.page({ ...filter, after: start.position });
  }

  async getEvent(id: string): Promise<Event | null> {
    const found = this.#outbox.events.byId(id);
    if (!found) return null;
    const data = JSON.parse(await openBody(this.#parts.vault, found));
    return { ...summaryOf(found), data, deliveries: this.#deliveriesOf(found) };
  }

  signEvent(id: string): Promise<SignedDelivery | null> {
    return this.#outbox.sign(id);
  }

  redeliverEvent(
    id: string,
    endpointId: string | null,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<Redelivered>> {
    return this.#parts.idempotency.runOnceUnsealed(once, () => {
      const found = this.#outbox.events.byId(id);
      if (!found) return refused("not_found", "Event not found");
      const { deliveries, endpoints } = this.#outbox;
      if (endpointId !== null) {
        const endpoint = this.#enabled(endpointId);
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
      this.#arm();
      return { ok: { deliveries: destinations.length } };
    });
  }

  async createEndpoint(
    fields: EndpointFields,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedEndpoint>> {
    const { env, identity, idempotency, audit } = this.#parts;
    const { endpoints, secrets } = this.#outbox;
    const [id, made] = await Promise.all([
      mintId(env.PASSAGE_SECRET, "webhookEndpoint", identity.get().tag),
      secrets.prepare(),
    ]);
    const now = Date.now();
    const endpoint: Endpoint = { id, ...fields, disabledReason: null, failingSince: null, createdAt: now };
    return idempotency.runOnce(once, { ...this.#describe(endpoint), secret: made.secret }, () => {
      if (endpoints.all().length >= webhookLimits.endpoints) {
        const message = `An organization has at most ${webhookLimits.endpoints} endpoints. Delete one that is not needed.`;
        return { code: "validation_failed", message };
      }
      endpoints.add(endpoint);
      secrets.replace(id, made, 0, now);
      audit.add(actor, "webhook_endpoint.created", id, now);
      return null;
    });
  }

  listEndpoints(): WebhookEndpoint[] {
    return this.#outbox.endpoints.all().map((endpoint) => this.#describe(endpoint));
  }

  getEndpoint(id: string): WebhookEndpoint | null {
    const endpoint = this.#outbox.endpoints.byId(id);
    return endpoint && this.#describe(endpoint);
  }

  updateEndpoint(id: string, change: z.output<typeof updateEndpointRequest>, actor: Actor): WebhookEndpoint | null {
    const { endpoints } = this.#outbox;
    const endpoint = endpoints.byId(id);
    if (!endpoint) return null;
    const {
      url = endpoint.url,
      eventTypes = endpoint.eventTypes,
      description = endpoint.description,
      disabled,
    } = change;
    endpoints.update(id, { url, eventTypes, description });
    if (disabled === true && endpoint.disabledReason === null) {
      endpoints.disable(id, "by_owner");
      this.#outbox.cancel(id);
    }
    if (disabled === false && endpoint.disabledReason !== null) endpoints.enable(id);
    this.#parts.audit.add(actor, "webhook_endpoint.updated", id, Date.now());
    this.#arm();
    return this.getEndpoint(id);
  }

  deleteEndpoint(id: string, actor: Actor): boolean {
    const { endpoints, secrets } = this.#outbox;
    if (!endpoints.byId(id)) return false;
    endpoints.delete(id);
    this.#outbox.cancel(id);
    secrets.delete(id);
    this.#parts.audit.add(actor, "webhook_endpoint.deleted", id, Date.now());
    this.#arm();
    return true;
  }

  async rotateSecret(
    id: string | null,
    overlapMs: number,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<RotatedSecret>> {
    const { idempotency, audit } = this.#parts;
    const { endpoints, secrets } = this.#outbox;
    const owner = id ?? linksOwner;
    const made = await secrets.prepare();
    const now = Date.now();
    const previousUntil = overlapMs > 0 && secrets.has(owner) ? now + overlapMs : null;
    return idempotency.runOnce(once, { secret: made.secret, previousUntil }, () => {
      if (id !== null && !endpoints.byId(id)) return { code: "not_found", message: "Webhook endpoint not found" };
      secrets.replace(owner, made, overlapMs, now);
      audit.add(actor, "webhook_secret.rotated", owner, now);
      return null;
    });
  }

  redeliverSince(
    id: string,
    choice: { since: number; include: "undelivered" | "all" },
    once: IdempotentRequest | null,
  ): Promise<RpcResult<Redelivered>> {
    return this.#parts.idempotency.runOnceUnsealed(once, () => {
      const endpoint = this.#enabled(id);
      if ("refused" in endpoint) return endpoint;
      const types: readonly EventType[] = endpoint.ok.eventTypes;
      const count = this.#outbox.deliveries.requeueSince(id, { ...choice, types }, Date.now());
      this.#arm();
      return { ok: { deliveries: count } };
    });
  }

  async testEndpoint(endpointId: string, once: IdempotentRequest | null): Promise<RpcResult<TestedEndpoint>> {
    const event = await this.#outbox.prepare((id) => ({
      event: "webhook_endpoint.test",
      ...aboutEndpoint(id, endpointId),
    }));
    return this.#parts.idempotency.runOnceUnsealed(once, () => {
      const endpoint = this.#enabled(endpointId);
      if ("refused" in endpoint) return endpoint;
      this.#outbox.emitTo(event, [{ name: endpointId, url: null }], Date.now());
      return { ok: { eventId: event.id } };
    });
  }

  async listKeys(): Promise<PublishedKey[]> {
    const { keys } = this.#outbox;
    if (!this.#parts.identity.find()) return [];
    await keys.current(() => this.#outbox.mintKeyId(), Date.now());
    return keys.published(Date.now());
  }

  async rotateKey(
    overlapMs: number,
    address: Omit<SigningKeyList, "keys">,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<SigningKeyList>> {
    const { idempotency, audit } = this.#parts;
    const { keys } = this.#outbox;
    const made = await keys.prepare(() => this.#outbox.mintKeyId());
    return idempotency.runOnceUnsealed(once, () => {
      const now = Date.now();
      keys.replace(made, overlapMs, now);
      audit.add(actor, "webhook_key.rotated", made.kid, now);
      return { ok: { ...address, keys: keys.published(now).map(({ publicPem: _, ...shown }) => shown) } };
    });
  }

  publicKey(kid: string): string | null {
    return this.#outbox.keys.publicPem(kid, Date.now());
  }

  #enabled(id: string): RpcResult<Endpoint> {
    const endpoint = this.#outbox.endpoints.byId(id);
    if (!endpoint) return refused("not_found", "Webhook endpoint not found");
    if (endpoint.disabledReason === null) return { ok: endpoint };
    return refused("validation_failed", "The endpoint is disabled. Enable it first: PATCH it with disabled: false.");
  }

  #deliveriesOf(event: LoggedEvent): Delivery[] {
    const { deliveries, endpoints, attempts } = this.#outbox;
    return deliveries.ofEvent(event.position).map(({ destination: { name, url }, state, dueAt }) => ({
      endpointId: url === null ? name : null,
      url: url ?? endpoints.byId(name)?.url ?? null,
      state,
      nextAttemptAt: state === "waiting" ? dueAt : null,
      attempts: attempts.of(event.position, name),
    }));
  }

  #describe({ failingSince, disabledReason, ...endpoint }: Endpoint): WebhookEndpoint {
    const { attempts, deliveries } = this.#outbox;
    const health = attempts.health(endpoint.id, Date.now());
    const backlog = deliveries.backlog(endpoint.id);
    const disabled = disabledReason !== null;
    return { ...endpoint, disabled, disabledReason, health: { ...health, failingSince, backlog } };
  }
}

function summaryOf({ id, type, linkId, createdAt }: LoggedEvent): EventSummary {
  return { id, type, linkId, createdAt };
}
