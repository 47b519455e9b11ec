import type { Attempt, Link } from "@passage/protocol/http/link";
import type { Vault } from "../vault.ts";
import type { AttemptRecord, AttemptTable } from "./attempt-table.ts";
import { toStateRow } from "./link-record.ts";
import { summaryOf } from "./link-summary.ts";
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

/** Links and attempts as their owner sees them, with results decrypted. */
export class LinkView {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(id: string, withPartial: boolean): Promise<Link | null> {
    const { links, attempts } = this.#parts;
    const found = links.byId(id);
    if (!found) return null;
    const { state, returnUrl } = found;
    const row = toStateRow(state);
    const sealedPartial =
      withPartial && state.status === "failed" ? attempts.partialOf(state.sessionId, Date.now()) : null;
    return {
      ...summaryOf(found, row),
      returnUrl,
      result: await this.#open(`result:${id}`, row.sealed_result),
      error: state.status === "failed" ? { ...state.error } : null,
      ledger: row.current_session_id === null ? null : attempts.ledgerOf(row.current_session_id),
      ...(withPartial && {
        partial: (await this.#open(`partial:${row.current_session_id}`, sealedPartial)) as Link["partial"],
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
