import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toState, toStateRow } from "./link-record.ts";
import { isOver, type LinkMove, type LinkState, type LinkTerms, needsArguments, transition } from "./machine.ts";

const now = 1_800_000_000_000;
const terms: LinkTerms = { reusable: false, expiresAt: now + 1000 };
const reusable: LinkTerms = { ...terms, reusable: true };
const late: LinkTerms = { ...terms, expiresAt: now };
const error = { code: "AUTOMATION_ERROR", message: "The site changed." } as const;

const pending: LinkState = { status: "pending" };
const active: LinkState = { status: "active", sessionId: "s1", step: "working", sealedResult: null };
const complete: LinkState = { status: "complete", sessionId: "s1", sealedResult: "r1" };
const failed: LinkState = { status: "failed", sessionId: "s1", error };
const cancelled: LinkState = { status: "cancelled", at: now - 5, sessionId: null, sealedResult: null };
const expired: LinkState = { status: "expired", sessionId: null };
const states = [pending, active, complete, failed, cancelled, expired];

const claimed: LinkMove = { type: "claimed", sessionId: "s2" };
const moves: readonly LinkMove[] = [
  claimed,
  { type: "takenBack", sessionId: "s1", before: pending },
  { type: "stepped", sessionId: "s1", step: "waiting_for_user" },
  { type: "completed", sessionId: "s1", sealedResult: "r2" },
  { type: "failed", sessionId: "s1", error },
  { type: "cancelled" },
  { type: "timePassed" },
];

/** In one word per cell: the state after the move, `=` where nothing changes, or the code of the refusal. */
function outcome(state: LinkState, own: LinkTerms, move: LinkMove): string {
  const result = transition(state, own, move, now);
  if ("refused" in result) return result.refused.code;
  return result.state === state ? "=" : result.state.status;
}

describe("the table of moves", () => {
  const table = (own: LinkTerms) =>
    Object.fromEntries(
      states.map((state) => [
        state.status,
        Object.fromEntries(moves.map((move) => [move.type, outcome(state, own, move)])),
      ]),
    );
  const nothing = { takenBack: "=", stepped: "=", completed: "=", failed: "=", cancelled: "=", timePassed: "=" };
  const running = {
    claimed: "claim_in_progress",
    takenBack: "pending",
    stepped: "active",
    completed: "complete",
    failed: "failed",
    cancelled: "cancelled",
    timePassed: "=",
  };

  test("[L1][L3][L6][L10] within the link's time", () => {
    expect(table(terms)).toEqual({
      pending: { ...nothing, claimed: "active", cancelled: "cancelled" },
      active: running,
      complete: { ...nothing, claimed: "link_already_used", cancelled: "link_already_used" },
      failed: { ...nothing, claimed: "active", cancelled: "cancelled" },
      cancelled: { ...nothing, claimed: "link_expired" },
      expired: { ...nothing, claimed: "link_expired" },
    });
    expect(table(reusable).complete).toEqual({ ...nothing, claimed: "active", cancelled: "cancelled" });
  });

  test("[L4][L8] when its time is over", () => {
    expect(table(late)).toEqual({
      pending: { ...nothing, claimed: "link_expired", cancelled: "cancelled", timePassed: "expired" },
      active: running,
      complete: { ...nothing, claimed: "link_already_used", cancelled: "link_already_used" },
      failed: { ...nothing, claimed: "link_expired", cancelled: "cancelled", timePassed: "expired" },
      cancelled: { ...nothing, claimed: "link_expired" },
      expired: { ...nothing, claimed: "link_expired" },
    });
    expect(outcome(complete, { ...late, reusable: true }, claimed)).toBe("link_expired");
  });
});

test("[L3] a reusable link that is claimed again keeps its result", () => {
  expect(transition(complete, reusable, claimed, now)).toMatchObject({
    state: { status: "active", sealedResult: "r1" },
  });
});

test("[L4] a cancelled link says who ended it", () => {
  expect(transition(cancelled, terms, claimed, now)).toMatchObject({
    refused: { message: expect.stringContaining("cancelled by whoever made it") },
  });
});

test("[L9] cancelling ends the attempt and the session that are under way", () => {
  expect(transition(active, terms, { type: "cancelled" }, now)).toEqual({
    state: { status: "cancelled", at: now, sessionId: "s1", sealedResult: null },
    effects: [
      { type: "endAttempt", sessionId: "s1", error: expect.objectContaining({ code: "cancelled" }) },
      { type: "endSession", sessionId: "s1" },
      { type: "emit", event: "link.cancelled" },
    ],
  });
});

test("[L11] arguments are needed while an attempt can come, and no longer", () => {
  const needing = (own: LinkTerms) => states.filter((state) => needsArguments(state, own)).map(({ status }) => status);
  expect(needing(terms)).toEqual(["pending", "active", "failed"]);
  expect(needing(reusable)).toEqual(["pending", "active", "complete", "failed"]);
});

test("every state is what its row says", () => {
  for (const state of states) expect(toState(toStateRow(state))).toEqual(state);
});

