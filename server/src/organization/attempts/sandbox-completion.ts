import type { Link } from "@passage/protocol/http/link";
import type { Env } from "../../env.ts";
import { mintId } from "../../ids.ts";
import type { Outcome } from "../../session/session-config.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkRecord } from "../links/link-record.ts";
import { toStateRow } from "../links/link-record.ts";
import { summaryOf } from "../links/link-summary.ts";
import type { LinkTable } from "../links/link-table.ts";
import type { LinkMoves } from "../links/moves.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Outcomes } from "./outcomes.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly idempotency: Idempotency;
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly moves: LinkMoves;
  readonly outcomes: Outcomes;
}

/**
 * Ends test links without a device: claimed and settled in one commit, so that link, attempts, events and webhooks are as after
 * a real attempt. The attempt's session was never opened, and cannot be read.
 */
export class SandboxCompletion {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async complete(id: string, outcome: Outcome, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    const { env, identity, idempotency, links, attempts, moves, outcomes } = this.#parts;
    const found = links.byId(id);
    if (!found) return refused("not_found", "Link not found");
    const sessionId = await mintId(env.PASSAGE_SECRET, "session", identity.get().tag);
    const sealed = await outcomes.prepare(found, sessionId, outcome);
    const now = Date.now();
    return idempotency.runOnce(once, endedLink(found, sessionId, outcome, now), () => {
      const link = links.byId(id);
      if (!link) return { code: "not_found", message: "Link not found" };
      const { status } = link.state;
      if (status !== "pending")
        return {
          code: "link_not_pending",
          message: `This link is ${status}. Only a pending link can be completed without a device: create a new one.`,
        };
      const claimed = moves.apply(link, { type: "claimed", sessionId }, now);
      if ("refused" in claimed) return claimed.refused;
      attempts.beginWithoutSession(sessionId, id, now);
      outcomes.record(claimed.ok, sessionId, sealed, now);
      return null;
    });
  }
}

/** The link as it will be read. */
function endedLink(link: LinkRecord, sessionId: string, outcome: Outcome, now: number): Link {
  const row = { ...toStateRow(link.state), status: outcome.status, current_session_id: sessionId };
  return {
    ...summaryOf({ ...link, updatedAt: now }, row),
    returnUrl: link.returnUrl,
    result: outcome.status === "complete" ? JSON.parse(outcome.result) : null,
    error: outcome.status === "failed" ? { ...outcome.error } : null,
    ledger: null,
  };
}
