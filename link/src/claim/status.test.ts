import type { LinkStatusMessage } from "@passage/protocol/events";
import { expect, test } from "vitest";
import { type ClaimEvent, type ClaimState, reduce } from "./status.ts";
import { details } from "./testing/server.ts";

const loaded = (over: Partial<typeof details> = {}): ClaimEvent => ({
  type: "details",
  details: { ...details, ...over },
});
const status = (status: LinkStatusMessage["status"], rest: Partial<LinkStatusMessage> = {}): ClaimEvent => ({
  type: "status",
  message: { type: "link.status", linkId: "link_1", status, ts: 1, ...rest },
});
const after = (...events: ClaimEvent[]) => events.reduce<ClaimState>(reduce, { state: "loading" });

test("a link is followed from waiting to done", () => {
  expect(after(loaded())).toMatchObject({ state: "open", step: "waiting_for_device", connected: true });
  expect(after(loaded(), status("active", { step: "working" }))).toMatchObject({ step: "working", hadTurn: false });
  const turn = [loaded(), status("active", { step: "waiting_for_user" })];
  expect(after(...turn)).toMatchObject({ step: "waiting_for_user", hadTurn: false });
  expect(after(...turn, status("active", { step: "working" }))).toMatchObject({ step: "working", hadTurn: true });
  expect(after(...turn, status("complete"))).toMatchObject({ state: "complete", leavingInSeconds: null });
});

test("an active link without a step counts as working", () => {
  expect(after(loaded({ status: "active" }))).toMatchObject({ state: "open", step: "working" });
  expect(after(loaded(), status("active"))).toMatchObject({ step: "working" });
});

test("failed can be tried again", () => {
  const failed = [loaded(), status("failed", { error: { code: "CLIENT_TIMEOUT", message: "x" } })];
  expect(after(...failed)).toMatchObject({ state: "failed", error: { code: "CLIENT_TIMEOUT" } });
  expect(after(...failed, loaded({ status: "failed" }))).toMatchObject({ error: { code: "CLIENT_TIMEOUT" } });
  expect(after(...failed, loaded({ status: "active" }))).toMatchObject({
    state: "open",
    step: "working",
    hadTurn: false,
  });
  expect(after(...failed, status("pending"))).toMatchObject({ state: "open", step: "waiting_for_device" });
});

test("a lost connection keeps what is known, until news arrive", () => {
  expect(after({ type: "lost" })).toEqual({ state: "unreachable" });
  const lost = [loaded(), status("active", { step: "waiting_for_user" }), { type: "lost" }] satisfies ClaimEvent[];
  expect(after(...lost)).toMatchObject({ step: "waiting_for_user", connected: false });
  expect(after(...lost, loaded({ status: "active" }))).toMatchObject({ step: "waiting_for_user", connected: false });
  expect(after(...lost, status("active", { step: "working" }))).toMatchObject({ hadTurn: true, connected: true });
  expect(after({ type: "lost" }, loaded())).toMatchObject({ state: "open", connected: true });
});

test("complete is good news when it was watched, and an old story when not", () => {
  expect(after(loaded({ status: "complete" }))).toMatchObject({ state: "over", reason: "used" });
  expect(after(loaded(), { type: "lost" }, loaded({ status: "complete" }))).toMatchObject({ state: "complete" });
});

test("the end of time, and refusals, are over", () => {
  expect(after(loaded(), status("expired"))).toMatchObject({ state: "over", reason: "expired", details });
  expect(after(loaded({ status: "expired" }))).toMatchObject({ state: "over", reason: "expired" });
  expect(after({ type: "refused", reason: "unknown" })).toEqual({ state: "over", reason: "unknown", details: null });
  expect(after(loaded(), { type: "refused", reason: "expired" })).toMatchObject({ reason: "expired", details });
});

test("[N11] a cancelled link is told apart from an expired one, live and on a later look", () => {
  expect(after(loaded(), status("expired", { cancelledAt: 1 }))).toMatchObject({ state: "over", reason: "cancelled" });
  expect(after(loaded({ status: "expired", cancelledAt: 1 }))).toMatchObject({ state: "over", reason: "cancelled" });
});

test("the countdown runs to 0 and can be stopped", () => {
  const done = [loaded({ returnUrl: "https://app.example" }), status("complete")];
  const ticks = (count: number) => Array.from({ length: count }, (): ClaimEvent => ({ type: "tick" }));
  expect(after(...done)).toMatchObject({ leavingInSeconds: 5 });
  expect(after(...done, ...ticks(9))).toMatchObject({ leavingInSeconds: 0 });
  expect(after(...done, ...ticks(2), { type: "stay" }, ...ticks(1))).toMatchObject({ leavingInSeconds: null });
});

test("nothing moves an ended page, and what changes nothing is the same object", () => {
  const ended = after(loaded(), status("complete"));
  for (const event of [status("active"), { type: "lost" }, { type: "tick" }] satisfies ClaimEvent[]) {
    expect(reduce(ended, event)).toBe(ended);
  }
});
