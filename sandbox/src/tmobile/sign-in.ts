import { findUser, goodCode, goodPassword, type ScenarioUser, scenarioUsers } from "../users.ts";

/** How far a browser has come on the account host. It names a user of the table, never what was typed. */
export type SignIn =
  | { step: "username"; notice: string | null }
  | { step: "password"; user: string | null }
  | { step: "factor"; user: string }
  | { step: "code"; user: string; wrongCodes: number }
  | { step: "signedIn"; user: string };

/** What a person enters; each kind belongs to one step. */
export type Entry = { type: "username" | "password" | "factor" | "code"; value: string };

export type Outcome = { next: SignIn; error: string | null };

export const firstStep: SignIn = { step: "username", notice: null };
export const factors = ["sms", "authenticator"] as const;

const wrongCodesAllowed = 3;
const looksLikeUsername = /^(\d{10}|\S+@\S+\.\S+|user_\w+)$/;

/** The sign-in as a pure step: an entry that does not belong to the current step starts the sign-in again. */
export function advance(state: SignIn, entry: Entry): Outcome {
  if (entry.type === "username") return enterUsername(state, entry.value);
  if (entry.type === "password" && state.step === "password") return enterPassword(state, entry.value);
  if (entry.type === "factor" && (state.step === "factor" || state.step === "code")) {
    return chooseFactor(state, entry.value);
  }
  if (entry.type === "code" && state.step === "code") return enterCode(state, entry.value);
  return startAgain("Your session has ended. Please log in again.");
}

function enterUsername(state: SignIn, value: string): Outcome {
  if (!looksLikeUsername.test(value.trim())) return { next: state, error: "Enter a valid phone number or email." };
  return { next: { step: "password", user: findUser(value)?.name ?? null }, error: null };
}

// An unknown user name is told apart from a wrong password by nobody, as on the real site.
function enterPassword(state: SignIn & { step: "password" }, value: string): Outcome {
  const user = userNamed(state.user);
  if (!user || value !== goodPassword) {
    return { next: state, error: "The login information you provided is incorrect. Please try again." };
  }
  if (user.signIn === "locked") {
    return { next: state, error: "Your account is locked. Reset your password or contact us to unlock it." };
  }
  return { next: { step: user.signIn === "code" ? "factor" : "signedIn", user: user.name }, error: null };
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

function startAgain(notice: string): Outcome {
  return { next: { step: "username", notice }, error: null };
}

/** The scenario user that a remembered name stands for. */
export function userNamed(name: string | null): ScenarioUser | null {
  return scenarioUsers.find((user) => user.name === name) ?? null;
}
