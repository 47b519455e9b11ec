import type { LinkStatusMessage, LinkStep } from "@passage/protocol/events";
import type { LinkDetails } from "@passage/protocol/http/claim";
import type { LinkFailure } from "./failure-words.ts";

/** Where the page stands. `connected` is whether news arrive; without it, what is shown may be old. */
export type ClaimState =
  | { state: "loading" }
  | { state: "unreachable" }
  | { state: "open"; details: LinkDetails; step: LinkStep; hadTurn: boolean; connected: boolean }
  | { state: "failed"; details: LinkDetails; error: LinkFailure | null; connected: boolean }
  | { state: "complete"; details: LinkDetails; leavingInSeconds: number | null }
  | { state: "over"; reason: OverReason; details: LinkDetails | null };

export type OverReason = "unknown" | "expired" | "cancelled" | "used";

export type ClaimEvent =
  | { type: "details"; details: LinkDetails }
  | { type: "refused"; reason: "unknown" | "expired" | "used" }
  | { type: "status"; message: LinkStatusMessage }
  /** The server does not answer, or the socket broke; it is tried again. */
  | { type: "lost" }
  /** A second of the countdown before the return went by. */
  | { type: "tick" }
  /** The person stopped the countdown. */
  | { type: "stay" };

const countdownSeconds = 5;

/** The state after an event. The same object comes back where nothing changed. */
export function reduce(state: ClaimState, event: ClaimEvent): ClaimState {
  switch (event.type) {
    case "details":
      return withDetails(state, event.details);
    case "refused":
      return { state: "over", reason: event.reason, details: detailsOf(state) };
    case "status":
      return withStatus(state, event.message);
    case "lost":
      if (state.state === "loading") return { state: "unreachable" };
      return state.state === "open" || state.state === "failed" ? { ...state, connected: false } : state;
    case "tick":
      if (state.state !== "complete" || !state.leavingInSeconds) return state;
      return { ...state, leavingInSeconds: state.leavingInSeconds - 1 };
    case "stay":
      return state.state === "complete" ? { ...state, leavingInSeconds: null } : state;
  }
}

/** What the page knows of its link, if anything. */
export function detailsOf(state: ClaimState): LinkDetails | null {
  return "details" in state ? state.details : null;
}

function withDetails(state: ClaimState, details: LinkDetails): ClaimState {
  const watched = state.state === "open" || state.state === "failed";
  switch (details.status) {
    case "pending":
    case "active": {
      // The socket tells the step right after; until then the last known one is the best guess.
      const { step, hadTurn } = state.state === "open" ? state : { step: firstStep(details.status), hadTurn: false };
      return { state: "open", details, step, hadTurn, connected: watched ? state.connected : true };
    }
    case "failed": {
      const error = state.state === "failed" ? state.error : null;
      return { state: "failed", details, error, connected: watched ? state.connected : true };
    }
    case "complete":
      return watched ? completed(details) : { state: "over", reason: "used", details };
    case "expired":
      return { state: "over", reason: details.cancelledAt === null ? "expired" : "cancelled", details };
  }
}

function withStatus(state: ClaimState, { status, step, error, cancelledAt }: LinkStatusMessage): ClaimState {
  if (state.state !== "open" && state.state !== "failed") return state;
  const { details } = state;
  switch (status) {
    case "pending":
      return { state: "open", details, step: "waiting_for_device", hadTurn: false, connected: true };
    case "active": {
      const hadTurn = state.state === "open" && (state.hadTurn || state.step === "waiting_for_user");
      return { state: "open", details, step: step ?? "working", hadTurn, connected: true };
    }
    case "failed":
      return { state: "failed", details, error: error ?? null, connected: true };
    case "complete":
      return completed(details);
    case "expired":
      return { state: "over", reason: cancelledAt === undefined ? "expired" : "cancelled", details };
  }
}

function completed(details: LinkDetails): ClaimState {
  return { state: "complete", details, leavingInSeconds: details.returnUrl === null ? null : countdownSeconds };
}

function firstStep(status: "pending" | "active"): LinkStep {
  return status === "pending" ? "waiting_for_device" : "working";
}
