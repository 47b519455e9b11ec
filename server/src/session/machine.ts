import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStep } from "@passage/protocol/events";
import type { SessionTimes } from "./session-config.ts";

/**
 * The session's states and moves, as a pure function. The object loads, applies, persists and performs.
 *
 *   created ──first socket──▶ pending ──second role──▶ active ──completed──▶ complete
 *      │                         │                       │
 *      └──────── due ────────────┴── due ──▶ expired ◀───┤ due
 *                                └─ failed ─▶ failed ◀───┘ failed
 *
 * Presence is told apart from phase: a lost socket changes no phase. Our own automation counts as a worker that never leaves.
 */
export type Party = "client" | "worker";

export type SessionState =
  | { readonly phase: "created" }
  | ({ readonly phase: "pending" } & Presence)
  | ({ readonly phase: "active"; readonly yielded: boolean } & Presence)
  | { readonly phase: "complete"; readonly result: string }
  | { readonly phase: "failed" | "expired"; readonly error: ErrorValue };

interface Presence {
  readonly client: boolean;
  /** The client is away because its window was closed, and not because its connection was lost. */
  readonly windowClosed?: boolean;
  readonly worker: boolean;
}

export type SessionEvent =
  | { readonly type: "connected"; readonly party: Party }
  | { readonly type: "disconnected"; readonly party: Party; readonly windowClosed?: boolean }
  | { readonly type: "yielded" | "resumed" }
  | { readonly type: "completed"; readonly result: string }
  | { readonly type: "failed"; readonly error: ErrorValue }
  | { readonly type: "due"; readonly job: "grace" | "duration" };

export type Effect =
  | { readonly type: "schedule"; readonly job: "grace"; readonly afterMs: number }
  | { readonly type: "cancel"; readonly job: "grace" }
  | { readonly type: "tellWorker"; readonly message: "server.client_ready" | "server.client_disconnected" }
  /** What waits for the device waits in vain. */
  | { readonly type: "windowClosed" }
  | { readonly type: "progress"; readonly step: LinkStep }
  /** Both are there for the first time: an automation of ours begins. */
  | { readonly type: "begin" };

export interface Transition {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

export type OverState = Extract<SessionState, { phase: "complete" | "failed" | "expired" }>;

export function isOver(state: SessionState): state is OverState {
  return state.phase === "complete" || state.phase === "failed" || state.phase === "expired";
}

export function isPresent(state: SessionState, party: Party): boolean {
  return (state.phase === "pending" || state.phase === "active") && state[party];
}

/** Whether no device is there because the person closed its window. */
export function hasClosedWindow(state: SessionState): boolean {
  return (state.phase === "pending" || state.phase === "active") && !state.client && state.windowClosed === true;
}

/** A session as it is made. A worker of ours is there from the start. */
export function begin(hasOwnWorker: boolean, times: SessionTimes): Transition {
  const state: SessionState = { phase: "created" };
  return hasOwnWorker ? transition(state, { type: "connected", party: "worker" }, times) : { state, effects: [] };
}

export function transition(state: SessionState, event: SessionEvent, times: SessionTimes): Transition {
  if (isOver(state)) return { state, effects: [] };
  switch (event.type) {
    case "connected":
      return connected(state, event.party, times);
    case "disconnected":
      return disconnected(state, event, times);
    case "yielded":
      if (state.phase !== "active") return { state, effects: [] };
      return {
        state: { ...state, yielded: true },
        effects: [
          { type: "cancel", job: "grace" },
          { type: "progress", step: "waiting_for_user" },
        ],
      };
    case "resumed": {
      if (state.phase !== "active") return { state, effects: [] };
      const next = { ...state, yielded: false };
      return { state: next, effects: [...graceFor(next, times), { type: "progress", step: stepOf(next) }] };
    }
    case "completed":
      // Documented: a session completes from active only.
      if (state.phase !== "active") return { state, effects: [] };
      return { state: { phase: "complete", result: event.result }, effects: [] };
    case "failed":
      return { state: { phase: "failed", error: event.error }, effects: [] };
    case "due":
      return due(state, event.job, times);
  }
}

function connected(state: Exclude<SessionState, OverState>, party: Party, times: SessionTimes): Transition {
  if (state.phase === "created") {
    const next = { phase: "pending", client: false, worker: false, [party]: true } as const;
    return { state: next, effects: graceFor(next, times) };
  }
  const present = { ...state, [party]: true, ...(party === "client" && { windowClosed: false }) };
  const becomesActive = present.phase === "pending" && present.client && present.worker;
  const next = becomesActive ? ({ ...present, phase: "active", yielded: false } as const) : present;
  const effects: Effect[] = party === "client" ? [{ type: "cancel", job: "grace" }] : [];
  if (next.client && next.worker) effects.push({ type: "tellWorker", message: "server.client_ready" });
  if (party === "client" && next.phase === "active") effects.push({ type: "progress", step: stepOf(next) });
  if (becomesActive) effects.push({ type: "begin" });
  return { state: next, effects };
}

function disconnected(
  state: Exclude<SessionState, OverState>,
  { party, windowClosed = false }: Extract<SessionEvent, { type: "disconnected" }>,
  times: SessionTimes,
): Transition {
  if (state.phase === "created" || !state[party]) return { state, effects: [] };
  const next = { ...state, [party]: false, ...(party === "client" && { windowClosed }) };
  if (party === "worker") return { state: next, effects: [] };
  return {
    state: next,
    effects: [
      ...graceFor(next, times),
      ...(windowClosed ? [{ type: "windowClosed" } as const] : []),
      { type: "tellWorker", message: "server.client_disconnected" },
      { type: "progress", step: stepOf(next) },
    ],
  };
}

function due(state: Exclude<SessionState, OverState>, job: "grace" | "duration", times: SessionTimes): Transition {
  // A grace that comes due in the same instant as the reconnect has lost.
  if (job === "grace" && isPresent(state, "client")) return { state, effects: [] };
  const message =
    job === "grace"
      ? `No device was connected for ${times.disconnectGracePeriodMs / 1000} seconds. The link can be claimed again.`
      : `The session reached its longest duration of ${times.sessionDurationMs / 1000} seconds. The link can be claimed again.`;
  return { state: { phase: "expired", error: { code: "CLIENT_TIMEOUT", message } }, effects: [] };
}

/** Grace counts for the client only, and not while a person has the page: they may be fetching a code in another app. */
function graceFor(state: SessionState, times: SessionTimes): Effect[] {
  if (state.phase !== "pending" && state.phase !== "active") return [];
  if (state.client || (state.phase === "active" && state.yielded)) return [];
  return [{ type: "schedule", job: "grace", afterMs: times.disconnectGracePeriodMs }];
}

/** Where a link's attempt stands, as its session sees it. */
export function stepOf(state: SessionState): LinkStep {
  if (!isPresent(state, "client")) return "waiting_for_device";
  return state.phase === "active" && state.yielded ? "waiting_for_user" : "working";
}
