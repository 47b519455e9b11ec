import type { Attempt, Link, LinkSummary } from "@passage/protocol/http/link";
import type { Vault } from "../vault.ts";
import type { AttemptRecord, AttemptTable } from "./attempt-table.ts";
import type { LinkRecord } from "./link-record.ts";
import type { LinkTable } from "./link-table.ts";

interface Parts {
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly vault: Vault;
}

export interface AttemptPage {
  readonly attempts: readonly Attempt[];
  /** The position of the last one, where there are more. */
  readonly next: number | null;
}

/** Links and attempts as their owner sees them, results opened. */
export class LinkView {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(id: string, withPartial: boolean): Promise<Link | null> {
    const { links, attempts } = this.#parts;
    const found = links.byId(id);
    if (!found) return null;
    const { currentSessionId, sealedResult, error, returnUrl, status } = found;
    const sealedPartial =
      withPartial && status === "failed" && currentSessionId ? attempts.partialOf(currentSessionId, Date.now()) : null;
    return {
      ...summaryOf(found),
      returnUrl,
      result: await this.#open(`result:${id}`, sealedResult),
      error: error && { ...error },
      ledger: currentSessionId === null ? null : attempts.ledgerOf(currentSessionId),
      ...(withPartial && {
        partial: (await this.#open(`partial:${currentSessionId}`, sealedPartial)) as Link["partial"],
      }),
    };
  }

  /** Newest first; null when there is no such link. */
  async attempts(linkId: string, before: number | null, limit: number): Promise<AttemptPage | null> {
    const { links, attempts } = this.#parts;
    if (!links.byId(linkId)) return null;
    const { page, hasMore } = attempts.ofLink(linkId, before, limit);
    return {
      attempts: await Promise.all(page.map((one) => this.#attempt(linkId, one))),
      next: hasMore ? (page.at(-1)?.position ?? null) : null,
    };
  }

  async #attempt(
    linkId: string,
    { sessionId, startedAt, endedAt, error, sealedResult, ledger }: AttemptRecord,
  ): Promise<Attempt> {
    return {
      sessionId,
      status: endedAt === null ? "active" : error ? "failed" : "complete",
      result: await this.#open(`result:${linkId}`, sealedResult),
      error: error && { ...error },
      ledger,
      startedAt,
      endedAt,
    };
  }

  async #open(purpose: string, sealed: string | null): Promise<unknown> {
    return sealed === null ? null : JSON.parse(await this.#parts.vault.open(purpose, sealed));
  }
}

/** A link as lists show it: the first operation is also told in the older single form. */
export function summaryOf(link: LinkRecord): LinkSummary {
  const { id, integrationId, externalUserId, status, currentSessionId, reusable, metadata } = link;
  const { cancelledAt, expiresAt, createdAt, updatedAt } = link;
  const operations = link.operations.map(({ resource, action }) => ({ resource, action }));
  return {
    id,
    integrationId,
    operations,
    resource: operations[0]?.resource ?? "",
    action: operations[0]?.action ?? "",
    externalUserId,
    status,
    currentSessionId,
    reusable,
    metadata,
    cancelledAt,
    expiresAt,
    createdAt,
    updatedAt,
  };
}
