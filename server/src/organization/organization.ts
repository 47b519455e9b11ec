import { DurableObject } from "cloudflare:workers";
import type { LinkStep } from "@passage/protocol/events";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { CreatedLink, Link } from "@passage/protocol/http/link";
import type { OperationHealth } from "@passage/protocol/http/provider";
import type { CreatedSession } from "@passage/protocol/http/session";
import type { Mode } from "@passage/protocol/ids";
import type { LedgerHead } from "@passage/protocol/ledger";
import { readPolicy } from "@passage/protocol/rate-policy";
import type { Env } from "../env.ts";
import { defaultPolicies } from "../limits.ts";
import { migrate } from "../migrate.ts";
import type { Outcome } from "../session/opening.ts";
import { Alarm } from "./alarm.ts";
import { type ClaimedSession, Claims } from "./attempts/claims.ts";
import { Outcomes } from "./attempts/outcomes.ts";
import { ProviderHealth } from "./attempts/provider-health.ts";
import { AttemptReports } from "./attempts/reports.ts";
import { SandboxCompletion } from "./attempts/sandbox-completion.ts";
import { Sessions } from "./attempts/sessions.ts";
import { type Actor, AuditLog } from "./audit-log.ts";
import { erased } from "./erased.ts";
import { Idempotency, type IdempotentRequest } from "./idempotency.ts";
import { Identity, type OrganizationIdentity, type Settings } from "./identity.ts";
import { type Admission, type AdmissionRequest, Admissions } from "./keys/admission.ts";
import { KeyTable } from "./keys/key-table.ts";
import { Keys } from "./keys/keys.ts";
import { AttemptTable } from "./links/attempt-table.ts";
import { LinkExpiry } from "./links/expiry.ts";
import type { LinkRecord } from "./links/link-record.ts";
import { type LinkFilter, LinkTable } from "./links/link-table.ts";
import { type AttemptPage, LinkView } from "./links/link-view.ts";
import { type CreatedLinkDraft, type LinkDraft, Links } from "./links/links.ts";
import { Watchers } from "./links/watchers.ts";
import { organizationMigrations } from "./migrations.ts";
import { type RpcResult, refused } from "./refusal.ts";
import { Vault } from "./vault.ts";
import { Outbox } from "./webhooks/outbox.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

/** One tenant in one mode: its keys, links, events and webhooks. The only writer of a link, so a claim is a compare-and-set. */
export class Organization extends DurableObject<Env> {
  readonly #identity: Identity;
  readonly #vault: Vault;
  readonly #idempotency: Idempotency;
  readonly #audit: AuditLog;
  readonly #keys: () => Keys;
  readonly #access: Admissions;
  readonly #links: LinkTable;
  readonly #attempts: AttemptTable;
  readonly #linkChanges: Links;
  readonly #reader: LinkView;
  readonly #claims: Claims;
  readonly #health: ProviderHealth;
  readonly #reports: AttemptReports;
  readonly #completion: SandboxCompletion;
  readonly #expiry: LinkExpiry;
  readonly #upkeep: Alarm;
  readonly #webhooks: Outbox;
  readonly #webhookAdmin: () => Webhooks;
  readonly #watchers: Watchers;
  readonly #sessions: Sessions;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    migrate(context.storage, "organization", organizationMigrations);
    const { sql } = context.storage;
    this.#identity = new Identity(sql);
    this.#vault = new Vault(sql, env.PASSAGE_SECRET);
    this.#idempotency = new Idempotency(sql, this.#vault);
    this.#audit = new AuditLog(sql);
    const keys = new KeyTable(sql);
    this.#access = new Admissions(keys, this.#idempotency, readPolicy(env.RATE_LIMIT_KEY ?? defaultPolicies.key));
    this.#links = new LinkTable(sql);
    this.#attempts = new AttemptTable(sql);
    this.#webhooks = new Outbox(context, env, this.#identity, this.#vault, () => this.#upkeep.arm());
    this.#watchers = new Watchers(context);
    this.#sessions = new Sessions(context, env);
    const parts = {
      env,
      secret: env.PASSAGE_SECRET,
      identity: this.#identity,
      vault: this.#vault,
      idempotency: this.#idempotency,
      audit: this.#audit,
      keys,
      links: this.#links,
      attempts: this.#attempts,
      webhooks: this.#webhooks,
    };
    this.#health = new ProviderHealth(sql);
    const ending = { ...parts, outcomes: new Outcomes(parts), health: this.#health };
    this.#keys = () => new Keys(parts);
    this.#linkChanges = new Links(parts);
    this.#reader = new LinkView(parts);
    this.#claims = new Claims(parts);
    this.#reports = new AttemptReports(ending);
    this.#completion = new SandboxCompletion(ending);
    this.#expiry = new LinkExpiry(parts);
    this.#upkeep = new Alarm(context.storage, { ...parts, linkChanges: this.#linkChanges });
    this.#webhookAdmin = () => new Webhooks(parts, () => this.#upkeep.arm());
    this.#sessions.end(this.#claims.takeBackUnanswered());
    this.#webhooks.resume(Date.now());
  }

  /** Whether a request with a key may go on, with one look-up: the key, its rate, its scope, an earlier answer. */
  admit(visit: AdmissionRequest): Promise<Admission> {
    return this.#access.admit(visit);
  }

