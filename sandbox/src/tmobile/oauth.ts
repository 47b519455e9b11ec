import { Tokens } from "../tokens.ts";
import { originOf } from "./origins.ts";

const clientId = "MYTMO-sandbox-web";

/** Codes that the account host gives and `www` takes, once. */
export const oauthCodes = new Tokens<{ user: string }>("tmobile-oauth-code", 60);

/** Where `www` sends a browser to sign in. */
export function authorizeUrl(requestUrl: string, state: string): string {
  const url = new URL("/oauth2/v1/auth", originOf("account", requestUrl));
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: callbackUrl(requestUrl),
    response_type: "code",
    scope: "openid",
    state,
  }).toString();
  return url.href;
}

/** Whether the query of this URL asks for a sign-in that may return to `www`. */
export function asksToReturn(requestUrl: string): boolean {
  const query = new URL(requestUrl).searchParams;
  return (
    query.get("client_id") === clientId &&
    query.get("redirect_uri") === callbackUrl(requestUrl) &&
    Boolean(query.get("state"))
  );
}

/** Back to `www` with a code, for the sign-in that the query of this URL asks for. */
export function returnUrl(requestUrl: string, code: string): string {
  const url = new URL(callbackUrl(requestUrl));
  const state = new URL(requestUrl).searchParams.get("state") ?? "";
  url.search = new URLSearchParams({ code, state }).toString();
  return url.href;
}

function callbackUrl(requestUrl: string): string {
  return `${originOf("www", requestUrl)}/oauth/callback`;
}
