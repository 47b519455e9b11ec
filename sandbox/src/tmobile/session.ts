import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { digest, randomToken, Tokens } from "../tokens.ts";
import type { ScenarioUser } from "../users.ts";

/**
 * A signed-in browser on `www`. `billing` is null until a bill page was opened; then it keeps the hash of the one token
 * that the page's app has minted, null before that.
 */
export type Session = { user: string; billing: { tokenHash: string | null } | null };

export type SignedIn = { Bindings: Env; Variables: { user: ScenarioUser } };

export const sessionCookie = "www_session";
export const sessions = new Tokens<Session>("tmobile-www", 12 * 3600);

/** Each load of a bill page begins anew: the app on it may mint one token. */
export async function openBillPage(context: Context<SignedIn>): Promise<void> {
  await sessions.change(context.env, getCookie(context, sessionCookie), (session) => ({
    next: { ...session, billing: { tokenHash: null } },
  }));
}

/** Mints the billing token of this page; null while an earlier one is live, or when nobody is signed in. */
export async function mintBillingToken(context: Context<SignedIn>): Promise<string | null> {
  const token = randomToken();
  const tokenHash = await digest(token);
  const outcome = await sessions.change(context.env, getCookie(context, sessionCookie), (session) => {
    const refused = Boolean(session.billing?.tokenHash);
    return { next: refused ? session : { ...session, billing: { tokenHash } }, refused };
  });
  return outcome && !outcome.refused ? token : null;
}
