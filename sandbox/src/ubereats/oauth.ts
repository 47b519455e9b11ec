import { Tokens } from "../tokens.ts";
import { originOf } from "./origins.ts";

/** Codes that the sign-in host gives and `www` takes, once. */
export const grants = new Tokens<{ user: string }>("ubereats-grant", 60);

/** Where `www` sends a browser: the sign-in, or the page that renews a pass and returns on its own. */
export function authUrl(requestUrl: string, page: "/v2/" | "/session/refresh", state: string): string {
  const url = new URL(page, originOf("auth", requestUrl));
  url.search = new URLSearchParams({ next_url: callbackUrl(requestUrl), state }).toString();
  return url.href;
}

/** Whether the query of this URL asks to return to `www`. */
export function asksToReturn(requestUrl: string): boolean {
  const query = new URL(requestUrl).searchParams;
  return query.get("next_url") === callbackUrl(requestUrl) && Boolean(query.get("state"));
}

/** Back to `www` with a code, for the sign-in that the query of this URL asks for. */
export function returnUrl(requestUrl: string, code: string): string {
  const url = new URL(callbackUrl(requestUrl));
  const state = new URL(requestUrl).searchParams.get("state") ?? "";
  url.search = new URLSearchParams({ code, state }).toString();
  return url.href;
}

function callbackUrl(requestUrl: string): string {
  return `${originOf("www", requestUrl)}/login-redirect`;
}
