import { findUser, goodCode, goodPassword, type ScenarioUser, userNamed } from "../users.ts";

/** How far a browser has come on a sign-in host. It names a user of the table, never what was typed. */
export type SignIn =
  | { step: "username"; notice: string | null }
  | { step: "password"; user: string | null }
  | { step: "puzzle"; user: string }
  | { step: "factor"; user: string }
  | { step: "code"; user: string; wrongCodes: number }
  | { step: "push"; user: string; asked: number }
  | { step: "blocked" }
  | { step: "signedIn"; user: string };

/** What a person enters; each kind belongs to one step. `approval` is the page that asks whether the phone has answered. */
export type Entry = { type: "username" | "password" | "puzzle" | "factor" | "code" | "approval"; value: string };

export type Outcome = { next: SignIn; error: string | null };

export const firstStep: SignIn = { step: "username", notice: null };
export const factors = ["sms", "authenticator"] as const;
export const puzzleAnswer = "triangle";

const wrongCodesAllowed = 3;
/** The phone answers when the page has asked so often; no clock is needed. */
const pushAnsweredAfter = 3;
const looksLikeUsername = /^(\d{10}|\S+@\S+\.\S+|user_\w+)$/;

/**
 * The sign-in as a pure step: an entry that does not belong to the current step starts the sign-in again.
 * @param secondFactor what this site asks of a user whose scenario is a code.
 */
export function advance(state: SignIn, entry: Entry, secondFactor: "factor" | "push"): Outcome {
  if (entry.type === "username") return enterUsername(state, entry.value);
  if (entry.type === "password" && state.step === "password") return enterPassword(state, entry.value, secondFactor);
  if (entry.type === "puzzle" && state.step === "puzzle") return solvePuzzle(state, entry.value);
  if (entry.type === "factor" && (state.step === "factor" || state.step === "code")) {
    return chooseFactor(state, entry.value);
  }
  if (entry.type === "code" && state.step === "code") return enterCode(state, entry.value);
  if (entry.type === "approval" && state.step === "push") return askPhone(state);
  return startAgain("Your session has ended. Please log in again.");
}

function enterUsername(state: SignIn, value: string): Outcome {
  if (!looksLikeUsername.test(value.trim())) return { next: state, error: "Enter a valid phone number or email." };
  return { next: { step: "password", user: findUser(value)?.name ?? null }, error: null };
}

// An unknown user name is told apart from a wrong password by nobody, as on the real sites.
function enterPassword(state: SignIn & { step: "password" }, value: string, secondFactor: "factor" | "push"): Outcome {
  const user = userNamed(state.user);
  if (!user || value !== goodPassword || user.trouble === "wrong_password") {
    return { next: state, error: "The login information you provided is incorrect. Please try again." };
  }
  if (user.trouble === "locked") {
    return { next: state, error: "Your account is locked. Reset your password or contact us to unlock it." };
  }
  if (user.trouble === "blocked") return { next: { step: "blocked" }, error: null };
  return { next: afterPassword(user, secondFactor), error: null };
}

function afterPassword({ name: user, signIn }: ScenarioUser, secondFactor: "factor" | "push"): SignIn {
  if (signIn === "password") return { step: "signedIn", user };
  if (signIn === "captcha") return { step: "puzzle", user };
  if (signIn === "push" || secondFactor === "push") return { step: "push", user, asked: 0 };
  return { step: "factor", user };
}

function solvePuzzle(state: SignIn & { step: "puzzle" }, value: string): Outcome {
  if (value !== puzzleAnswer) return { next: state, error: "That's not it. Please try again." };
  return { next: { step: "signedIn", user: state.user }, error: null };
}

function chooseFactor(state: SignIn & { user: string }, value: string): Outcome {
  if (!factors.some((factor) => factor === value)) return { next: state, error: "Choose how to verify it's you." };
  const wrongCodes = state.step === "code" ? state.wrongCodes : 0;
  return { next: { step: "code", user: state.user, wrongCodes }, error: null };
}

function enterCode(state: SignIn & { step: "code" }, value: string): Outcome {
  if (value.trim() === goodCode) return { next: { step: "signedIn", user: state.user }, error: null };
  const wrongCodes = state.wrongCodes + 1;
  if (wrongCodes >= wrongCodesAllowed) return startAgain("Too many incorrect codes. Please log in again.");
  return { next: { ...state, wrongCodes }, error: "That code doesn't match. Check it and try again." };
}

function askPhone(state: SignIn & { step: "push" }): Outcome {
  const asked = state.asked + 1;
  if (asked < pushAnsweredAfter) return { next: { ...state, asked }, error: null };
  if (userNamed(state.user)?.trouble === "push_expires") return startAgain("The authentication request has expired.");
  return { next: { step: "signedIn", user: state.user }, error: null };
}

function startAgain(notice: string): Outcome {
  return { next: { step: "username", notice }, error: null };
}
