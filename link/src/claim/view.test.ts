import { expect, test } from "vitest";
import type { ClaimState } from "./status.ts";
import { code, details } from "./testing/server.ts";
import { view } from "./view.ts";

const open = (over: Partial<Extract<ClaimState, { state: "open" }>> = {}): ClaimState => ({
  state: "open",
  details,
  step: "waiting_for_device",
  hadTurn: false,
  connected: true,
  ...over,
});
const progress = (state: ClaimState) => view(state).steps?.map((step) => step.progress);

test("it says who asks for what, on which site, and what stays on the device", () => {
  const { heading, ask, badge } = view(open());
  expect(heading).toBe("Connect T-Mobile to Budget Buddy");
  expect(ask).toEqual({
    title: "Budget Buddy asks to",
    operations: [
      { verb: "Read", description: "Your billing statements: dates and amounts" },
      { verb: "Change", description: "The card that pays your bill" },
    ],
    promise:
      "You sign in yourself on account.t-mobile.com. Your password and codes stay on your device; " +
      "Budget Buddy gets only what is listed here.",
  });
  expect(badge).toBe("Sandbox: user_good / pass_good, code 123456");
  expect(view(open({ details: { ...details, mode: "live" } })).badge).toBeNull();
});

test.each(["https://account.t-mobile.com/login?x", "account.t-mobile.com", "http://account.t-mobile.com"])(
  "the site %s is shown as its host",
  (site) => {
    const shown = view(open({ details: { ...details, provider: { ...details.provider, site } } }));
    expect(shown.ask?.promise).toContain("on account.t-mobile.com.");
  },
);

test("the steps show where it stands", () => {
  expect(progress(open())).toEqual(["current", "ahead", "ahead", "ahead"]);
  expect(progress(open({ step: "working" }))).toEqual(["done", "current", "ahead", "ahead"]);
  expect(progress(open({ step: "waiting_for_user" }))).toEqual(["done", "done", "current", "ahead"]);
  expect(progress(open({ step: "working", hadTurn: true }))).toEqual(["done", "current", "done", "ahead"]);
});

test("the ways to go on are offered while a device is needed", () => {
  expect(view(open()).ways).toMatchObject({ title: "How to go on", validUntil: details.expiresAt });
  expect(view(open({ step: "working" })).ways).toBeNull();
  expect(view(open({ step: "waiting_for_user" })).ways).toBeNull();
  const failed = view({ state: "failed", details, errorCode: null, connected: true });
  expect(failed.ways).toMatchObject({ title: "Try again" });
});

test("lost news are admitted", () => {
  expect(view(open()).notice).toBeNull();
  expect(view(open({ connected: false })).notice).toContain("No connection to the server");
});

test.each([
  "CLIENT_TIMEOUT",
  "CONNECTION_FAILED",
  "AUTOMATION_ERROR",
  "RESULT_VALIDATION_ERROR",
  "UNKNOWN_PROVIDER",
  "NEW",
])("%s is told in plain words, with the code for support", (errorCode) => {
  const shown = view({ state: "failed", details, errorCode, connected: true });
  expect(shown.lead).toMatch(/^[A-Z].+\. You can try again with the same link\.$/);
  expect(shown.lead).not.toContain(errorCode);
  expect(shown.errorCode).toBe(errorCode);
});

test("a finished link leads back, with a countdown until it is stopped", () => {
  const returning = { ...details, returnUrl: "https://app.example/done" };
  const at = (leavingInSeconds: number | null) =>
    view({ state: "complete", details: returning, leavingInSeconds }).leave;
  const href = "https://app.example/done?linkId=link_1&status=complete";
  expect(at(5)).toEqual({ label: "Back to Budget Buddy", href, countdown: "Taking you there in 5 s" });
  expect(at(null)).toEqual({ label: "Back to Budget Buddy", href, countdown: null });
  expect(view({ state: "complete", details, leavingInSeconds: null }).leave).toBeNull();
});

test("every state has its own title, and none holds the code", () => {
  const states: ClaimState[] = [
    { state: "loading" },
    { state: "unreachable" },
    open(),
    open({ step: "working" }),
    open({ step: "waiting_for_user" }),
    { state: "failed", details, errorCode: null, connected: false },
    { state: "complete", details, leavingInSeconds: null },
    { state: "over", reason: "unknown", details: null },
    { state: "over", reason: "expired", details },
    { state: "over", reason: "used", details },
  ];
  const titles = states.map((state) => view(state).title);
  expect(new Set(titles).size).toBe(states.length);
  expect(JSON.stringify(states.map(view))).not.toContain(code);
});
