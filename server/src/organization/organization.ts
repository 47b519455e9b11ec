import { DurableObject } from "cloudflare:workers";
import type { LinkStep } from "@passage/protocol/events";
import type { LinkStatus } from "@passage/protocol/http";
import type { Mode } from "@passage/protocol/ids";
import { findProvider } from "@passage/providers/catalog";
import type { Env } from "../env.ts";
import { hashSecret, mintId } from "../ids.ts";
import { log } from "../log.ts";
import { defaultTimes, type Outcome } from "../session/opening.ts";
import { sessionOf } from "../stubs.ts";
import { type Answer, refused } from "./answer.ts";
import { Attempts } from "./attempts.ts";
import { expiryEvent, outcomeEvent } from "./event-bodies.ts";
import { Identity } from "./identity.ts";
import { Keys } from "./keys.ts";
import { refuseClaim } from "./link-lifecycle.ts";
import { type LinkRecord, Links, type NewLink } from "./links.ts";
import { StatusSockets } from "./status-sockets.ts";
import { WebhookAdmin } from "./webhook-admin.ts";
import { Webhooks } from "./webhooks.ts";

export interface ClaimedSession {
  readonly linkId: string;
  readonly sessionId: string;
  readonly clientToken: string;
  readonly expiresAt: number;
}

