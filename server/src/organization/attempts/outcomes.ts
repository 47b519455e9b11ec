import { log } from "../../log.ts";
import { count } from "../../metrics.ts";
import type { Outcome } from "../../session/opening.ts";
import { outcomeEvent } from "../events/event-bodies.ts";
import type { SealedEvent } from "../events/event-log.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkRecord } from "../links/link-record.ts";
import type { LinkTable } from "../links/link-table.ts";
import type { Vault } from "../vault.ts";
import type { Outbox } from "../webhooks/outbox.ts";

interface Parts {
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly vault: Vault;
  readonly webhooks: Outbox;
}

/** An outcome with all that has to be awaited before it can be written down. */
export interface SealedOutcome {
  readonly outcome: Outcome;
  readonly event: SealedEvent;
  /** null for a failure. */
  readonly sealedResult: string | null;
}

/** Writes down how an attempt ended: on the attempt, on its link, and as an event. */
export class Outcomes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async seal(link: LinkRecord, outcome: Outcome): Promise<SealedOutcome> {
    const { vault, webhooks } = this.#parts;
    const event = await webhooks.prepare((id) => outcomeEvent(id, link, outcome, Date.now()));
    const sealedResult = outcome.status === "complete" ? await vault.seal(`result:${link.id}`, outcome.result) : null;
    return { outcome, event, sealedResult };
  }

  /** Nothing is awaited: the link's end and its event are in the caller's commit. `link` is as it stands now. */
  write(link: LinkRecord, sessionId: string, { outcome, event, sealedResult }: SealedOutcome, now: number): void {
    const { attempts, links, webhooks } = this.#parts;
    const error = outcome.status === "complete" ? null : outcome.error;
    attempts.end(sessionId, error, link.reusable ? sealedResult : null, now);
    links.finish(link.id, outcome.status, sealedResult, error, now);
    webhooks.emit(event, link.webhookUrl, now);
    count("passage_links_settled_total", { outcome: error?.code ?? "complete" });
    log("link.settled", { linkId: link.id, sessionId, status: outcome.status });
  }
}
