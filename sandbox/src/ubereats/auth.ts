import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { giveCookie } from "../site/cookies.ts";
import { Tokens } from "../tokens.ts";
import { appleGrants, appleUrl } from "./apple-id.ts";
import { asksToReturn, grants, returnUrl } from "./oauth.ts";
import { originOf } from "./origins.ts";
import { popupDonePage, refreshPage, signInPage } from "./pages/auth.ts";
import { errorPage } from "./pages/messages.ts";
import { signInScript } from "./scripts/sign-in.ts";
import { advance, type Entry, firstStep, type SignIn, vouchFor } from "./sign-in.ts";

type AuthContext = Context<{ Bindings: Env }>;

const cookieName = "auth_session";
const signIns = new Tokens<SignIn>("uber-auth", 24 * 3600);
const entryTypes = ["identifier", "code", "password"] as const;

/** auth.uber: the sign-in, in place or in a popup, and the silent refresh. */
export const auth = new Hono<{ Bindings: Env }>();

auth.get("/v2/", async (context) => {
  if (!asksToReturn(context.req.url))
    return context.html(errorPage(context.req.url, "This sign-in request is not valid."), 400);
  const state = await readSignIn(context);
  if (state.step === "signedIn") return context.redirect(await done(context, state.user));
  return context.html(signInPage(context.req.url, state.step === "identifier" ? state.notice : null));
});

auth.get("/session/refresh", (context) => context.html(refreshPage(context.req.url)));

/** Takes one entry. The answer says which step follows, or where to go. */
auth.post("/v2/submit-form", async (context) => {
  const entry = readEntry(await context.req.json().catch(() => null));
  if (!entry) return context.json({ error: "Malformed request." }, 400);
  const outcome = await step(context, (state) => advance(state, entry));
  const page = outcome.next.step === "signedIn" ? await done(context, outcome.next.user) : null;
  return context.json({ step: outcome.next.step, error: outcome.error, page }, outcome.error ? 401 : 200);
});

/** The popup's first page: it goes on to the identity provider, which comes back to `/federated/callback`. */
auth.get("/federated/apple", (context) => context.redirect(appleUrl(context.req.url)));

auth.get("/federated/callback", async (context) => {
  const granted = await appleGrants.take(context.env, context.req.query("code"));
  if (!granted) return context.html(errorPage(context.req.url, "This sign-in link is no longer valid."), 400);
  await step(context, () => ({ next: vouchFor(granted.user), error: null }));
  return context.html(popupDonePage(context.req.url));
});

auth.get("/logout", async (context) => {
  await signIns.take(context.env, getCookie(context, cookieName));
  deleteCookie(context, cookieName);
  return context.redirect(`${originOf("www", context.req.url)}/`);
});

auth.get("/static/sign-in.js", (context) =>
  context.body(signInScript, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
);

async function step<Outcome extends { next: SignIn }>(
  context: AuthContext,
  take: (state: SignIn) => Outcome,
): Promise<Outcome> {
  const known = await signIns.change(context.env, getCookie(context, cookieName), take);
  if (known) return known;
  const outcome = take(firstStep);
  giveCookie(context, cookieName, await signIns.issue(context.env, outcome.next), signIns.lifetimeSeconds);
  return outcome;
}

async function readSignIn(context: AuthContext): Promise<SignIn> {
  return (await signIns.read(context.env, getCookie(context, cookieName))) ?? firstStep;
}

async function done(context: AuthContext, user: string): Promise<string> {
  return returnUrl(context.req.url, await grants.issue(context.env, { user }));
}

function readEntry(body: unknown): Entry | null {
  if (typeof body !== "object" || body === null || !("type" in body) || !("value" in body)) return null;
  const type = entryTypes.find((one) => one === body.type);
  return type && typeof body.value === "string" ? { type, value: body.value } : null;
}
