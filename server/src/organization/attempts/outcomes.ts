import { type FailureReason, failureReasons } from "@passage/automation/failure";
import type { ErrorValue } from "@passage/protocol/errors";
import type { LedgerHead } from "@passage/protocol/ledger";
import { log } from "../../log.ts";
import { count } from "../../metrics.ts";
import type { Outcome } from "../../session/session-config.ts";
import { outcomeEvent } from "../events/event-bodies.ts";
import type { SealedEvent } from "../events/event-log.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkRecord } from "../links/link-record.ts";
import type { LinkMove } from "../links/machine.ts";
import type { LinkMoves } from "../links/moves.ts";
import type { Vault } from "../vault.ts";
import type { Outbox } from "../webhooks/outbox.ts";

interface Parts {
  readonly attempts: AttemptTable;
  readonly moves: LinkMoves;
  readonly vault: Vault;
  readonly outbox: Outbox;
}

/** Why an attempt failed, and who is to blame; `none` for a success. A reason outside the closed list blames nobody. */
function explain(error: ErrorValue | null): { reason: string; blame: string } {
  if (!error) return { reason: "none", blame: "none" };
  const { reason } = error.details ?? {};
  if (typeof reason !== "string")
    return { reason: "unknown", blame: error.code === "INTERNAL_ERROR" ? "server" : "unknown" };
  const known = Object.hasOwn(failureReasons, reason) ? failureReasons[reason as FailureReason] : null;
  return { reason: /^[a-z_]{1,40}$/.test(reason) ? reason : "unknown", blame: known?.blames ?? "unknown" };
}

/** An outcome with everything that has to be awaited before it can be recorded. */
export interface SealedOutcome {
  readonly outcome: Outcome;
  readonly event: SealedEvent;
  readonly move: LinkMove;
}

/** Records how an attempt ended: on the attempt, on its link, and as an event. */
export class Outcomes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async prepare(link: LinkRecord, sessionId: string, outcome: Outcome): Promise<SealedOutcome> {
    const { vault, outbox } = this.#parts;
    const event = await outbox.prepare((id) => outcomeEvent(id, link, outcome, Date.now()));
    const move: LinkMove =
      outcome.status === "complete"
        ? { type: "completed", sessionId, sealedResult: await vault.seal(`result:${link.id}`, outcome.result) }
        : { type: "failed", sessionId, error: outcome.error };
    return { outcome, event, move };
  }

  /** Nothing is awaited: the link's end and its event are in the caller's commit. `link` is as it stands now. */
  record(
    link: LinkRecord,
    sessionId: string,
    { outcome, event, move, ledger = null }: SealedOutcome & { readonly ledger?: LedgerHead | null },
    now: number,
  ): void {
    const { moves, attempts } = this.#parts;
    moves.apply(link, move, now, event, ledger);
    const error = outcome.status === "complete" ? null : outcome.error;
    const { reason, blame } = explain(error);
    const { provider } = link;
    count("passage_links_settled_total", { provider, outcome: error?.code ?? "complete", reason });
    const fields = { linkId: link.id, sessionId, provider, status: outcome.status, code: error?.code, reason, blame };
    const ms = now - attempts.startOf(sessionId);
    log("link.settled", { ...fields, ms }, error?.code === "INTERNAL_ERROR" ? "error" : "info");
  }
}
