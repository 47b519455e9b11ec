import type { LinkStatus } from "./http/link.ts";
import type { Phase } from "./session.ts";

/** One way from a state to another; `from` and `to` as the API shows them. */
export interface Move<State extends string> {
  readonly from: State;
  readonly move: string;
  readonly to: State;
  readonly when?: string;
}

export interface States<State extends string> {
  readonly states: Readonly<Record<State, string>>;
  /** Tests hold them against the machines, which are in the server. */
  readonly moves: readonly Move<State>[];
}

/** Where a link can stand and what it does there. A cancelled link is `expired` and has a `cancelledAt`. */
export const linkStates: States<LinkStatus> = {
  states: {
    pending: "Nobody has claimed it yet.",
    active: "A device has claimed it, and its session is under way.",
    complete: "All of its operations succeeded. An end, unless it is reusable.",
    failed: "The last attempt failed; `error` says why. It can be claimed again until it expires.",
    expired: "Its time is over, or its owner cancelled it: then it has a `cancelledAt`. An end.",
  },
  moves: [
    { from: "pending", move: "claimed", to: "active" },
    { from: "pending", move: "cancelled", to: "expired" },
    { from: "pending", move: "timePassed", to: "expired" },
    { from: "active", move: "completed", to: "complete" },
    { from: "active", move: "failed", to: "failed" },
    { from: "active", move: "takenBack", to: "pending", when: "Its session could not be opened; it is what it was." },
    { from: "active", move: "cancelled", to: "expired" },
    { from: "failed", move: "claimed", to: "active" },
    { from: "failed", move: "cancelled", to: "expired" },
    { from: "failed", move: "timePassed", to: "expired" },
    { from: "complete", move: "claimed", to: "active", when: "It is reusable and its time is not over." },
    { from: "complete", move: "cancelled", to: "expired", when: "It is reusable." },
  ],
};

/** Where a session can stand. Losing a connection changes no phase. */
export const sessionStates: States<Phase> = {
  states: {
    created: "Nobody is connected yet.",
    pending: "The device or what drives it is connected; the other was never there.",
    active: "Both have been there.",
    complete: "It ended with a result. An end.",
    failed: "It ended with an error. An end.",
    expired: "The device was away for too long, or the session reached its longest duration. An end.",
  },
  moves: [
    { from: "created", move: "connected", to: "pending" },
    { from: "created", move: "failed", to: "failed" },
    { from: "created", move: "due", to: "expired" },
    { from: "pending", move: "connected", to: "active", when: "It is the second of the two." },
    { from: "pending", move: "failed", to: "failed" },
    { from: "pending", move: "due", to: "expired" },
    { from: "active", move: "completed", to: "complete" },
    { from: "active", move: "failed", to: "failed" },
    { from: "active", move: "due", to: "expired" },
  ],
};
