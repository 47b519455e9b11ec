import type { LinkStep } from "@passage/protocol/events";
import type { LedgerHead } from "@passage/protocol/ledger";
import type { Outcome } from "../../session/session-config.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkRecord } from "../links/link-record.ts";
import type { LinkTable } from "../links/link-table.ts";
import type { LinkMoves } from "../links/moves.ts";
import type { Steps } from "../links/steps.ts";
import type { Vault } from "../vault.ts";
import type { Outcomes } from "./outcomes.ts";
import type { ProviderHealth } from "./provider-health.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly links: LinkTable;
  readonly steps: Steps;
  readonly attempts: AttemptTable;
  readonly moves: LinkMoves;
  readonly vault: Vault;
  readonly outcomes: Outcomes;
  readonly health: ProviderHealth;
  readonly sessions: Sessions;
}

/** What sessions report of their attempts. Reports of an attempt that is over are ignored. */
export class AttemptReports {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  progress(sessionId: string, step: LinkStep): void {
    const { attempts, links, moves } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    const link = linkId === null ? null : links.byId(linkId);
    if (link) moves.apply(link, { type: "stepped", sessionId, step }, Date.now());
  }

  /** Asks the session of an active link where it stands, unless that is known. Watchers hear of it. */
  async learnStep(link: LinkRecord | null): Promise<void> {
    const { steps, sessions } = this.#parts;
    if (link?.state.status !== "active" || steps.of(link.state.sessionId) !== null) return;
    const { sessionId } = link.state;
    const step = await sessions.step(sessionId);
    // It may have told of a newer one meanwhile.
    if (step !== null && steps.of(sessionId) === null) this.progress(sessionId, step);
  }

  /** @param operations JSON text of what is done so far: the partial result, should the attempt fail. */
  async finished(sessionId: string, operations: string): Promise<void> {
    const { attempts, vault } = this.#parts;
    if (!attempts.linkOf(sessionId)) return;
    const sealed = await vault.seal(`partial:${sessionId}`, operations);
    if (attempts.linkOf(sessionId)) attempts.notePartial(sessionId, sealed);
  }

  /**
   * Records an attempt's outcome. A session reports it until this returns, so a repeated report changes nothing.
   *
   * @param ledger the head of the device's ledger, where the device keeps one
   * @param version the version of the provider that ran
   */
  async settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null, version: number): Promise<void> {
    const { attempts, links, outcomes, health } = this.#parts;
    const linkId = attempts.linkOf(sessionId);
    const reported = linkId && links.byId(linkId);
    if (!reported) return;
    const sealed = await outcomes.prepare(reported, sessionId, outcome);

    // No await from here on: all of it is one commit. Another report, or the owner, may have come first.
    const now = Date.now();
    const link = attempts.linkOf(sessionId) && links.byId(linkId);
    if (!link) return;
    health.count({ link, version, outcome, ms: now - attempts.startOf(sessionId) }, now);
    outcomes.record(link, sessionId, { ...sealed, ledger }, now);
  }
}
