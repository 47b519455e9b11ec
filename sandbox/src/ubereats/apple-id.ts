import { Hono } from "hono";
import type { Env } from "../env.ts";
import { Tokens } from "../tokens.ts";
import { goodPassword } from "../users.ts";
import { originOf } from "./origins.ts";
import { appleIdPage } from "./pages/apple-id.ts";
import { errorPage } from "./pages/messages.ts";
import { findDiner } from "./users.ts";

/** Codes that the identity provider gives and the sign-in host takes, once. */
export const appleGrants = new Tokens<{ user: string }>("apple-grant", 60);

/** Where the popup goes to sign in. */
export function appleUrl(requestUrl: string): string {
  const url = new URL("/auth/authorize", originOf("appleId", requestUrl));
  url.search = new URLSearchParams({ client_id: "com.uber.sandbox", redirect_uri: callbackUrl(requestUrl) }).toString();
  return url.href;
}

/** appleid.apple: one page with name and password, an ordinary form, in a window of its own. */
export const appleId = new Hono<{ Bindings: Env }>();

appleId.get("/auth/authorize", (context) => {
  if (context.req.query("redirect_uri") !== callbackUrl(context.req.url))
    return context.html(errorPage(context.req.url, "This sign-in request is not valid."), 400);
  return context.html(appleIdPage(context.req.url, null));
});

appleId.post("/auth/authorize", async (context) => {
  const { accountName, password } = await context.req.parseBody();
  const diner = findDiner(String(accountName ?? ""));
  const isLetIn = diner && diner.signIn !== "locked" && password === goodPassword;
  if (!isLetIn)
    return context.html(appleIdPage(context.req.url, "Check the account information you entered and try again."), 401);
  const code = await appleGrants.issue(context.env, { user: diner.name });
  return context.redirect(`${callbackUrl(context.req.url)}?${new URLSearchParams({ code })}`, 303);
});

function callbackUrl(requestUrl: string): string {
  return `${originOf("auth", requestUrl)}/federated/callback`;
}
