import { documentedEventTypes, type WebhookEvent } from "@passage/protocol/events";
import type { AttemptError, SignedDelivery } from "@passage/protocol/webhooks";
import type { Env } from "../../env.ts";
import { mintId } from "../../ids.ts";
import { type RetryPolicy, webhooksAtOnce } from "../../limits.ts";
import { log } from "../../log.ts";
import { aboutEndpoint } from "../events/event-bodies.ts";
import { EventLog, openBody, type SealedEvent, sealEvent } from "../events/event-log.ts";
import type { Identity } from "../identity.ts";
import type { Vault } from "../vault.ts";
import { deliver, signRequest } from "./delivery.ts";
import { DeliveryAttempts } from "./delivery-attempts.ts";
import { DeliveryQueue, type DueDelivery } from "./delivery-queue.ts";
import { EndpointTable } from "./endpoint-table.ts";
import { attemptDueAt, policyOf } from "./retry.ts";
import { linksOwner, WebhookSecrets } from "./secrets.ts";
import type { Sent } from "./send.ts";
import { SigningKeys } from "./signing-keys.ts";

/** What an attempt came to; `internal` where the fault was ours. */
type Result =
  | Sent
  | { readonly delivered: false; readonly status: null; readonly error: "internal"; readonly retryAfter: null };

/** Who decides that an endpoint is tried no more. */
interface FailureDecision {
  /** Whether nobody else has to be asked, so that the decision is in the commit of the attempt that failed. */
  readonly isDecidedHere: boolean;
  decide(endpointId: string, reason: "gone" | "failing"): Promise<void>;
  /** Disables it here, in the commit of the caller, with this event. */
  disableNow(endpointId: string, reason: "gone" | "failing", event: SealedEvent, now: number): void;
}

/**
 * Events and their way to who wants them. `emit` writes in the caller's commit; `run` sends what is due. At least once: an
 * attempt is written down before it is made, and what it came to after, so whatever dies between means one more attempt.
 */
export class Outbox {
  readonly events: EventLog;
  readonly endpoints: EndpointTable;
  readonly deliveries: DeliveryQueue;
  readonly attempts: DeliveryAttempts;
  readonly secrets: WebhookSecrets;
  readonly keys: SigningKeys;
  readonly #context: DurableObjectState;
  readonly #env: Env;
  readonly #identity: Identity;
  readonly #vault: Vault;
  readonly #arm: () => void;
  readonly #failing: FailureDecision;
  readonly #policy: RetryPolicy;
  /** Attempts under way, by destination. They die with this object, and so may the count. */
  readonly #sending = new Map<string, number>();

  /**
   * @param arm sets the object's alarm again, after what is due has changed
   * @param failing who decides that an endpoint is tried no more
   */
  constructor(
    context: DurableObjectState,
    env: Env,
    identity: Identity,
    vault: Vault,
    arm: () => void,
    failing: FailureDecision,
  ) {
    const { sql } = context.storage;
    this.events = new EventLog(sql);
    this.endpoints = new EndpointTable(sql);
    this.deliveries = new DeliveryQueue(sql);
    this.attempts = new DeliveryAttempts(sql);
    this.secrets = new WebhookSecrets(sql, env.PASSAGE_SECRET);
    this.keys = new SigningKeys(sql, env.PASSAGE_SECRET);
    this.#context = context;
    this.#env = env;
    this.#identity = identity;
    this.#vault = vault;
    this.#arm = arm;
    this.#failing = failing;
    this.#policy = policyOf(env);
  }

  /** Takes up what was under way when the object died. Call it once, before anything else. */
  resume(now: number): void {
    const events = this.deliveries.resume(now);
    if (events.length === 0) return;
    this.attempts.interrupt(events);
    this.#arm();
  }

