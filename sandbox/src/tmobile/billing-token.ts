import type { Context } from "hono";
import type { SignedIn, Visits } from "../sign-in/visits.ts";
import { digest, randomToken } from "../tokens.ts";

/** Each load of a bill page begins anew: the app on it may mint one token. */
export async function openBillPage(visits: Visits, context: Context<SignedIn>): Promise<void> {
  await visits.change(context, (session) => ({ next: { ...session, billing: { tokenHash: null } } }));
}

/** Mints the billing token of this page; null while an earlier one is live, or when nobody is signed in. */
export async function mintBillingToken(visits: Visits, context: Context<SignedIn>): Promise<string | null> {
  const token = randomToken();
  const tokenHash = await digest(token);
  const outcome = await visits.change(context, (session) => {
    const refused = Boolean(session.billing?.tokenHash);
    return { next: refused ? session : { ...session, billing: { tokenHash } }, refused };
  });
  return outcome && !outcome.refused ? token : null;
}
