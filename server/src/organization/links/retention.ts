import type { Outbox } from "../webhooks/outbox.ts";
import type { AttemptTable } from "./attempt-table.ts";
import type { LinkTable } from "./link-table.ts";

interface Parts {
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly outbox: Outbox;
}

/** How many links one pass deletes; the next pass follows at once. */
const deletedAtOnce = 500;
const dayMs = 86_400_000;

/** Deletes links, with everything that belongs to them. */
export class LinkRetention {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Deletes links that ended longer ago than the organization keeps them. */
  run(retentionDays: number, now: number): void {
    for (const id of this.#parts.links.endedBefore(now - retentionDays * dayMs, deletedAtOnce)) this.forget(id);
  }

  /** When the next link is to be deleted, in epoch ms; null when there is none. */
  nextDue(retentionDays: number): number | null {
    const first = this.#parts.links.firstEnd();
    return first === null ? null : first + retentionDays * dayMs;
  }

  /** Deletes a link, its events and its attempts; returns the attempts' session ids. */
  forget(id: string): string[] {
    const { links, attempts, outbox } = this.#parts;
    outbox.forgetLink(id);
    links.delete(id);
    return attempts.forgetLink(id);
  }
}