  /** Mints an event's id and encrypts its body: what has to be done before the commit that it belongs to. */
  async prepare(make: (id: string) => WebhookEvent): Promise<SealedEvent> {
    const id = await mintId(this.#env.PASSAGE_SECRET, "event", this.#identity.get().tag);
    return sealEvent(this.#vault, make(id));
  }

  /** Logs an event and queues it for the endpoints that want it, and for the link's own URL. Nothing is awaited. */
  emit(event: SealedEvent, webhookUrl: string | null, now: number): void {
    const endpoints = this.endpoints.subscribedTo(event.type);
    const destinations = endpoints.map(({ id }) => ({ name: id, url: null as string | null }));
    const isDocumented = documentedEventTypes.some((type) => type === event.type);
    // A URL that is the link's own and an endpoint's gets the event once, with the endpoint's secret.
    if (webhookUrl && isDocumented && !endpoints.some(({ url }) => url === webhookUrl))
      destinations.push({ name: new URL(webhookUrl).origin, url: webhookUrl });
    this.emitTo(event, destinations, now);
  }

  emitTo(event: SealedEvent, destinations: readonly { name: string; url: string | null }[], now: number): void {
    const position = this.events.add(event, now);
    const dueAt = attemptDueAt(this.#policy, 0, now) ?? now;
    for (const destination of destinations) {
      const hasRoom = this.#room(destination.name) > 0;
      const due = this.deliveries.enqueue({ ...event, position, createdAt: now }, destination, dueAt, hasRoom);
      if (due) this.#begin(due, now);
    }
    this.#arm();
  }

  /** Ends everything on its way to a destination. */
  cancel(destination: string): void {
    this.attempts.interrupt(this.deliveries.cancel(destination), destination);
  }

  /** The event of {@link disable}. */
  prepareDisabled(endpointId: string, reason: "gone" | "failing"): Promise<SealedEvent> {
    return this.prepare((id) => ({ event: "webhook_endpoint.disabled", reason, ...aboutEndpoint(id, endpointId) }));
  }

  /** An endpoint is tried no more, and that is an event. */
  disable(endpointId: string, reason: "gone" | "failing", event: SealedEvent, now: number): void {
    this.endpoints.disable(endpointId, reason);
    this.cancel(endpointId);
    this.emit(event, null, now);
    log("webhook_endpoint.disabled", { endpointId, reason });
  }

  /** Forgets the events of a link and where they were to go. */
  forgetLink(linkId: string): void {
    for (const position of this.events.ofLink(linkId))
      for (const part of [this.deliveries, this.attempts, this.events]) part.forget(position);
  }

  /** An event's body with the headers that prove it, signed as for links' own webhooks; null when the log does not have it. */
  async sign(eventId: string): Promise<SignedDelivery | null> {
    const found = this.events.byId(eventId);
    if (!found) return null;
    const contents = await this.#contents(found, linksOwner);
    return {
      headers: await signRequest({ eventId, ...contents }, this.#identity.get().head, this.#env),
      body: contents.body,
    };
  }

  mintKeyId(): Promise<string> {
    return mintId(this.#env.PASSAGE_SECRET, "webhookKey", this.#identity.get().tag);
  }

  /** Sends what is due, and forgets what was kept long enough. */
  run(now: number): void {
    this.events.prune(now);
    this.deliveries.prune();
    this.attempts.prune();
    for (const due of this.deliveries.lease(now, (destination) => this.#room(destination))) this.#begin(due, now);
  }

  /** Makes the attempt of a delivery that is leased. What it sends leaves when the caller's commit is on the disk. */
  #begin(due: DueDelivery, now: number): void {
    const { name } = due.destination;
    this.#sending.set(name, (this.#sending.get(name) ?? 0) + 1);
    const attemptId = this.attempts.begin(due.event, name, now);
    const attempt = this.#attempt(due, attemptId).finally(() => {
      this.#sending.set(name, (this.#sending.get(name) ?? 1) - 1);
      this.#arm();
    });
    this.#context.waitUntil(attempt);
  }

  nextDue(): number | null {
    const times = [this.deliveries.nextDue((name) => this.#room(name) > 0), this.events.nextPrune()];
    return times.reduce((least, time) => (time !== null && (least === null || time < least) ? time : least), null);
  }

  #room(destination: string): number {
    const inAll = [...this.#sending.values()].reduce((sum, count) => sum + count, 0);
    return Math.min(
      webhooksAtOnce.destination - (this.#sending.get(destination) ?? 0),
      webhooksAtOnce.organization - inAll,
    );
  }

  async #attempt(due: DueDelivery, attemptId: number): Promise<void> {
    const result = await this.#send(due).catch((error): Result => {
      log("webhook.error", { eventId: due.eventId, linkId: due.linkId, reason: String(error) });
      return { delivered: false, status: null, error: "internal", retryAfter: null };
    });
    const { name } = due.destination;
    const reason = result.delivered ? null : this.#reasonToDisable(name, result.error, Date.now());
    const disabled = reason && this.#failing.isDecidedHere ? await this.prepareDisabled(name, reason) : null;

    // No await from here on: one commit.
    const now = Date.now();
    this.attempts.end(attemptId, result.status, result.delivered ? null : result.error, now);
    if (result.delivered) {
      this.deliveries.resolve(due, { state: "delivered" }, now);
      this.endpoints.delivered(name);
      return;
    }
    const attempt = due.attempt + 1;
    const dueAt = result.error === "gone" ? null : attemptDueAt(this.#policy, attempt, now, result.retryAfter);
    this.deliveries.resolve(due, dueAt === null ? { state: "failed" } : { state: "waiting", attempt, dueAt }, now);
    this.endpoints.missed(name, now);
    if (!reason || this.#reasonToDisable(name, result.error, now) !== reason) return;
    if (disabled) this.#failing.disableNow(name, reason, disabled, now);
    else await this.#failing.decide(name, reason);
  }

  async #send({ eventId, linkId, sealedBody, destination, attempt }: DueDelivery): Promise<Sent> {
    const url = destination.url ?? this.endpoints.byId(destination.name)?.url;
    if (!url) throw new Error("its endpoint is gone");
    const { head, mode } = this.#identity.get();
    const contents = await this.#contents(
      { id: eventId, sealedBody },
      destination.url === null ? destination.name : linksOwner,
    );
    return deliver({ eventId, linkId, url, attempt, ...contents }, head, mode, this.#env);
  }

  /** What is sent, and what it is signed with. */
  async #contents(event: { id: string; sealedBody: string }, secretsOwner: string) {
    const now = Date.now();
    const [body, key, secrets] = await Promise.all([
      openBody(this.#vault, event),
      this.keys.current(() => this.mintKeyId(), now),
      this.secrets.current(secretsOwner, now),
    ]);
    return { body, key, secrets };
  }

  /** Why an endpoint is not to be tried any more after this error; null when it is, or is disabled already. */
  #reasonToDisable(name: string, error: AttemptError, now: number): "gone" | "failing" | null {
    const endpoint = this.endpoints.byId(name);
    if (!endpoint || endpoint.disabledReason !== null) return null;
    if (error === "gone") return "gone";
    return now - (endpoint.failingSince ?? now) >= this.#policy.disableAfterMs ? "failing" : null;
  }
}
