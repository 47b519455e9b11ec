import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { CreatedKey, Key } from "@passage/protocol/http/key";
import type { CreatedLink, Link, LinkSummary, RequestedOperation } from "@passage/protocol/http/link";
import type { Organization as OrganizationResource } from "@passage/protocol/http/organization";
import type { CreatedSession, Session as SessionResource, SessionSummary } from "@passage/protocol/http/session";
import type { Mode } from "@passage/protocol/ids";
import type { LedgerHead } from "@passage/protocol/ledger";
import type { Grant } from "@passage/protocol/scopes";
import type { SessionTrace } from "@passage/protocol/trace";
import type {
  CreatedEndpoint,
  Event,
  Redelivered,
  RotatedSecret,
  SignedDelivery,
  SigningKeyList,
  TestedEndpoint,
  updateEndpointRequest,
  WebhookEndpoint,
} from "@passage/protocol/webhooks";
import type * as z from "zod";
import type { OperationCounts } from "./organization/attempts/operation-counts.ts";
import type { Actor } from "./organization/audit-log.ts";
import type { EventFilter, LoggedEvent } from "./organization/events/event-log.ts";
import type { IdempotentRequest } from "./organization/idempotency.ts";
import type { OrganizationAddress, OrganizationIdentity, Settings } from "./organization/identity.ts";
import type { KeyFacts } from "./organization/keys/admission.ts";
import type { NewLink, OperationName } from "./organization/links/link-record.ts";
import type { LinkFilter, LinkTable } from "./organization/links/link-table.ts";
import type { AttemptPage } from "./organization/links/link-view.ts";
import type { RpcResult } from "./organization/refusal.ts";
import type { SharedSettings } from "./organization/shards/shared-settings.ts";
import type { EndpointFields } from "./organization/webhooks/endpoint-table.ts";
import type { PublishedKey } from "./organization/webhooks/signing-keys.ts";
import type { Outcome, SessionConfig } from "./session/session-config.ts";
import type { StoredEvent } from "./session/telemetry.ts";

/**
 * What each object lets others call. The classes implement these interfaces, and nobody imports a class: `stubs.ts` makes the
 * stubs. A method that returns at once in its object returns a promise through a stub.
 */

/** One row of a list, and its position: where the next page begins. */
export type Positioned<Name extends string, T> = { readonly position: number } & { readonly [N in Name]: T };

/** What an operator sees of an organization that was configured. */
export type ConfiguredOrganization = Pick<OrganizationIdentity, "name" | "retentionDays"> & {
  readonly linkShards: number;
};

export interface OrganizationCount {
  readonly links: ReturnType<LinkTable["count"]>;
  readonly webhookBacklog: number;
}

/** One tenant in one mode: its head, or one of its link shards. */
export interface OrganizationDoor {
  /** The facts of the key with this hash, which counts as used; null where it is unknown, revoked or expired. */
  identify(keyHash: string): KeyFacts | null;
  /** The answer (JSON text) that this request got here before, or null; refused when its key was used for another one. */
  recall(once: IdempotentRequest): Promise<RpcResult<string | null>>;
  /**
   * Notes a request that was made elsewhere, and its answer (JSON text, without secrets) where no other shard has it; what was
   * noted before stays.
   */
  remember(once: IdempotentRequest, answer: string | null): Promise<RpcResult<string | null>>;
  /** What an operator set; null where there is no organization yet, and refused while it is being deleted. */
  configuration(): RpcResult<ConfiguredOrganization | null>;
  /** Makes the organization where there is none yet, and sets what is given; refused while it is being deleted. */
  configure(
    address: Pick<OrganizationAddress, "tag" | "mode">,
    settings: Settings,
    actor: Actor,
  ): Promise<RpcResult<ConfiguredOrganization | null>>;
  /** Of a shard: which one it is, and what its head shares with it. Called by the head alone. */
  adopt(address: OrganizationAddress, settings: SharedSettings): void;
  /** What the operator's metrics say of this organization, in all its shards. */
  count(): Promise<OrganizationCount>;
  /** Newest first. */
  auditLog(before: number | null, limit: number): Positioned<"entry", AuditEntry>[];
  /** Ends all that is under way and forgets everything, in all shards. Its keys are unknown from here on. */
  erase(): Promise<void>;
}

