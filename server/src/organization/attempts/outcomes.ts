import type { ErrorValue } from "@passage/protocol/errors";
import { type FailureReason, failureReasons } from "@passage/providers/failure";
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

/** Why an attempt failed, and who is to blame; `none` for a success. A reason outside the closed list blames nobody. */
function explain(error: ErrorValue | null): { reason: string; blame: string } {
  if (!error) return { reason: "none", blame: "none" };
  const { reason } = error.details ?? {};
  if (typeof reason !== "string")
    return { reason: "unknown", blame: error.code === "INTERNAL_ERROR" ? "server" : "unknown" };
  const known = Object.hasOwn(failureReasons, reason) ? failureReasons[reason as FailureReason] : null;
  return { reason: /^[a-z_]{1,40}$/.test(reason) ? reason : "unknown", blame: known?.blames ?? "unknown" };
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
    const startedAt = attempts.startOf(sessionId);
    attempts.end(sessionId, error, link.reusable ? sealedResult : null, now);
    links.finish(link.id, outcome.status, sealedResult, error, now);
    webhooks.emit(event, link.webhookUrl, now);
    const { reason, blame } = explain(error);
    const provider = link.integrationId;
    count("passage_links_settled_total", { provider, outcome: error?.code ?? "complete", reason });
    const fields = { linkId: link.id, sessionId, provider, status: outcome.status, code: error?.code, reason, blame };
    log("link.settled", { ...fields, ms: now - startedAt }, error?.code === "INTERNAL_ERROR" ? "error" : "info");
  }
}
