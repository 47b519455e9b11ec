import type { LinkStep } from "@passage/protocol/events";
import type { LedgerHead } from "@passage/protocol/ledger";
import { log } from "../log.ts";
import { count } from "../metrics.ts";
import type { Outcome } from "../session/opening.ts";
import type { Attempts } from "./attempts.ts";
import { outcomeEvent } from "./event-bodies.ts";
import type { Links } from "./links.ts";
import type { Vault } from "./vault.ts";
import type { Webhooks } from "./webhooks.ts";

interface Parts {
  readonly links: Links;
  readonly attempts: Attempts;
  readonly vault: Vault;
  readonly webhooks: Webhooks;
}

/** What sessions tell of their attempts. Each answers the link that changed, or null: an attempt that is over is ignored. */
export class AttemptReports {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  progress(sessionId: string, step: LinkStep): string | null {
    const { attempts, links } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    if (linkId) links.step(linkId, step);
    return linkId;
  }

  /** @param operations JSON text of what is done so far: the partial result, should the attempt fail. */
  async finished(sessionId: string, operations: string): Promise<void> {
    const { attempts, vault } = this.#parts;
    const sealed = await vault.seal(`partial:${sessionId}`, operations);
    if (attempts.linkOf(sessionId)) attempts.notePartial(sessionId, sealed);
  }

  /** A session reports its outcome until this answers, so a repeated report changes nothing. @param ledger the device's. */
  async settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null): Promise<string | null> {
    const { attempts, links, vault, webhooks } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    const reported = linkId && links.byId(linkId);
    if (!reported) return null;
    const event = await webhooks.prepare((id) => outcomeEvent(id, reported, outcome, Date.now()));
    const sealed = outcome.status === "complete" ? await vault.seal(`result:${linkId}`, outcome.result) : null;

    // No await from here on: the link's end and its event are one commit. Another report, or the owner, may have come first.
    const now = Date.now();
    const link = attempts.linkOf(sessionId) && links.byId(linkId);
    if (!link) return null;
    const error = outcome.status === "complete" ? null : outcome.error;
    if (ledger) attempts.noteLedger(sessionId, ledger);
    attempts.end(sessionId, error, link.reusable ? sealed : null, now);
    links.finish(linkId, outcome.status, sealed, error, now);
    webhooks.emit(event, link.webhookUrl, now);
    count("passage_links_settled_total", { outcome: error?.code ?? "complete" });
    log("link.settled", { linkId, sessionId, status: outcome.status });
    return linkId;
  }
}