/**
 * The rules again, as plain facts of a link's life: who holds it, what it brought, what was emitted. It shares no code with the
 * machine.
 */
class Model {
  holder: string | null = null;
  hasResult = false;
  ended: "no" | "cancelled" | "expired" | "complete" = "no";
  readonly emitted: string[] = [];
  readonly #reusable: boolean;
  readonly #expiresAt: number;

  constructor({ reusable, expiresAt }: LinkTerms) {
    this.#reusable = reusable;
    this.#expiresAt = expiresAt;
  }

  /** Whether the link lets itself be claimed. */
  claim(sessionId: string, at: number): boolean {
    const isFree = this.holder === null && (this.ended === "no" || (this.ended === "complete" && this.#reusable));
    if (!isFree || at >= this.#expiresAt) return false;
    this.holder = sessionId;
    this.ended = "no";
    return true;
  }

  end(sessionId: string, event: "link.complete" | "link.failed"): void {
    if (this.holder !== sessionId) return;
    this.holder = null;
    this.hasResult = event === "link.complete";
    if (this.hasResult) this.ended = "complete";
    this.emitted.push(event);
  }

  cancel(): boolean {
    if (this.ended === "complete" && !this.#reusable) return false;
    if (this.ended === "cancelled" || this.ended === "expired") return true;
    this.holder = null;
    this.ended = "cancelled";
    this.emitted.push("link.cancelled");
    return true;
  }

  passTime(at: number): void {
    if (this.ended !== "no" || this.holder !== null || at < this.#expiresAt) return;
    this.ended = "expired";
    this.emitted.push("link.expired");
  }
}

const session = fc.constantFrom("s1", "s2", "s3");
const anyMove: fc.Arbitrary<LinkMove> = fc.oneof(
  session.map((sessionId): LinkMove => ({ type: "claimed", sessionId })),
  session.map((sessionId): LinkMove => ({ type: "stepped", sessionId, step: "working" })),
  session.map((sessionId): LinkMove => ({ type: "completed", sessionId, sealedResult: "r" })),
  session.map((sessionId): LinkMove => ({ type: "failed", sessionId, error })),
  fc.constant<LinkMove>({ type: "cancelled" }),
  fc.constant<LinkMove>({ type: "timePassed" }),
);

test("[L12] in any order of moves the machine is the model", () => {
  const lives = fc.record({
    reusable: fc.boolean(),
    lifeMs: fc.integer({ min: 1, max: 40 }),
    moves: fc.array(fc.record({ move: anyMove, passesMs: fc.integer({ min: 0, max: 5 }) }), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(lives, ({ reusable: isReusable, lifeMs, moves: made }) => {
      const own = { reusable: isReusable, expiresAt: now + lifeMs };
      const model = new Model(own);
      const emitted: string[] = [];
      const ended: string[] = [];
      let state: LinkState = pending;
      let at = now;
      for (const { move, passesMs } of made) {
        at += passesMs;
        const result = transition(state, own, move, at);
        const isTaken = !("refused" in result);
        if (move.type === "claimed") expect(isTaken).toBe(model.claim(move.sessionId, at));
        if (move.type === "cancelled") expect(isTaken).toBe(model.cancel());
        if (move.type === "completed") model.end(move.sessionId, "link.complete");
        if (move.type === "failed") model.end(move.sessionId, "link.failed");
        if (move.type === "timePassed") model.passTime(at);
        if (!("refused" in result)) {
          state = result.state;
          for (const effect of result.effects)
            if (effect.type === "emit") emitted.push(effect.event);
            else if (effect.type === "endAttempt") ended.push(effect.sessionId);
        }
        expect(state.status === "active" ? state.sessionId : null).toBe(model.holder);
        expect(isOver(state)).toBe(model.ended !== "no");
        expect(toState(toStateRow(state))).toEqual(state);
      }
      expect(emitted).toEqual(model.emitted);
      const claims = new Set(made.flatMap(({ move }) => (move.type === "claimed" ? [move.sessionId] : [])));
      for (const sessionId of ended) expect(claims).toContain(sessionId);
    }),
    { numRuns: 3000 },
  );
});

test("[L5][L12] a claim that is taken back leaves no trace, whatever came before it", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 20 }), fc.boolean(), (made, isReusable) => {
      const own = { reusable: isReusable, expiresAt: now + 1 };
      let state: LinkState = pending;
      for (const move of made) {
        const result = transition(state, own, move, now);
        if ("state" in result) state = result.state;
      }
      const before = state;
      const taken = transition(before, own, { type: "claimed", sessionId: "new" }, now);
      if ("refused" in taken) return;
      if (before.status !== "pending" && before.status !== "failed" && before.status !== "complete")
        throw new Error(`${before.status} was claimed`);
      const back = transition(taken.state, own, { type: "takenBack", sessionId: "new", before }, now);
      expect(back).toEqual({ state: before, effects: [] });
    }),
    { numRuns: 1000 },
  );
});
