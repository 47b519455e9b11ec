import type { ErrorValue } from "@passage/protocol/errors";
import { findProvider } from "../../catalog.ts";
import type { ClaimedSession } from "../../doors.ts";
import { encrypt } from "../../encryption.ts";
import type { Env } from "../../env.ts";
import { hashSecret, mintId } from "../../ids.ts";
import { claimsPerLink, defaultTimes } from "../../limits.ts";
import { log } from "../../log.ts";
import { RateLimiter } from "../../rate-limiter.ts";
import { argumentsPurpose } from "../../session/session-config.ts";
import { sessionOf } from "../../stubs.ts";
import type { AccountSalt } from "../account-salt.ts";
import type { Identity } from "../identity.ts";
import type { AttemptTable } from "../links/attempt-table.ts";
import type { LinkRecord } from "../links/link-record.ts";
import type { LinkTable } from "../links/link-table.ts";
import { type ClaimableState, refuseClaim } from "../links/machine.ts";
import type { LinkMoves } from "../links/moves.ts";
import { type RpcResult, refused } from "../refusal.ts";
import type { Vault } from "../vault.ts";

interface Parts {
  readonly env: Env;
  readonly identity: Identity;
  readonly accountSalt: AccountSalt;
  readonly links: LinkTable;
  readonly attempts: AttemptTable;
  readonly moves: LinkMoves;
  readonly vault: Vault;
}

/** Gives links to devices. */
export class Claims {
  readonly #parts: Parts;
  readonly #limiter = new RateLimiter(claimsPerLink);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Gives the link to the device that asks, in a new session; refused while another has it or when its time is over. */
  async claim(claimHash: string): Promise<RpcResult<ClaimedSession>> {
    const { env, identity, accountSalt, links, attempts, moves } = this.#parts;
    const found = links.byClaim(claimHash);
    if (!found) return refused("not_found", "No link has this claim code.");
    const rate = this.#limiter.take(found.id, Date.now());
    if (!rate.allowed)
      return tooMany(`This link was claimed too often. Try again in ${rate.retryAfterSeconds} s.`, rate);
    const early = refuseClaim(found.state, found, Date.now());
    if (early) return { refused: early };

    const { tag, mode } = identity.get();
    const mint = (kind: "session" | "clientToken" | "workerToken") => mintId(env.PASSAGE_SECRET, kind, tag);
    const [sessionId, clientToken, workerToken, given] = await Promise.all([
      mint("session"),
      mint("clientToken"),
      mint("workerToken"),
      this.#argumentsOf(found),
    ]);
    const [clientTokenHash, workerTokenHash, sealedArguments] = await Promise.all([
      hashSecret(clientToken),
      hashSecret(workerToken),
      given && encrypt(env.PASSAGE_SECRET, argumentsPurpose(sessionId), given),
    ]);

    // No await from the reading to the writing: of two claims at one instant, the second finds the link active.
    const now = Date.now();
    const link = links.byClaim(claimHash);
    if (!link) return refused("not_found", "No link has this claim code.");
    const claimed = moves.apply(link, { type: "claimed", sessionId }, now);
    if ("refused" in claimed) return claimed;
    // A link that could be claimed was in one of these states.
    const before = link.state as ClaimableState;
    attempts.begin(sessionId, link.id, before, now);

    try {
      const { provider: providerId, returnUrl, debug } = link;
      const providerVersion = findProvider(providerId)?.version ?? 0;
      const { expiresAt } = await sessionOf(env, sessionId).open({
        sessionId,
        organizationTag: tag,
        mode,
        clientTokenHash,
        workerTokenHash,
        times: defaultTimes,
        debug,
        capture: null,
        metadata: null,
        attempt: {
          linkId: link.id,
          providerId,
          providerVersion,
          operations: link.operations,
          sealedArguments,
          returnUrl,
          accountSalt: accountSalt.get(),
        },
      });
      const current = links.byId(link.id);
      // Cancelled or deleted while the session was made.
      if (current?.state.status !== "active" || current.state.sessionId !== sessionId) {
        await sessionOf(env, sessionId).cancel();
        return refused("link_expired", "This link was cancelled by whoever made it. Ask for a new one.");
      }
      attempts.opened(sessionId);
      return { ok: { linkId: link.id, sessionId, clientToken, expiresAt } };
    } catch (error) {
      log("claim.failed", { linkId: link.id, reason: String(error) });
      this.#takeBack(link.id, sessionId, before);
      return refused("session_unavailable", "The session could not be created. Claim the link again.");
    }
  }

  /** Takes back the claims that died with the object, which nobody has heard of. Returns the sessions to end. */
  takeBackUnanswered(): string[] {
    return this.#parts.attempts.unopened().map(({ sessionId, linkId, before }) => {
      this.#takeBack(linkId, sessionId, before);
      log("claim.taken_back", { linkId, sessionId });
      return sessionId;
    });
  }

  #takeBack(linkId: string, sessionId: string, before: ClaimableState): void {
    const { links, attempts, moves } = this.#parts;
    attempts.drop(sessionId);
    const link = links.byId(linkId);
    if (link) moves.apply(link, { type: "takenBack", sessionId, before }, Date.now());
  }

  async #argumentsOf({ id, sealedArguments }: LinkRecord): Promise<string | null> {
    return sealedArguments && (await this.#parts.vault.open(`arguments:${id}`, sealedArguments));
  }
}

function tooMany(message: string, rate: { retryAfterSeconds: number }): { readonly refused: ErrorValue } {
  return { refused: { code: "rate_limited", message, details: { retryAfterSeconds: rate.retryAfterSeconds } } };
}
