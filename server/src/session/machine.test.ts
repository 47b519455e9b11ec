import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultTimes } from "../limits.ts";
import { isOver, isPresent, type SessionEvent, type SessionState, transition } from "./machine.ts";

const created = { phase: "created" } as SessionState;
const error = { code: "AUTOMATION_ERROR", message: "no" } as const;
const connected = (party: "client" | "worker"): SessionEvent => ({ type: "connected", party });
const disconnected = (party: "client" | "worker"): SessionEvent => ({ type: "disconnected", party });
const after = (...events: SessionEvent[]) =>
  events.reduce<SessionState>((state, event) => transition(state, event, defaultTimes).state, created);
const effectsOf = (state: SessionState, event: SessionEvent) => transition(state, event, defaultTimes).effects;

describe("phases", () => {
  test("[S12] the first socket makes it pending, the second role active", () => {
    expect(after(connected("worker"))).toMatchObject({ phase: "pending", worker: true, client: false });
    expect(after(connected("worker"), connected("worker"))).toMatchObject({ phase: "pending" });
    expect(after(connected("client"), connected("worker"))).toMatchObject({ phase: "active" });
  });

  test("[S12] becoming active begins the run, once", () => {
    const pending = after(connected("worker"));
    expect(effectsOf(pending, connected("client"))).toContainEqual({ type: "begin" });
    const back = after(connected("worker"), connected("client"), disconnected("client"));
    expect(effectsOf(back, connected("client"))).not.toContainEqual({ type: "begin" });
  });

  test("[S14] it completes from active only, and fails from any phase", () => {
    const completed: SessionEvent = { type: "completed", result: "{}" };
    expect(after(connected("worker"), completed).phase).toBe("pending");
    expect(after(connected("worker"), connected("client"), completed).phase).toBe("complete");
    expect(after({ type: "failed", error }).phase).toBe("failed");
  });
});

describe("grace", () => {
  const grace = expect.objectContaining({ type: "schedule", job: "grace" });

  test("[S15] runs while the client is away", () => {
    expect(effectsOf(created, connected("worker"))).toContainEqual(grace);
    const active = after(connected("worker"), connected("client"));
    expect(effectsOf(active, disconnected("client"))).toContainEqual(grace);
    expect(effectsOf(active, disconnected("worker"))).toEqual([]);
  });

  test("[S16] pauses while the person has the page, and runs again after", () => {
    const yielded = after(connected("worker"), connected("client"), { type: "yielded" });
    expect(effectsOf(yielded, disconnected("client"))).not.toContainEqual(grace);
    const away = transition(yielded, disconnected("client"), defaultTimes).state;
    expect(effectsOf(away, { type: "resumed" })).toContainEqual(grace);
  });

  test("[S15] that comes due with the client back is late", () => {
    const active = after(connected("worker"), connected("client"));
    expect(transition(active, { type: "due", job: "grace" }, defaultTimes).state).toBe(active);
    expect(after(connected("worker"), { type: "due", job: "grace" })).toMatchObject({
      phase: "expired",
      error: { code: "CLIENT_TIMEOUT" },
    });
  });
});

test("[S19][S62] any sequence of events keeps the laws of the session", () => {
  const party = fc.constantFrom("client" as const, "worker" as const);
  const event: fc.Arbitrary<SessionEvent> = fc.oneof(
    party.map(connected),
    party.map(disconnected),
    fc.constantFrom<SessionEvent>({ type: "yielded" }, { type: "resumed" }, { type: "completed", result: "1" }),
    fc.constant<SessionEvent>({ type: "failed", error }),
    fc.constantFrom<SessionEvent>({ type: "due", job: "grace" }, { type: "due", job: "duration" }),
  );
  const rank = { created: 0, pending: 1, active: 2, complete: 3, failed: 3, expired: 3 };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state = created;
      let begun = 0;
      const model = { client: false, worker: false, graceRuns: false };
      for (const one of events) {
        const { state: next, effects } = transition(state, one, defaultTimes);
        // An end is for ever; a phase never goes back; a run begins once.
        if (isOver(state)) expect({ next, effects }).toEqual({ next: state, effects: [] });
        expect(rank[next.phase]).toBeGreaterThanOrEqual(rank[state.phase]);
        begun += effects.filter((effect) => effect.type === "begin").length;
        expect(begun).toBeLessThanOrEqual(1);
        if (one.type === "connected") model[one.party] = true;
        if (one.type === "disconnected") model[one.party] = false;
        for (const effect of effects) {
          if (effect.type === "schedule") model.graceRuns = true;
          if (effect.type === "cancel") model.graceRuns = false;
        }
        if (!isOver(next) && next.phase !== "created") {
          expect(isPresent(next, "client")).toBe(model.client);
          expect(isPresent(next, "worker")).toBe(model.worker);
          // Nobody waits for ever: without a client, either a person has the page or the grace runs.
          const personHasPage = next.phase === "active" && next.yielded;
          if (one.type !== "due") expect(model.graceRuns).toBe(!model.client && !personHasPage);
        }
        state = next;
      }
    }),
    { numRuns: 2_000 },
  );
});
