import type { Secrets } from "./secrets.ts";
import { isSignInPlace, tokensIn } from "./tokens-in-text.ts";

/** Adds the secrets that a document, a body or a message holds. */
export function learnFromText(text: string, where: string, secrets: Secrets, signsIn = false): void {
  for (const { name, value } of tokensIn(text, signsIn))
    if (!secrets.addToken(`${where} ${nameOf(name)}`, value)) secrets.addParts(`${where} ${nameOf(name)}`, value);
}

/** Adds the secrets that an answer of the page's own text carries: no other source may have told of them yet. */
export function learnFrom(result: unknown, secrets: Secrets): void {
  if (typeof result !== "object" || result === null) return;
  const { url } = result as { readonly url?: unknown };
  const signsIn = typeof url === "string" && isSignInPlace(url);
  for (const [field, value] of Object.entries(result)) {
    if (field === "url" || value === null) continue;
    learnFromText(typeof value === "string" ? value : JSON.stringify(value), "the page's", secrets, signsIn);
  }
}

/** Names come from the site: what is not a name is not told. */
export function nameOf(name: string): string {
  return /^[\w.-]{1,64}$/.test(name) ? name : "(unnamed)";
}
