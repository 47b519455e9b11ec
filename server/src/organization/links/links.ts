import type { ErrorValue } from "@passage/protocol/errors";
import type { CreatedLink, RequestedOperation } from "@passage/protocol/http/link";
import type { Actor, AuditLog } from "../audit-log.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Vault } from "../vault.ts";
import type { Outbox } from "../webhooks/outbox.ts";
import type { AttemptTable } from "./attempt-table.ts";
import { refuseCancel } from "./link-lifecycle.ts";
import type { LinkRecord, NewLink } from "./link-record.ts";
import type { LinkTable } from "./link-table.ts";

/** A link as it is asked for. The organization decides its times. */
export type LinkDraft = Omit<NewLink, "operations" | "sealedArguments" | "createdAt" | "expiresAt"> & {
  readonly operations: readonly RequestedOperation[];
  readonly expiresInMs: number;
};

export type CreatedLinkDraft = Omit<CreatedLink, "createdAt" | "expiresAt">;

interface Parts {
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly vault: Vault;
  readonly idempotency: Idempotency;
  readonly audit: AuditLog;
  readonly webhooks: Outbox;
}

/** How many links one pass of the retention deletes; the next pass follows at once. */
const deletedAtOnce = 500;
const dayMs = 86_400_000;

/** What a link's owner does with it. Whom a claim gives it to is decided elsewhere. */
export class Links {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async create(
    draft: LinkDraft,
    answer: CreatedLinkDraft,
    once: IdempotentRequest | null,
  ): Promise<RpcResult<CreatedLink>> {
    const { links, vault, idempotency } = this.#parts;
    const { operations, expiresInMs, ...fields } = draft;
    const hasArguments = operations.some((operation) => operation.arguments);
    const sealedArguments = hasArguments
      ? await vault.seal(
          `arguments:${draft.id}`,
          JSON.stringify(operations.map((operation) => operation.arguments ?? {})),
        )
      : null;
    const createdAt = links.nextCreatedAt(Date.now());
    const times = { createdAt, expiresAt: createdAt + expiresInMs };
    const names = operations.map(({ resource, action }) => ({ resource, action }));
    return idempotency.runOnce(once, { ...answer, ...times }, () => {
      links.add({ ...fields, ...times, operations: names, sealedArguments });
      return null;
    });
  }

  /** Cancels; answers the link and the session that must end, if any. Cancelling twice is once. */
  cancel(id: string, actor: Actor): RpcResult<{ link: LinkRecord; sessionId: string | null }> {
    const { links, attempts, audit } = this.#parts;
    const link = links.byId(id);
    if (!link) return refused("not_found", "Link not found");
    if (link.status === "expired") return { ok: { link, sessionId: null } };
    const refusal = refuseCancel(link);
    if (refusal) return { refused: refusal };
    const now = Date.now();
    const sessionId = link.status === "active" ? link.currentSessionId : null;
    if (sessionId) attempts.end(sessionId, cancelled, null, now);
    links.cancel(id, now);
    audit.add(actor, "link.cancelled", id, now);
    return { ok: { link: links.byId(id) as LinkRecord, sessionId } };
  }

  /** Deletes a link and all that hangs on it; answers its sessions. */
  delete(id: string, actor: Actor): RpcResult<string[]> {
    const { links, audit } = this.#parts;
    if (!links.byId(id)) return refused("not_found", "Link not found");
    audit.add(actor, "link.deleted", id, Date.now());
    return { ok: this.#forget(id) };
  }

  /** Deletes links that ended longer ago than this. */
  retain(retentionDays: number, now: number): void {
    const { links } = this.#parts;
    for (const id of links.endedBefore(now - retentionDays * dayMs, deletedAtOnce)) this.#forget(id);
  }

  nextRetention(retentionDays: number): number | null {
    const first = this.#parts.links.firstEnd();
    return first === null ? null : first + retentionDays * dayMs;
  }

  #forget(id: string): string[] {
    const { links, attempts, webhooks } = this.#parts;
    webhooks.forgetLink(id);
    links.delete(id);
    return attempts.forgetLink(id);
  }
}

const cancelled: ErrorValue = { code: "cancelled", message: "The link was cancelled by its owner." };
