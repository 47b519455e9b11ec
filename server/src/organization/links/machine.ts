import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";

/**
 * The states of a link and its moves, as a pure function. `links/SPEC.md` has the rules.
 *
 *   pending ──claimed──▶ active ──completed──▶ complete ──claimed, when reusable──▶ active
 *      │                   │ └─────failed────▶ failed ───claimed──▶ active
 *      ├── cancelled ──────┴── cancelled ───▶ cancelled ◀── cancelled ── failed, reusable complete
 *      └── timePassed ──────────────────────▶ expired ◀──── timePassed ── failed
 *
 * A claim that was never answered is taken back: the link is again what it was before.
 */
export type LinkState =
  | { readonly status: "pending" }
  | {
      readonly status: "active";
      readonly sessionId: string;
      readonly step: LinkStep;
      /** Of the attempt before, where a reusable link is claimed again. */
      readonly sealedResult: string | null;
    }
  | { readonly status: "complete"; readonly sessionId: string; readonly sealedResult: string }
  | { readonly status: "failed"; readonly sessionId: string; readonly error: ErrorValue }
  | {
      readonly status: "cancelled";
      /** Epoch ms. */
      readonly at: number;
      /** Its last attempt and what that brought, where there was one. */
      readonly sessionId: string | null;
      readonly sealedResult: string | null;
    }
  | { readonly status: "expired"; readonly sessionId: string | null };

/** What a link can be after a claim that failed to open a session. */
export type ClaimableState = Extract<LinkState, { status: "pending" | "failed" | "complete" }>;

/** What of a link decides its moves besides its state. */
export interface LinkTerms {
  readonly reusable: boolean;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export type LinkMove =
  | { readonly type: "claimed"; readonly sessionId: string }
  | { readonly type: "takenBack"; readonly sessionId: string; readonly before: ClaimableState }
  | { readonly type: "stepped"; readonly sessionId: string; readonly step: LinkStep }
  | { readonly type: "completed"; readonly sessionId: string; readonly sealedResult: string }
  | { readonly type: "failed"; readonly sessionId: string; readonly error: ErrorValue }
  | { readonly type: "cancelled" }
  | { readonly type: "timePassed" };

export type LinkEffect =
  | { readonly type: "emit"; readonly event: "link.complete" | "link.failed" | "link.expired" | "link.cancelled" }
  /** The attempt has ended; `error` is null for one that succeeded. */
  | { readonly type: "endAttempt"; readonly sessionId: string; readonly error: ErrorValue | null }
  /** The session still runs and must end. */
  | { readonly type: "endSession"; readonly sessionId: string };

/** `state` is the same object where nothing changes. A refusal changes nothing. */
export type Transition =
  | { readonly state: LinkState; readonly effects: readonly LinkEffect[] }
  | { readonly refused: ErrorValue };

/** @param now epoch ms */
export function transition(state: LinkState, terms: LinkTerms, move: LinkMove, now: number): Transition {
  switch (move.type) {
    case "claimed": {
      const refusal = refuseClaim(state, terms, now);
      if (refusal) return { refused: refusal };
      const sealedResult = state.status === "complete" ? state.sealedResult : null;
      return moved({ status: "active", sessionId: move.sessionId, step: "waiting_for_device", sealedResult });
    }
    case "takenBack":
      return isHeldBy(state, move.sessionId) ? moved(move.before) : unchanged(state);
    case "stepped":
      return isHeldBy(state, move.sessionId) && state.step !== move.step
        ? moved({ ...state, step: move.step })
        : unchanged(state);
    case "completed":
      if (!isHeldBy(state, move.sessionId)) return unchanged(state);
      return moved(
        { status: "complete", sessionId: move.sessionId, sealedResult: move.sealedResult },
        { type: "endAttempt", sessionId: move.sessionId, error: null },
        { type: "emit", event: "link.complete" },
      );
    case "failed":
      if (!isHeldBy(state, move.sessionId)) return unchanged(state);
      return moved(
        { status: "failed", sessionId: move.sessionId, error: move.error },
        { type: "endAttempt", sessionId: move.sessionId, error: move.error },
        { type: "emit", event: "link.failed" },
      );
    case "cancelled":
      return cancel(state, terms, now);
    case "timePassed":
      if (terms.expiresAt > now) return unchanged(state);
      if (state.status === "pending")
        return moved({ status: "expired", sessionId: null }, { type: "emit", event: "link.expired" });
      if (state.status === "failed")
        return moved({ status: "expired", sessionId: state.sessionId }, { type: "emit", event: "link.expired" });
      return unchanged(state);
  }
}

/** Why a link cannot be claimed at this moment; null when it can. */
export function refuseClaim(state: LinkState, { reusable, expiresAt }: LinkTerms, now: number): ErrorValue | null {
  switch (state.status) {
    case "cancelled":
      return { code: "link_expired", message: "This link was cancelled by whoever made it. Ask for a new one." };
    case "active":
      return {
        code: "claim_in_progress",
        message: "Another device holds this link. Go on there, or claim again when that attempt has ended.",
      };
    case "complete":
      if (!reusable) return { code: "link_already_used", message: "This link was completed. Ask for a new one." };
      break;
    case "expired":
      return expired;
    case "pending":
    case "failed":
  }
  return expiresAt <= now ? expired : null;
}

/** Whether the link can never change again, so that a watcher has nothing to wait for. A failed link may be claimed again. */
export function isOver(state: LinkState): boolean {
  return state.status === "complete" || state.status === "expired" || state.status === "cancelled";
}

/** Whether an attempt may still need the arguments of its operations. */
export function needsArguments(state: LinkState, { reusable }: LinkTerms): boolean {
  switch (state.status) {
    case "pending":
    case "active":
    case "failed":
      return true;
    case "complete":
      return reusable;
    case "cancelled":
    case "expired":
      return false;
  }
}

function cancel(state: LinkState, { reusable }: LinkTerms, now: number): Transition {
  const cancelled = { status: "cancelled", at: now } as const;
  const emit = { type: "emit", event: "link.cancelled" } as const;
  switch (state.status) {
    case "cancelled":
    case "expired":
      return unchanged(state);
    case "pending":
      return moved({ ...cancelled, sessionId: null, sealedResult: null }, emit);
    case "failed":
      return moved({ ...cancelled, sessionId: state.sessionId, sealedResult: null }, emit);
    case "complete":
      if (reusable) return moved({ ...cancelled, sessionId: state.sessionId, sealedResult: state.sealedResult }, emit);
      return {
        refused: {
          code: "link_already_used",
          message: "This link is complete. Delete it if its result should be forgotten.",
        },
      };
    case "active": {
      const { sessionId, sealedResult } = state;
      return moved(
        { ...cancelled, sessionId, sealedResult },
        { type: "endAttempt", sessionId, error: cancelledByOwner },
        { type: "endSession", sessionId },
        emit,
      );
    }
  }
}

function isHeldBy(state: LinkState, sessionId: string): state is Extract<LinkState, { status: "active" }> {
  return state.status === "active" && state.sessionId === sessionId;
}

function moved(state: LinkState, ...effects: LinkEffect[]): Transition {
  return { state, effects };
}

function unchanged(state: LinkState): Transition {
  return { state, effects: [] };
}

const expired: ErrorValue = { code: "link_expired", message: "This link has expired. Ask for a new one." };
const cancelledByOwner: ErrorValue = { code: "cancelled", message: "The link was cancelled by its owner." };
