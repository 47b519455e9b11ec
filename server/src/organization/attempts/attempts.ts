import { RpcTarget } from "cloudflare:workers";
import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { Link } from "@passage/protocol/http/link";
import type { CreatedSession, SessionSummary } from "@passage/protocol/http/session";
import type { LedgerHead } from "@passage/protocol/ledger";
import type { AttemptsDoor, ClaimedSession } from "../../doors.ts";
import type { Outcome } from "../../session/session-config.ts";
import type { Idempotency, IdempotentRequest } from "../idempotency.ts";
import type { Identity } from "../identity.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkExpiry } from "../links/expiry.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Claims } from "./claims.ts";
import type { OperationCounts } from "./operation-counts.ts";
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
  readonly identity: Identity;
}

export class Attempts extends RpcTarget implements AttemptsDoor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  claim(claimHash: string): Promise<RpcResult<ClaimedSession>> {
    return this.#parts.claims.claim(claimHash);
  }

  progress(sessionId: string, step: LinkStep): void {
    this.#parts.reports.progress(sessionId, step);
  }

  finished(sessionId: string, operations: string): Promise<void> {
    return this.#parts.reports.finished(sessionId, operations);
  }

  settle(sessionId: string, outcome: Outcome, ledger: LedgerHead | null, version: number): Promise<void> {
    return this.#parts.reports.settle(sessionId, outcome, ledger, version);
  }

  async complete(id: string, outcome: Outcome, once: IdempotentRequest | null): Promise<RpcResult<Link>> {
    await this.#parts.expiry.run();
    return this.#parts.completion.complete(id, outcome, once);
  }

  health(provider: string): OperationCounts[] {
    return this.#parts.health.of(provider);
  }

  async addSession(created: CreatedSession, once: IdempotentRequest | null): Promise<RpcResult<CreatedSession>> {
    if (!this.#parts.identity.find()) return refused("unauthorized", "This organization was deleted.");
    return this.#parts.idempotency.runOnce(once, created, () => {
      this.#parts.attempts.begin(created.sessionId, null, null, Date.now());
      return null;
    });
  }

  sessionEnded(sessionId: string, error: ErrorValue | null): void {
    this.#parts.attempts.end(sessionId, { error, sealedResult: null, ledger: null }, Date.now());
  }

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