/** What a new key is to be. `expiresIn` in seconds. */
export interface KeyRequest {
  readonly name: string | null;
  readonly scopes: readonly Grant[];
  readonly expiresIn: number | null;
}

/** Whoever changes keys: a key gives no more than it has. */
export interface KeyActor extends Actor {
  readonly scopes: readonly Grant[];
}

/** The API keys of an organization. Each change is recorded in the audit log, in the same commit. */
export interface KeysDoor {
  create(request: KeyRequest, actor: KeyActor, once: IdempotentRequest | null): Promise<RpcResult<CreatedKey>>;
  /** @param overlapSeconds for how long the old key still works. */
  rotate(
    id: string,
    overlapSeconds: number,
    actor: KeyActor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedKey>>;
  revoke(id: string, actor: Actor): RpcResult<Key>;
  /** Newest first, those before `before` (a position that a list returned). */
  list(before: number | null, limit: number): Positioned<"key", Key>[];
  /** How many keys are in use; 0 for an organization that does not exist. */
  countActive(): number;
}

/** A link as it is asked for. The organization decides its times. */
export type LinkDraft = Omit<NewLink, "operations" | "sealedArguments" | "createdAt" | "expiresAt"> & {
  readonly operations: readonly RequestedOperation[];
  readonly expiresInMs: number;
};
export type CreatedLinkDraft = Omit<CreatedLink, "createdAt" | "expiresAt">;

/** What a claim page shows to a person who holds the code. */
export interface ClaimDescription extends Pick<Link, "status" | "cancelledAt" | "expiresAt"> {
  readonly linkId: string;
  readonly mode: Mode;
  readonly requestedBy: string;
  readonly provider: string;
  readonly operations: readonly OperationName[];
  readonly returnUrl: string | null;
}

/** The links of an organization as their owner makes, reads and ends them. */
export interface LinksDoor {
  create(draft: LinkDraft, answer: CreatedLinkDraft, once: IdempotentRequest | null): Promise<RpcResult<CreatedLink>>;
  get(id: string, withPartial: boolean): Promise<Link | null>;
  list(filter: LinkFilter): Promise<Positioned<"link", LinkSummary>[]>;
  attempts(linkId: string, before: number | null, limit: number): Promise<AttemptPage | null>;
  /** Cancels a link and ends its session. Cancelling twice changes nothing, so the request needs no record of its own before it is made. */
  cancel(id: string, actor: Actor, once: IdempotentRequest | null): Promise<RpcResult<Link>>;
  /** Deletes a link, its attempts, events and results, and ends its session. */
  delete(id: string, actor: Actor): RpcResult<null>;
  /** What a claim page shows; null when no link has this code. */
  describe(claimHash: string): Promise<ClaimDescription | null>;
}

/** A link that was given to a device. */
export interface ClaimedSession {
  readonly linkId: string;
  readonly sessionId: string;
  readonly clientToken: string;
  readonly expiresAt: number;
}

/** Attempts: claims by devices, what their sessions report, and how providers fare. */
export interface AttemptsDoor {
  /** Gives the link to the device that asks, in a new session; refused while another has it or when its time is over. */
  claim(claimHash: string): Promise<RpcResult<ClaimedSession>>;
  /** Where an attempt stands, from its session. */
  progress(sessionId: string, step: LinkStep): void;
  /** What an attempt has finished so far (JSON text), from its session. */
  finished(sessionId: string, operations: string): Promise<void>;
  /** An attempt's outcome, from its session, which reports it until this returns. */
  settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null, version: number): Promise<void>;
  /** Ends a pending test link without a device. `outcome` fits its operations. */
  complete(id: string, outcome: Outcome, once: IdempotentRequest | null): Promise<RpcResult<Link>>;
  /** What was counted of the operations of a provider; nothing of those that never ran. */
  health(provider: string): OperationCounts[];
  /** Records a session that a developer made without a link, so that lists have it. */
  addSession(created: CreatedSession, once: IdempotentRequest | null): Promise<RpcResult<CreatedSession>>;
  /** A developer's session has ended; `error` is null when its worker completed it. */
  sessionEnded(sessionId: string, error: ErrorValue | null): void;
  /**
   * Sessions, newest first, those before `before` (a position that a list returned). None is woken for it, but once those that
   * must be over and whose end was never told.
   */
  listSessions(before: number | null, limit: number): Promise<Positioned<"session", SessionSummary>[]>;
}

