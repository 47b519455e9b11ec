import { failureReasons } from "@passage/automation/failure";
import { expect, test } from "vitest";
import type { LinkFailure } from "./failure-words.ts";
import type { ClaimState } from "./status.ts";
import { code, details } from "./testing/server.ts";
import { type ClaimView, view as isolatedView } from "./view.ts";

/** The view without the marks that set names apart. */
const view = (state: ClaimState): ClaimView =>
  JSON.parse(JSON.stringify(isolatedView(state)).replace(/[\u2068\u2069]/g, ""));
const failed = (error: LinkFailure | null, connected = true): ClaimState => ({
  state: "failed",
  details,
  error,
  connected,
});

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
      {
        verb: "Read",
        description: "Your billing statements: dates and amounts",
        details: details.operations[0]?.details,
      },
      { verb: "Change", description: "The card that pays your bill", details: [] },
    ],
    promise:
      "You sign in yourself on account.t-mobile.com. Your password and codes stay on your device; " +
      "Budget Buddy gets only what is listed here. Your device asks you again before it begins.",
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
  expect(view(failed(null)).ways).toMatchObject({ title: "Try again" });
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
])("%s is told in plain words, with the code for support", (code) => {
  const shown = view(failed({ code, message: "internal words" }));
  expect(shown.lead).toMatch(/^[A-Z].+\. (You can t|T)ry again .*with the same link\.$/);
  expect(shown.lead).not.toMatch(new RegExp(`${code}|internal words`));
  expect(shown.errorCode).toBe(code);
});

test.each(Object.entries(failureReasons))("[N10] %s has words of its own", (reason, { code }) => {
  const shown = view(failed({ code, message: "", details: { reason } }));
  expect(shown.lead).toMatch(/^[A-Z][^.]+\. [A-Z].+\.$/);
  expect(shown.lead).not.toBe(view(failed({ code, message: "" })).lead);
  expect(shown.errorCode).toBe(`${code}, ${reason}`);
});

test.each([
  ["wrong_credentials", "T-Mobile did not take this user name and password."],
  ["account_locked", "T-Mobile says that the account is locked."],
  ["mfa_failed", "The request on the phone was not approved in time."],
  ["unsupported_login_method", "This account signs in with a passkey, which does not work inside an app."],
])("[N10] %s shows the sentence that the failure has", (reason, message) => {
  const { lead } = view(failed({ code: "AUTOMATION_ERROR", message, details: { reason, operation: "a:read" } }));
  expect(lead.startsWith(`${message} `)).toBe(true);
});

test("[N10] a sentence that speaks to developers is not shown", () => {
  const words = (details: Record<string, unknown>) =>
    view(failed({ code: "AUTOMATION_ERROR", message: "Bills was answered with status 403.", details })).lead;
  expect(words({ reason: "blocked_by_site", status: 403 })).toContain("T-Mobile refused this device.");
  expect(words({ reason: "site_down", code: "navigation_failed" })).toContain("T-Mobile does not respond");
  expect(words({ reason: "blocked_private" })).toContain("The steps on T-Mobile could not be finished.");
});

test("[N11] a cancelled link says who cancelled it", () => {
  const shown = view({ state: "over", reason: "cancelled", details });
  expect(shown.heading).toBe("This link was cancelled");
  expect(shown.lead).toContain("cancelled by Budget Buddy, who asked for it.");
});

test("[N12] the badge has the user, password and code of the provider's own sandbox site", () => {
  const badge = (id: string) => view(open({ details: { ...details, provider: { ...details.provider, id } } })).badge;
  expect(badge("ubereats")).toBe("Sandbox: user_good, code 1234");
  expect(badge("verizon")).toBe("Sandbox: user_good / pass_good");
  expect(badge("cedar-library")).toBe("Sandbox");
});

test("[N13] a name cannot turn the text around it, break its line or hide in it", () => {
  const named = (requestedBy: string) => isolatedView(open({ details: { ...details, requestedBy } })).heading;
  expect(named("\u05e9\u05dc\u05d5\u05dd\u202e EVIL Bank")).toBe(
    "Connect \u2068T-Mobile\u2069 to \u2068\u05e9\u05dc\u05d5\u05dd EVIL Bank\u2069",
  );
  expect(named("A\u2069\u2066\r\n\u0000\u200b\u{e0041}\u061cB")).toBe("Connect \u2068T-Mobile\u2069 to \u2068AB\u2069");
  expect(named("\u200f \u202e")).toBe("Connect \u2068T-Mobile\u2069 to \u2068(no name)\u2069");
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
    failed(null, false),
    { state: "complete", details, leavingInSeconds: null },
    { state: "over", reason: "unknown", details: null },
    { state: "over", reason: "expired", details },
    { state: "over", reason: "cancelled", details },
    { state: "over", reason: "used", details },
  ];
  const titles = states.map((state) => view(state).title);
  expect(new Set(titles).size).toBe(states.length);
  expect(JSON.stringify(states.map(view))).not.toContain(code);
});
