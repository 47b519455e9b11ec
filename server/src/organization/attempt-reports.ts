import type { LinkStep } from "@passage/protocol/events";
import { mintId } from "../ids.ts";
import { log } from "../log.ts";
import type { Outcome } from "../session/opening.ts";
import type { Attempts } from "./attempts.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Identity } from "./identity.ts";
import type { Links } from "./links.ts";
import { outcomeEvent } from "./outcome-event.ts";
import type { Vault } from "./vault.ts";

interface Parts {
  readonly secret: string;
  readonly identity: Identity;
  readonly links: Links;
  readonly attempts: Attempts;
  readonly deliveries: Deliveries;
  readonly vault: Vault;
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

  /** A session reports its outcome until this answers, so a repeated report changes nothing. */
  async settle(sessionId: string, outcome: Outcome): Promise<string | null> {
    const { secret, identity, attempts, links, deliveries, vault } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    if (!linkId) return null;
    const eventId = await mintId(secret, "event", identity.get().tag);
    const sealed = outcome.status === "complete" ? await vault.seal(`result:${linkId}`, outcome.result) : null;

    // Once more after the waiting: another report, or the owner, may have ended the attempt.
    const now = Date.now();
    const link = attempts.linkOf(sessionId) && links.byId(linkId);
    if (!link) return null;
    const event = outcomeEvent(eventId, linkId, outcome, now);
    const error = outcome.status === "complete" ? null : outcome.error;
    attempts.end(sessionId, error, link.reusable ? sealed : null, now);
    links.finish(linkId, outcome.status, sealed, error, now);
    deliveries.addEvent(event, now);
    if (link.webhookUrl) deliveries.enqueue(event.id, link.webhookUrl, now);
    log("link.settled", { linkId, sessionId, status: outcome.status });
    return linkId;
  }
}