  /** Makes the organization where there is none yet, and sets what is given. */
  configure(address: { tag: string; mode: Mode }, settings: Settings, actor: Actor): OrganizationIdentity {
    if (!this.#identity.find()) this.#audit.add(actor, "organization.created", address.tag, Date.now());
    this.#identity.set(address, settings);
    return this.#identity.get();
  }

  /** Ends all that is under way and forgets everything. Its keys are unknown from here on. */
  async erase(): Promise<void> {
    this.#watchers.endAll();
    await this.#sessions.ended(this.#attempts.forgetUnderWay());
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.sync();
    // The next request builds the object anew, on an empty database.
    this.ctx.abort(erased);
  }

  /** The organization's API keys. */
  get keys(): Keys {
    return this.#keys();
  }

  /** What the operator's metrics say of this organization. */
  count(): { links: ReturnType<LinkTable["count"]>; webhookBacklog: number } {
    return { links: this.#links.count(), webhookBacklog: this.#webhooks.deliveries.backlog() };
  }

  auditLog(before: number | null, limit: number): { position: number; entry: AuditEntry }[] {
    return this.#audit.page(before, limit);
  }

  async createLink(
    draft: LinkDraft,
    answer: CreatedLinkDraft,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedLink>> {
    const created = await this.#linkChanges.create(draft, answer, once);
    this.#upkeep.arm();
    return created;
  }

  async getLink(id: string, withPartial: boolean): Promise<Link | null> {
    await this.#expireLinks();
    return this.#reader.read(id, withPartial);
  }

  async listLinks(filter: LinkFilter): Promise<LinkRecord[]> {
    await this.#expireLinks();
    return this.#links.page(filter);
  }

  listAttempts(linkId: string, before: number | null, limit: number): Promise<AttemptPage | null> {
    return this.#reader.attempts(linkId, before, limit);
  }

  /** Cancelling changes nothing the second time, so its answer needs no note of its own beside the link. */
  async cancelLink(id: string, actor: Actor, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    await this.#expireLinks();
    const cancelled = this.#linkChanges.cancel(id, actor);
    if ("refused" in cancelled) return cancelled;
    const { sessionId } = cancelled.ok;
    if (sessionId) this.#sessions.end([sessionId]);
    this.#upkeep.arm();
    this.#announce(id);
    const link = await this.#reader.read(id, false);
    return link ? this.#idempotency.runOnce(once, link, () => null) : refused("not_found", "Link not found");
  }

  deleteLink(id: string, actor: Actor): RpcResult<null> {
    const deleted = this.#linkChanges.delete(id, actor);
    if ("refused" in deleted) return deleted;
    this.#sessions.end(deleted.ok);
    this.#upkeep.arm();
    return { ok: null };
  }

  /** What a claim page shows to whoever holds the code, or null when no link has it. */
  async describe(claimHash: string): Promise<{ link: LinkRecord; mode: Mode; requestedBy: string } | null> {
    await this.#expireLinks();
    const link = this.#links.byClaim(claimHash);
    return link && { link, mode: this.#identity.get().mode, requestedBy: this.#identity.get().name };
  }

  /** Gives the link to the device that asks, in a new session; refused while another has it or when its time is over. */
  async claim(claimHash: string): Promise<RpcResult<ClaimedSession>> {
    const claimed = await this.#claims.claim(claimHash);
    if ("ok" in claimed) this.#announce(claimed.ok.linkId);
    return claimed;
  }

  /** Where an attempt stands, from its session. */
  progress(sessionId: string, step: LinkStep): void {
    const linkId = this.#reports.progress(sessionId, step);
    if (linkId) this.#announce(linkId);
  }

  /** What an attempt has finished so far (JSON text), from its session. */
  finished(sessionId: string, operations: string): Promise<void> {
    return this.#reports.finished(sessionId, operations);
  }

  /** Takes an attempt's outcome from its session. @param ledger its device's. `version`: its provider's. */
  async settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null, version: number): Promise<void> {
    const linkId = await this.#reports.settle(sessionId, outcome, ledger, version);
    if (!linkId) return;
    this.#upkeep.arm();
    this.#announce(linkId);
  }

  /** Ends a pending test link without a device. `outcome` fits its operations. */
  async completeLink(id: string, outcome: Outcome, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    await this.#expireLinks();
    const completed = await this.#completion.complete(id, outcome, once);
    if ("refused" in completed) return completed;
    this.#upkeep.arm();
    this.#announce(id);
    return completed;
  }

  /** How the operations of a provider fare here, by version; nothing of those that never ran. */
  providerHealth(providerId: string): OperationHealth[] {
    return this.#health.of(providerId);
  }

  /** Notes a session that a developer makes without a link, so that lists have it. */
  async addSession(created: CreatedSession, once: IdempotentRequest | null): Promise<RpcResult<CreatedSession>> {
    return this.#idempotency.runOnce(once, created, () => {
      this.#attempts.begin(created.sessionId, null, Date.now());
      return null;
    });
  }

  /** Session ids, newest first, those before `before` (a position that a list gave). */
  listSessions(before: number | null, limit: number): { position: number; sessionId: string }[] {
    return this.#attempts.page(before, limit);
  }

  /** Events and webhooks, as their owner sees and changes them. */
  get webhooks(): Webhooks {
    return this.#webhookAdmin();
  }

  /** The upgrade of `/link/ws`; the claim code's hash is the last path segment. */
  override async fetch(request: Request): Promise<Response> {
    await this.#expireLinks();
    const link = this.#links.byClaim(new URL(request.url).pathname.slice(1));
    return link ? this.#watchers.accept(link) : new Response(null, { status: 404 });
  }

  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#webhooks.run(now);
    await this.#expireLinks();
    this.#upkeep.run(now);
  }

  async #expireLinks(): Promise<void> {
    for (const linkId of await this.#expiry.run()) this.#announce(linkId);
  }

  #announce(linkId: string): void {
    const link = this.#links.byId(linkId);
    if (link) this.#watchers.announce(link);
  }
}
