import { goodCode, goodPassword } from "../users.ts";
import { findReader } from "./users.ts";

/** Where a browser's sign-in stands; `code` waits for the one-time code of that user. */
export type SignIn = { step: "code" | "signedIn"; user: string };

/** Name and password at once. */
export function enterPassword(email: string, password: string): SignIn | { error: string } {
  const reader = findReader(email);
  if (!reader || password !== goodPassword) return { error: "The email or the password is wrong." };
  if (reader.signIn === "locked") return { error: "This account is locked. Write to us to unlock it." };
  return { step: reader.signIn === "code" ? "code" : "signedIn", user: reader.name };
}

export function enterCode({ user }: SignIn, code: string): SignIn | { error: string } {
  return code.trim() === goodCode ? { step: "signedIn", user } : { error: "That code is not right. Try again." };
}
