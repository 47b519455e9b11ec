import type { LinkStep } from "@passage/protocol/events";
import type { LinkDetails } from "@passage/protocol/http/claim";
import { failureCode, failureWords } from "./failure-words.ts";
import { isolate } from "./names.ts";
import { returnAddress } from "./return-address.ts";
import { sandboxEntries } from "./sandbox-entries.generated.ts";
import { type ClaimState, detailsOf, type OverReason } from "./status.ts";

/** Everything the page shows, as data. `null` means: not on the page. */
export interface ClaimView {
  /** Of the document. Never holds the code. */
  title: string;
  mark: "none" | "busy" | "good" | "stop";
  heading: string;
  lead: string;
  /** For support: the failure's code. */
  errorCode: string | null;
  badge: string | null;
  notice: string | null;
  ask: {
    title: string;
    operations: { verb: "Read" | "Change"; description: string; details: readonly string[] }[];
    promise: string;
  } | null;
  steps: { label: string; hint: string | null; progress: "done" | "current" | "ahead" }[] | null;
  /** Offer the command and the QR code. */
  ways: { title: string; validUntil: number } | null;
  leave: { label: string; href: string; countdown: string | null } | null;
}

const nothing = { errorCode: null, badge: null, notice: null, ask: null, steps: null, ways: null, leave: null };

/** The page for a state: a pure function, so that a test can read it. */
export function view(state: ClaimState): ClaimView {
  return viewOf(withIsolatedNames(state));
}

/** Names come from whoever made the link: each is set apart before a sentence is made of it. */
function withIsolatedNames(state: ClaimState): ClaimState {
  const details = detailsOf(state);
  if (!details) return state;
  const { provider, requestedBy } = details;
  const named = { provider: { ...provider, name: isolate(provider.name) }, requestedBy: isolate(requestedBy) };
  return { ...state, details: { ...details, ...named } } as ClaimState;
}

function viewOf(state: ClaimState): ClaimView {
  const details = detailsOf(state);
  const base = { ...nothing, badge: details?.mode === "test" ? badge(details.provider.id) : null };
  switch (state.state) {
    case "loading":
      return { ...base, ...page("Opening", "busy", "Opening the link", "One moment.") };
    case "unreachable":
      return {
        ...base,
        ...page(
          "No connection",
          "busy",
          "The server cannot be reached",
          "This page keeps trying. You need not reload it.",
        ),
      };
    case "open":
      return { ...base, ...openPage(state) };
    case "failed":
      return { ...base, ...failedPage(state) };
    case "complete": {
      const { requestedBy, provider } = state.details;
      const lead = `${requestedBy} now has what it asked for from ${provider.name}. You can close this page.`;
      return {
        ...base,
        ...page("Done", "good", "Done", lead),
        leave: leave(state.details, "complete", state.leavingInSeconds),
      };
    }
    case "over":
      return { ...base, ...overPage(state.reason, details) };
  }
}

function openPage({ details, step, hadTurn, connected }: Extract<ClaimState, { state: "open" }>) {
  const { requestedBy, provider } = details;
  const waiting = step === "waiting_for_device";
  const titles = {
    waiting_for_device: "Waiting for a device",
    working: "Working",
    waiting_for_user: "Your turn: sign in",
  } satisfies Record<LinkStep, string>;
  return {
    ...page(titles[step], "none", `Connect ${provider.name} to ${requestedBy}`, ""),
    notice: connected ? null : lostNotice,
    ask: ask(details),
    steps: steps(step, hadTurn, provider.name),
    ways: waiting ? { title: "How to go on", validUntil: details.expiresAt } : null,
  };
}

/** As whom to sign in on the sandbox's site; of a provider that it does not know, only that it is the sandbox. */
function badge(provider: string): string {
  const enters = sandboxEntries[provider];
  if (!enters) return "Sandbox";
  const { password, code } = enters;
  return `Sandbox: user_good${password ? ` / ${password}` : ""}${code ? `, code ${code}` : ""}`;
}

function failedPage({ details, error, connected }: Extract<ClaimState, { state: "failed" }>) {
  return {
    ...page("Not finished", "stop", "This attempt did not work", failureWords(error, details)),
    errorCode: failureCode(error),
    notice: connected ? null : lostNotice,
    ask: ask(details),
    ways: { title: "Try again", validUntil: details.expiresAt },
    leave: leave(details, "failed", null),
  };
}

function overPage(why: OverReason, details: LinkDetails | null) {
  const asker = details?.requestedBy ?? "the app that sent you here";
  switch (why) {
    case "unknown":
      return page(
        "Unknown link",
        "stop",
        "This link does not exist",
        `Its address may be cut off. Ask ${asker} for a new one.`,
      );
    case "expired":
      return {
        ...page("Expired", "stop", "This link has expired", `Nothing was shared. Ask ${asker} for a new one.`),
        leave: details && leave(details, "expired", null),
      };
    case "cancelled":
      return {
        ...page(
          "Cancelled",
          "stop",
          "This link was cancelled",
          `It was cancelled by ${asker}, who asked for it. If you still want to go on, ask for a new link.`,
        ),
        leave: details && leave(details, "expired", null),
      };
    case "used":
      return {
        ...page("Already used", "good", "This link was already used", "Everything is done. You can close this page."),
        leave: details && leave(details, "complete", null),
      };
  }
}

const lostNotice = "No connection to the server. Trying again; what you see may be old.";

function page(title: string, mark: ClaimView["mark"], heading: string, lead: string) {
  return { title: `${title} · Passage`, mark, heading, lead };
}

function ask({ requestedBy, provider, operations }: LinkDetails): ClaimView["ask"] {
  return {
    title: `${requestedBy} asks to`,
    operations: operations.map(({ action, description, details }) => ({
      verb: action === "read" ? "Read" : "Change",
      description,
      details,
    })),
    promise:
      `You sign in yourself on ${hostOf(provider.site)}. Your password and codes stay on your device; ` +
      `${requestedBy} gets only what is listed here. Your device asks you again before it begins.`,
  };
}

function steps(step: LinkStep, hadTurn: boolean, site: string): ClaimView["steps"] {
  const at = (own: LinkStep, passed: boolean) => (step === own ? "current" : passed ? "done" : "ahead");
  const rows = [
    {
      label: "Waiting for a device",
      hint: "Open the link on the device where you want to sign in.",
      progress: at("waiting_for_device", true),
    },
    {
      label: "Connected, working",
      hint: `The device is at ${site}. Leave its window open.`,
      progress: at("working", step === "waiting_for_user"),
    },
    {
      label: "Your turn: sign in on the device",
      hint: "Its window waits for you. This page follows along.",
      progress: at("waiting_for_user", hadTurn && step === "working"),
    },
    { label: "Done", hint: null, progress: "ahead" },
  ] as const;
  return rows.map((row) => ({ ...row, hint: row.progress === "current" ? row.hint : null }));
}

function leave(details: LinkDetails, status: "complete" | "failed" | "expired", seconds: number | null) {
  const href = returnAddress(details, status);
  if (href === null) return null;
  const countdown = seconds === null ? null : `Taking you there in ${seconds} s`;
  return { label: `Back to ${details.requestedBy}`, href, countdown };
}

function hostOf(site: string): string {
  return URL.canParse(site) ? new URL(site).host || site : site;
}