/** One tenant in one mode: its keys, links, events and webhooks. The only writer of a link, so a claim is a compare-and-set. */
export class Organization extends DurableObject<Env> {
  readonly #identity: Identity;
  readonly #keys: Keys;
  readonly #links: Links;
  readonly #attempts: Attempts;
  readonly #webhooks: Webhooks;
  readonly #watchers: StatusSockets;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { sql } = context.storage;
    this.#identity = new Identity(sql);
    this.#keys = new Keys(sql);
    this.#links = new Links(sql);
    this.#attempts = new Attempts(sql);
    this.#webhooks = new Webhooks(context, env, this.#identity, () => this.#arm());
    this.#watchers = new StatusSockets(context);
    this.#takeBackUnansweredClaims();
    this.#webhooks.resume(Date.now());
  }

  /** Makes an API key, and the organization itself when this is its first. The key is shown once and kept as a hash. */
  async createKey(tag: string, mode: Mode, name: string | null): Promise<{ key: string; createdAt: number }> {
    const key = await mintId(this.env.PASSAGE_SECRET, mode === "test" ? "testKey" : "liveKey", tag);
    const hash = await hashSecret(key);
    const createdAt = Date.now();
    this.#identity.set({ tag, mode, name });
    this.#keys.add(hash, createdAt);
    return { key, createdAt };
  }

  /** How many keys are in use; 0 for an organization that does not exist. */
  countKeys(): number {
    return this.#keys.count();
  }

  authenticate(keyHash: string): boolean {
    return this.#keys.isValid(keyHash);
  }

  createLink(link: NewLink): void {
    this.#links.add(link);
    this.#arm();
  }

  getLink(id: string): LinkRecord | null {
    return this.#links.byId(id, Date.now());
  }

  listLinks(filter: { before: number | null; status: LinkStatus | null; limit: number }): LinkRecord[] {
    return this.#links.page(filter, Date.now());
  }

  /** What a claim page shows to whoever holds the code, or null when no link has it. */
  describe(claimHash: string): { link: LinkRecord; mode: Mode; requestedBy: string } | null {
    const link = this.#links.byClaim(claimHash, Date.now());
    return link && { link, mode: this.#identity.get().mode, requestedBy: this.#identity.get().name };
  }

  /** Gives the link to the device that asks, in a new session; refused while another has it or when its time is over. */
  async claim(claimHash: string): Promise<Answer<ClaimedSession>> {
    const { tag, mode } = this.#identity.get();
    const mint = (kind: "session" | "clientToken" | "workerToken") => mintId(this.env.PASSAGE_SECRET, kind, tag);
    const [sessionId, clientToken, workerToken] = await Promise.all([
      mint("session"),
      mint("clientToken"),
      mint("workerToken"),
    ]);
    const [clientTokenHash, workerTokenHash] = await Promise.all([hashSecret(clientToken), hashSecret(workerToken)]);

    // No await from the reading to the writing: of two claims at one instant, the second finds the link active.
    const now = Date.now();
    const link = this.#links.byClaim(claimHash, now);
    if (!link) return refused("not_found", "No link has this claim code.");
    const refusal = refuseClaim(link.status);
    if (refusal) return { refused: refusal };
    this.#links.activate(link.id, sessionId, now);
    this.#attempts.begin(sessionId, link, now);

    try {
      const { integrationId: providerId, operations, returnUrl, debug } = link;
      const { expiresAt } = await sessionOf(this.env, sessionId).open({
        sessionId,
        organizationTag: tag,
        mode,
        clientTokenHash,
        workerTokenHash,
        times: defaultTimes,
        debug,
        capture: null,
        metadata: null,
        attempt: {
          linkId: link.id,
          providerId,
          providerVersion: findProvider(providerId)?.version ?? 0,
          operations,
          returnUrl,
        },
      });
      this.#attempts.opened(sessionId);
      this.#announce(link.id);
      return { ok: { linkId: link.id, sessionId, clientToken, expiresAt } };
    } catch (error) {
      log("claim.failed", { linkId: link.id, reason: String(error) });
      this.#attempts.drop(sessionId);
      this.#links.restore(link, Date.now());
      return refused("session_unavailable", "The session could not be created. Claim the link again.");
    }
  }

  /** Where an attempt stands, from its session. One that is no longer under way is ignored. */
  progress(sessionId: string, step: LinkStep): void {
    const linkId = this.#attempts.linkOf(sessionId);
    if (!linkId) return;
    this.#links.step(linkId, step);
    this.#announce(linkId);
  }

  /** Takes an attempt's outcome from its session. A session reports until this answers, so a repeated report changes nothing. */
  async settle(sessionId: string, outcome: Outcome): Promise<void> {
    const linkId = this.#attempts.linkOf(sessionId);
    if (!linkId) return;
    const event = await this.#webhooks.prepare((id) => outcomeEvent(id, linkId, outcome, Date.now()));

    // No await from here on: the link's end and its event are one commit.
    const now = Date.now();
    const link = this.#attempts.linkOf(sessionId) && this.#links.byId(linkId, now);
    if (!link) return;
    this.#attempts.end(sessionId, outcome.status === "complete" ? "complete" : outcome.error.code, now);
    if (outcome.status === "complete") this.#links.finish(linkId, "complete", outcome.result, null, now);
    else this.#links.finish(linkId, "failed", null, outcome.error, now);
    this.#webhooks.emit(event, link.webhookUrl, now);
    this.#announce(linkId);
    log("link.settled", { linkId, sessionId, status: outcome.status });
  }

  /** Notes a session that a developer makes without a link, so that lists have it. */
  addSession(sessionId: string): void {
    this.#attempts.begin(sessionId, null, Date.now());
  }

  /** Session ids, newest first, those before `before` (a position that a list gave). */
  listSessions(before: number | null, limit: number): { position: number; sessionId: string }[] {
    return this.#attempts.page(before, limit);
  }

  /** Events and webhooks, as their owner sees and changes them. */
  get webhooks(): WebhookAdmin {
    return new WebhookAdmin(this.#webhooks, this.env, this.#identity.get().tag, () => this.#arm());
  }

  /** The upgrade of `/link/ws`; the claim code's hash is the last path segment. */
  override fetch(request: Request): Response {
    const claimHash = new URL(request.url).pathname.slice(1);
    const link = this.#links.byClaim(claimHash, Date.now());
    return link ? this.#watchers.accept(link) : new Response(null, { status: 404 });
  }

  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override async alarm(): Promise<void> {
    this.#webhooks.run(Date.now());
    await this.#expireLinks();
    this.#arm();
  }

  async #expireLinks(): Promise<void> {
    const expiring = this.#links.expiring(Date.now());
    const events = expiring.map(async ({ id: linkId, webhookUrl }) => {
      const event = await this.#webhooks.prepare((id) => expiryEvent(id, linkId, Date.now()));
      return { linkId, webhookUrl, event };
    });
    for (const { linkId, webhookUrl, event } of await Promise.all(events)) {
      // A claim may have come first.
      if (!this.#links.expire(linkId, Date.now())) continue;
      this.#webhooks.emit(event, webhookUrl, Date.now());
      this.#announce(linkId);
    }
  }

  /** A claim that died with the object was heard of by nobody: its link is what it was, its session ends. */
  #takeBackUnansweredClaims(): void {
    for (const { sessionId, before } of this.#attempts.unopened()) {
      this.#attempts.drop(sessionId);
      this.#links.restore(before, Date.now());
      log("claim.taken_back", { linkId: before.id, sessionId });
      const ended = sessionOf(this.env, sessionId).cancel();
      this.ctx.waitUntil(ended.catch((error) => log("session.not_ended", { sessionId, reason: String(error) })));
    }
  }

  #announce(linkId: string): void {
    const link = this.#links.byId(linkId, Date.now());
    if (link) this.#watchers.announce(link);
  }

  /** One alarm for what comes first: a delivery that is due or a link that expires. */
  #arm(): void {
    const due = [this.#webhooks.nextDue(), this.#links.nextExpiry()].filter((time) => time !== null);
    if (due.length === 0) this.ctx.storage.deleteAlarm();
    else this.ctx.storage.setAlarm(Math.min(...due));
  }
}