/** What happened in an organization, whom it was told, and telling it again. */
export interface EventsDoor {
  list(filter: EventFilter): LoggedEvent[];
  /** The position of the last event until a time (epoch ms); 0 when there is none. */
  lastUpTo(time: number): number;
  /** Where an event stands; null when the log does not have it. */
  placeOf(id: string): Pick<LoggedEvent, "position" | "createdAt"> | null;
  get(id: string): Promise<Event | null>;
  /** The event as a webhook, signed now. */
  sign(id: string): Promise<SignedDelivery | null>;
  /** Sends an event again: to one endpoint, or to wherever it went. Returns how many deliveries that makes. */
  redeliver(id: string, endpointId: string | null, once: IdempotentRequest | null): Promise<RpcResult<Redelivered>>;
}

/** The webhook endpoints of an organization, and what signs its webhooks. */
export interface WebhooksDoor {
  createEndpoint(
    fields: EndpointFields,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedEndpoint>>;
  listEndpoints(): WebhookEndpoint[];
  getEndpoint(id: string): WebhookEndpoint | null;
  /** How endpoints fare here, in the order of their ids. */
  endpointHealth(ids: readonly string[]): WebhookEndpoint["health"][];
  /** When an endpoint last took an event from here, in epoch ms; null for never. */
  lastSuccess(id: string): number | null;
  /** A shard has seen nothing but failures for too long, or that the endpoint is gone. The head decides for all. */
  disableFailing(id: string, reason: "gone" | "failing"): Promise<void>;
  /** Changes the fields that are given. Disabling ends what is on its way; what happens meanwhile can be redelivered. */
  updateEndpoint(
    id: string,
    change: z.output<typeof updateEndpointRequest>,
    actor: Actor,
  ): Promise<WebhookEndpoint | null>;
  /** Ends what is on its way. Returns whether there was such an endpoint. */
  deleteEndpoint(id: string, actor: Actor): Promise<boolean>;
  /** @param id an endpoint; null for the secret of links' own webhooks. */
  rotateSecret(
    id: string | null,
    overlapMs: number,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<RotatedSecret>>;
  redeliverSince(
    id: string,
    choice: { since: number; include: "undelivered" | "all" },
    once: IdempotentRequest | null,
  ): Promise<RpcResult<Redelivered>>;
  /** Sends a test event to this endpoint alone; returns the event's id. */
  testEndpoint(endpointId: string, once: IdempotentRequest | null): Promise<RpcResult<TestedEndpoint>>;
  /** The published signing keys; one is made when there is none yet. An organization that is gone has none. */
  listKeys(): Promise<PublishedKey[]>;
  /** @param address what the answer says beside the keys. */
  rotateKey(
    overlapMs: number,
    address: Omit<SigningKeyList, "keys">,
    actor: Actor,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<SigningKeyList>>;
  publicKey(kid: string): string | null;
}

/** An organization as the directory knows it: without its tags, which are derived. */
export type ListedOrganization = Omit<OrganizationResource, "tags" | "shardTags">;

/** The one list of organizations. Only the operator's routes ask it. */
export interface DirectoryDoor {
  /** Writes down an organization as it is now; what was created before keeps its time. */
  note(organization: Omit<ListedOrganization, "createdAt">, actor: Actor): ListedOrganization;
  has(id: string): boolean;
  remove(id: string, actor: Actor): void;
  /** By id, those after `after`. */
  page(after: string, limit: number): ListedOrganization[];
  auditLog(before: number | null, limit: number): Positioned<"entry", AuditEntry>[];
}

/** One session, as its organization and its owner call it. */
export interface SessionDoor {
  /** Makes the session; once. Our own automation is a worker that is there from the start. */
  open(config: SessionConfig): { expiresAt: number };
  describe(): SessionResource | null;
  /** Where the link's attempt stands; null when it is over. */
  step(): LinkStep | null;
  /** How it ended: the error is null where it is complete; null while it goes on. */
  end(): { error: ErrorValue | null } | null;
  trace(): SessionTrace["trace"];
  events(filter: { after: number; types: readonly string[]; limit: number }): StoredEvent[];
  /** Ends the session for its owner; one that is over stays as it is. Returns when its link has heard of it. */
  cancel(): Promise<void>;
}
