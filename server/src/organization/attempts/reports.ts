import type { LinkStep } from "@passage/protocol/events";
import type { LedgerHead } from "@passage/protocol/ledger";
import type { Outcome } from "../../session/opening.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkTable } from "../links/link-table.ts";
import type { Vault } from "../vault.ts";
import type { Outcomes } from "./outcomes.ts";
import type { ProviderHealth } from "./provider-health.ts";

interface Parts {
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly vault: Vault;
  readonly outcomes: Outcomes;
  readonly health: ProviderHealth;
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

  /** A session reports its outcome until this answers, so a repeated report changes nothing. @param ledger the device's. `version`: the provider's. */
  async settle(
    sessionId: string,
    outcome: Outcome,
    ledger: LedgerHead | null,
    version: number,
  ): Promise<string | null> {
    const { attempts, links, outcomes, health } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    const reported = linkId && links.byId(linkId);
    if (!reported) return null;
    const sealed = await outcomes.seal(reported, outcome);

    // No await from here on: all of it is one commit. Another report, or the owner, may have come first.
    const now = Date.now();
    const link = attempts.linkOf(sessionId) && links.byId(linkId);
    if (!link) return null;
    if (ledger) attempts.noteLedger(sessionId, ledger);
    health.count({ link, version, outcome, ms: now - attempts.startOf(sessionId) }, now);
    outcomes.write(link, sessionId, sealed, now);
    return linkId;
  }
}
