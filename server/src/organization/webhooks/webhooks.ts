import { RpcTarget } from "cloudflare:workers";
import type { EventType } from "@passage/protocol/events";
import {
  type CreatedEndpoint,
  type Redelivered,
  type RotatedSecret,
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
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import type { RpcResult } from "../refusal.ts";
import type { Shards } from "../shards/shards.ts";
import { type Endpoint, type EndpointFields, enabledEndpoint } from "./endpoint-table.ts";
import type { FailingEndpoints } from "./failing-endpoints.ts";
import type { Outbox } from "./outbox.ts";
import { linksOwner } from "./secrets.ts";
import type { PublishedKey } from "./signing-keys.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly shards: Shards;
  readonly failing: FailingEndpoints;
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

  async createEndpoint(
    fields: EndpointFields,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedEndpoint>> {
    const { env, identity, idempotency, audit, shards } = this.#parts;
    const { endpoints, secrets } = this.#outbox;
    const [id, made] = await Promise.all([
      mintId(env.PASSAGE_SECRET, "webhookEndpoint", identity.get().tag),
      secrets.prepare(),
    ]);
    const now = Date.now();
    const endpoint: Endpoint = { id, ...fields, disabledReason: null, failingSince: null, createdAt: now };
    const created = await idempotency.runOnce(once, { ...this.#describe(endpoint), secret: made.secret }, () => {
      if (endpoints.all().length >= webhookLimits.endpoints) {
        const message = `An organization has at most ${webhookLimits.endpoints} endpoints. Delete one that is not needed.`;
        return { code: "validation_failed", message };
      }
      endpoints.add(endpoint);
      secrets.replace(id, made, 0, now);
      audit.add(actor, "webhook_endpoint.created", id, now);
      shards.settingsChanged();
      return null;
    });
    await shards.send();
    return created;
  }

  listEndpoints(): WebhookEndpoint[] {
    return this.#outbox.endpoints.all().map((endpoint) => this.#describe(endpoint));
  }

  getEndpoint(id: string): WebhookEndpoint | null {
    const endpoint = this.#outbox.endpoints.byId(id);
    return endpoint && this.#describe(endpoint);
  }

  endpointHealth(ids: readonly string[]): WebhookEndpoint["health"][] {
    return ids.map((id) => this.#health(id, this.#outbox.endpoints.byId(id)?.failingSince ?? null));
  }

  lastSuccess(id: string): number | null {
    return this.#outbox.attempts.health(id, Date.now()).lastSuccessAt;
  }

  disableFailing(id: string, reason: "gone" | "failing"): Promise<void> {
    return this.#parts.failing.disable(id, reason);
  }

  async updateEndpoint(
    id: string,
    change: z.output<typeof updateEndpointRequest>,
    actor: Actor,
  ): Promise<WebhookEndpoint | null> {
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
    if (disabled === false && endpoint.disabledReason !== null) endpoints.enable(id, Date.now());
    this.#parts.audit.add(actor, "webhook_endpoint.updated", id, Date.now());
    this.#parts.shards.settingsChanged();
    this.#arm();
    await this.#parts.shards.send();
    return this.getEndpoint(id);
  }

  async deleteEndpoint(id: string, actor: Actor): Promise<boolean> {
    const { endpoints, secrets } = this.#outbox;
    if (!endpoints.byId(id)) return false;
    endpoints.delete(id);
    this.#outbox.cancel(id);
    secrets.delete(id);
    this.#parts.audit.add(actor, "webhook_endpoint.deleted", id, Date.now());
    this.#parts.shards.settingsChanged();
    this.#arm();
    await this.#parts.shards.send();
    return true;
  }

  async rotateSecret(
    id: string | null,
    overlapMs: number,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<RotatedSecret>> {
    const { identity, idempotency, audit, shards } = this.#parts;
    identity.get();
    const { endpoints, secrets } = this.#outbox;
    const owner = id ?? linksOwner;
    const made = await secrets.prepare();
    const now = Date.now();
    const previousUntil = overlapMs > 0 && secrets.has(owner) ? now + overlapMs : null;
    const rotated = await idempotency.runOnce(once, { secret: made.secret, previousUntil }, () => {
      if (id !== null && !endpoints.byId(id)) return { code: "not_found", message: "Webhook endpoint not found" };
      secrets.replace(owner, made, overlapMs, now);
      audit.add(actor, "webhook_secret.rotated", owner, now);
      shards.settingsChanged();
      return null;
    });
    await shards.send();
    return rotated;
  }

  redeliverSince(
    id: string,
    choice: { since: number; include: "undelivered" | "all" },
    once: IdempotentRequest | null,
  ): Promise<RpcResult<Redelivered>> {
    return this.#parts.idempotency.runOnceUnsealed(once, () => {
      const endpoint = enabledEndpoint(this.#outbox.endpoints, id);
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
      const endpoint = enabledEndpoint(this.#outbox.endpoints, endpointId);
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
    const { idempotency, audit, shards } = this.#parts;
    const { keys } = this.#outbox;
    const made = await keys.prepare(() => this.#outbox.mintKeyId());
    const rotated = await idempotency.runOnceUnsealed(once, () => {
      const now = Date.now();
      keys.replace(made, overlapMs, now);
      audit.add(actor, "webhook_key.rotated", made.kid, now);
      shards.settingsChanged();
      return { ok: { ...address, keys: keys.published(now).map(({ publicPem: _, ...shown }) => shown) } };
    });
    await shards.send();
    return rotated;
  }

  publicKey(kid: string): string | null {
    return this.#outbox.keys.publicPem(kid, Date.now());
  }

  #describe({ failingSince, disabledReason, ...endpoint }: Endpoint): WebhookEndpoint {
    const disabled = disabledReason !== null;
    return { ...endpoint, disabled, disabledReason, health: this.#health(endpoint.id, failingSince) };
  }

  #health(id: string, failingSince: number | null): WebhookEndpoint["health"] {
    const { attempts, deliveries } = this.#outbox;
    return { ...attempts.health(id, Date.now()), failingSince, backlog: deliveries.backlog(id) };
  }
}
