import { RpcTarget } from "cloudflare:workers";
import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { Link } from "@passage/protocol/http/link";
import type { OperationHealth } from "@passage/protocol/http/provider";
import type { CreatedSession, SessionSummary } from "@passage/protocol/http/session";
import type { LedgerHead } from "@passage/protocol/ledger";
import type { Outcome } from "../../session/opening.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkExpiry } from "../links/expiry.ts";
import type { RpcResult } from "../refusal.ts";
import type { ClaimedSession, Claims } from "./claims.ts";
import type { ProviderHealth } from "./provider-health.ts";
import type { AttemptReports } from "./reports.ts";
import type { SandboxCompletion } from "./sandbox-completion.ts";
import type { Sessions } from "./sessions.ts";

interface Parts {
  readonly attempts: AttemptTable;
  readonly claims: Claims;
  readonly reports: AttemptReports;
  readonly completion: SandboxCompletion;
  readonly health: ProviderHealth;
  readonly expiry: LinkExpiry;
  readonly idempotency: Idempotency;
  readonly sessions: Sessions;
}

/** Attempts: claims by devices, what their sessions report, and how providers fare, over RPC. */
export class Attempts extends RpcTarget {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** Gives the link to the device that asks, in a new session; refused while another has it or when its time is over. */
  claim(claimHash: string): Promise<RpcResult<ClaimedSession>> {
    return this.#parts.claims.claim(claimHash);
  }

  /** Where an attempt stands, from its session. */
  progress(sessionId: string, step: LinkStep): void {
    this.#parts.reports.progress(sessionId, step);
  }

  /** What an attempt has finished so far (JSON text), from its session. */
  finished(sessionId: string, operations: string): Promise<void> {
    return this.#parts.reports.finished(sessionId, operations);
  }

  /** An attempt's outcome, from its session, which reports it until this returns. */
  settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null, version: number): Promise<void> {
    return this.#parts.reports.settle(sessionId, outcome, ledger, version);
  }

  /** Ends a pending test link without a device. `outcome` fits its operations. */
  async complete(id: string, outcome: Outcome, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    await this.#parts.expiry.run();
    return this.#parts.completion.complete(id, outcome, once);
  }

  /** How the operations of a provider fare, by version; nothing of those that never ran. */
  health(provider: string): OperationHealth[] {
    return this.#parts.health.of(provider);
  }

  /** Records a session that a developer made without a link, so that lists have it. */
  addSession(created: CreatedSession, once: IdempotentRequest | null): Promise<RpcResult<CreatedSession>> {
    return this.#parts.idempotency.runOnce(once, created, () => {
      this.#parts.attempts.begin(created.sessionId, null, null, Date.now());
      return null;
    });
  }

  /** A developer's session has ended; `error` is null when its worker completed it. */
  sessionEnded(sessionId: string, error: ErrorValue | null): void {
    this.#parts.attempts.end(sessionId, { error, sealedResult: null, ledger: null }, Date.now());
  }

  /**
   * Sessions, newest first, those before `before` (a position that a list returned). None is woken for it, but once those that
   * must be over and whose end was never told.
   */
  async listSessions(before: number | null, limit: number): Promise<{ position: number; session: SessionSummary }[]> {
    const { attempts, sessions } = this.#parts;
    await Promise.all(
      attempts.untold(before, limit, Date.now()).map(async ({ sessionId, longestEnd }) => {
        const end = await sessions.endOf(sessionId);
        if (end) attempts.end(sessionId, { error: end.error, sealedResult: null, ledger: null }, longestEnd);
      }),
    );
    return attempts.page(before, limit, Date.now());
  }
}
