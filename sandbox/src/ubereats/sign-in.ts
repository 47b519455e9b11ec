import { goodCode, goodPassword } from "../users.ts";
import { dinerNamed, findDiner } from "./users.ts";

/** How far a browser has come on the sign-in host. It names a user of the table, never what was typed. */
export type SignIn =
  | { step: "identifier"; notice: string | null }
  | { step: "code"; user: string; wrongCodes: number }
  | { step: "password"; user: string }
  | { step: "signedIn"; user: string };

/** What a person enters; each kind belongs to one step. */
export type Entry = { type: "identifier" | "code" | "password"; value: string };
export type Outcome = { next: SignIn; error: string | null };

export const firstStep: SignIn = { step: "identifier", notice: null };
/** Four boxes, one digit each, as on the real site. */
export const shortCode = goodCode.slice(0, 4);
const wrongCodesAllowed = 3;

/** The sign-in as a pure step: an entry that does not belong to the current step starts the sign-in again. */
export function advance(state: SignIn, entry: Entry): Outcome {
  if (entry.type === "identifier") return identify(state, entry.value);
  if (entry.type === "code" && state.step === "code") return enterCode(state, entry.value);
  if (entry.type === "password" && state.step === "password") return enterPassword(state, entry.value);
  return startAgain("Your session has timed out. Please start again.");
}

/** The popup's way in: the identity provider has named the user. */
export function vouchFor(user: string): SignIn {
  return { step: "signedIn", user };
}

function identify(state: SignIn, value: string): Outcome {
  const diner = findDiner(value);
  const refuse = (error: string): Outcome => ({ next: state, error });
  if (!diner) return refuse("We couldn't find an account with that phone number or email.");
  if (diner.signIn === "google")
    return refuse("This account signs in with Google. Google does not allow that in a browser inside an app.");
  if (diner.signIn === "passkey")
    return refuse("This account signs in with a passkey. There is no passkey for it in this browser.");
  if (diner.signIn === "apple") return refuse("This account signs in with Apple. Choose Continue with Apple below.");
  if (diner.signIn === "password") return { next: { step: "password", user: diner.name }, error: null };
  return { next: { step: "code", user: diner.name, wrongCodes: 0 }, error: null };
}

function enterCode(state: SignIn & { step: "code" }, value: string): Outcome {
  if (value !== shortCode) {
    const wrongCodes = state.wrongCodes + 1;
    if (wrongCodes >= wrongCodesAllowed) return startAgain("Too many incorrect codes. Please start again.");
    return { next: { ...state, wrongCodes }, error: "The code you entered is incorrect. Check it and try again." };
  }
  if (dinerNamed(state.user)?.signIn === "locked")
    return startAgain("This account has been deactivated. Contact support to appeal.");
  return { next: { step: "signedIn", user: state.user }, error: null };
}

function enterPassword(state: SignIn & { step: "password" }, value: string): Outcome {
  if (value === goodPassword) return { next: { step: "signedIn", user: state.user }, error: null };
  return { next: state, error: "The password you entered is incorrect." };
}

function startAgain(notice: string): Outcome {
  return { next: { step: "identifier", notice }, error: notice };
}
