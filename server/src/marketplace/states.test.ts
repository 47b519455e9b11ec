import { linkStates, type Move, sessionStates } from "@passage/protocol/states";
import { expect, test } from "vitest";
import * as link from "../organization/links/machine.ts";
import * as session from "../session/machine.ts";

const now = 1_800_000_000_000;
const error = { code: "AUTOMATION_ERROR", message: "The site changed." } as const;

/** Without what the tables say in words. */
function ways(moves: readonly Move<string>[]): string[] {
  return [...new Set(moves.map(({ from, move, to }) => `${from} ${move} ${to}`))].toSorted();
}

test("the link's moves are those of its machine", () => {
  const states: link.LinkState[] = [
    { status: "pending" },
    { status: "active", sessionId: "s1", step: "working", sealedResult: null },
    { status: "complete", sessionId: "s1", sealedResult: "r1" },
    { status: "failed", sessionId: "s1", error },
    { status: "cancelled", at: now, sessionId: null, sealedResult: null },
    { status: "expired", sessionId: null },
  ];
  const moves: link.LinkMove[] = [
    { type: "claimed", sessionId: "s2" },
    { type: "takenBack", sessionId: "s1", before: { status: "pending" } },
    { type: "stepped", sessionId: "s1", step: "waiting_for_user" },
    { type: "completed", sessionId: "s1", sealedResult: "r2" },
    { type: "failed", sessionId: "s1", error },
    { type: "cancelled" },
    { type: "timePassed" },
  ];
  const shown = ({ status }: link.LinkState) => (status === "cancelled" ? "expired" : status);
  const found = [true, false].flatMap((reusable) =>
    [now - 1, now + 1].flatMap((expiresAt) =>
      states.flatMap((state) =>
        moves.flatMap((move) => {
          const made = link.transition(state, { reusable, expiresAt }, move, now);
          if ("refused" in made || shown(made.state) === shown(state)) return [];
          return [{ from: shown(state), move: move.type, to: shown(made.state) }];
        }),
      ),
    ),
  );
  expect(ways(linkStates.moves)).toEqual(ways(found));
});

test("the session's moves are those of its machine", () => {
  const over = { error } as const;
  const states: session.SessionState[] = [
    { phase: "created" },
    { phase: "pending", client: true, worker: false },
    { phase: "pending", client: false, worker: true },
    { phase: "active", yielded: false, client: false, worker: true },
    { phase: "active", yielded: true, client: true, worker: true },
    { phase: "complete", result: "{}" },
    { phase: "failed", ...over },
    { phase: "expired", ...over },
  ];
  const events: session.SessionEvent[] = [
    { type: "connected", party: "client" },
    { type: "connected", party: "worker" },
    { type: "disconnected", party: "client" },
    { type: "disconnected", party: "worker" },
    { type: "yielded" },
    { type: "resumed" },
    { type: "completed", result: "{}" },
    { type: "failed", error },
    { type: "due", job: "grace" },
    { type: "due", job: "duration" },
  ];
  const times = { disconnectGracePeriodMs: 1000, sessionDurationMs: 1000, commandTimeoutMs: 1000 };
  const found = states.flatMap((state) =>
    events.flatMap((event) => {
      const { state: next } = session.transition(state, event, times);
      return next.phase === state.phase ? [] : [{ from: state.phase, move: event.type, to: next.phase }];
    }),
  );
  expect(ways(sessionStates.moves)).toEqual(ways(found));
});
