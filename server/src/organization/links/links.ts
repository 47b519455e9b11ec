import { RpcTarget } from "cloudflare:workers";
import type { CreatedLink, Link, LinkSummary } from "@passage/protocol/http/link";
import type { ClaimDescription, CreatedLinkDraft, LinkDraft, LinksDoor } from "../../doors.ts";
import type { Sessions } from "../attempts/sessions.ts";
import type { Actor, AuditLog } from "../audit-log.ts";
import { cancellationEvent } from "../events/event-bodies.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Vault } from "../vault.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { LinkExpiry } from "./expiry.ts";
import { toStateRow } from "./link-record.ts";
import type { LinkFilter, LinkTable } from "./link-table.ts";
import type { AttemptPage, LinkView } from "./link-view.ts";
import type { LinkMoves } from "./moves.ts";
import type { LinkRetention } from "./retention.ts";

interface Parts {
  readonly identity: Identity;
  readonly links: LinkTable;
  readonly view: LinkView;
  readonly moves: LinkMoves;
  readonly expiry: LinkExpiry;
  readonly retention: LinkRetention;
  readonly sessions: Sessions;
  readonly vault: Vault;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly arm: () => void;
  /** For something new that is due then, in epoch ms. */
  readonly armFor: (time: number) => void;
}

export class Links extends RpcTarget implements LinksDoor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  async create(
    draft: LinkDraft,
    answer: CreatedLinkDraft,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedLink>> {
    const { identity, links, vault, idempotency, arm, armFor } = this.#parts;
    if (!identity.find()) return refused("unauthorized", "This organization was deleted.");
    const { operations, expiresInMs, ...fields } = draft;
    const given = operations.map((operation) => operation.arguments ?? {});
    const sealedArguments = operations.some((operation) => operation.arguments)
      ? await vault.seal(`arguments:${draft.id}`, JSON.stringify(given))
      : null;
    const createdAt = links.nextCreatedAt(Date.now());
    const times = { createdAt, expiresAt: createdAt + expiresInMs };
    const names = operations.map(({ resource, action }) => ({ resource, action }));
    const created = await idempotency.runOnce(once, { ...answer, ...times }, () => {
      links.add({ ...fields, ...times, operations: names, sealedArguments });
      return null;
    });
    if (once) arm();
    else armFor(times.expiresAt);
    return created;
  }

  async get(id: string, withPartial: boolean): Promise<Link | null> {
    await this.#parts.expiry.run();
    return this.#parts.view.read(id, withPartial);
  }

  async list(filter: LinkFilter): Promise<{ position: number; link: LinkSummary }[]> {
    await this.#parts.expiry.run();
    return this.#parts.links.page(filter);
  }

  attempts(linkId: string, before: number | null, limit: number): Promise<AttemptPage | null> {
    return this.#parts.view.attempts(linkId, before, limit);
  }

  async cancel(id: string, actor: Actor, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    const { links, view, moves, expiry, idempotency, audit, outbox } = this.#parts;
    await expiry.run();
    const event = await outbox.prepare((eventId) => cancellationEvent(eventId, id, Date.now()));
    const now = Date.now();
    const link = links.byId(id);
    if (!link) return refused("not_found", "Link not found");
    const cancelled = moves.apply(link, { type: "cancelled" }, now, event);
    if ("refused" in cancelled) return cancelled;
    if (cancelled.ok !== link) audit.add(actor, "link.cancelled", id, now);
    const read = await view.read(id, false);
    return read ? idempotency.runOnce(once, read, () => null) : refused("not_found", "Link not found");
  }

  delete(id: string, actor: Actor): RpcResult<null> {
    const { links, retention, sessions, audit, arm } = this.#parts;
    if (!links.byId(id)) return refused("not_found", "Link not found");
    audit.add(actor, "link.deleted", id, Date.now());
    sessions.end(retention.forget(id));
    arm();
    return { ok: null };
  }

  async describe(claimHash: string): Promise<ClaimDescription | null> {
    const { identity, links, expiry } = this.#parts;
    await expiry.run();
    const link = links.byClaim(claimHash);
    if (!link) return null;
    const { id: linkId, provider, operations, returnUrl, expiresAt } = link;
    const { mode, name: requestedBy } = identity.get();
    const { status, cancelled_at: cancelledAt } = toStateRow(link.state);
    return { linkId, mode, requestedBy, provider, operations, returnUrl, expiresAt, status, cancelledAt };
  }
}
