import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { Tokens } from "../tokens.ts";
import { giveCookie } from "./cookies.ts";
import { asksToReturn, oauthCodes, returnUrl } from "./oauth.ts";
import { originOf } from "./origins.ts";
import { errorPage } from "./pages/messages.ts";
import { choosePage, codePage } from "./pages/second-factor.ts";
import { nowherePage, signInPage } from "./pages/sign-in.ts";
import { factorScript } from "./scripts/factor.ts";
import { signInScript } from "./scripts/sign-in.ts";
import { advance, type Entry, firstStep, type SignIn } from "./sign-in.ts";

type AccountContext = Context<{ Bindings: Env }>;

const cookieName = "account_session";
const signIns = new Tokens<SignIn>("tmobile-account", 24 * 3600);

const paths = {
  signIn: "/signin/v2/",
  choose: "/sap/v2/actions/choosemethod",
  code: "/sap/v2/actions/confirmcode",
} as const;

/** account.t-mobile: the sign-in. The OAuth query travels with every step, so nothing about it is remembered here. */
export const account = new Hono<{ Bindings: Env }>();

account.get("/oauth2/v1/auth", async (context) => {
  if (!asksToReturn(context.req.url)) {
    return context.html(errorPage(context.req.url, "This sign-in request is not valid."), 400);
  }
  const state = await readSignIn(context);
  return context.redirect(state.step === "signedIn" ? await done(context, state) : withQuery(context, paths.signIn));
});

account.get(paths.signIn, async (context) => {
  const state = await readSignIn(context);
  if (state.step !== "signedIn") {
    return context.html(signInPage(context.req.url, state.step === "username" ? state.notice : null));
  }
  // Who opened the bare form has nowhere to land: only an OAuth request leads back to the site.
  if (asksToReturn(context.req.url)) return context.redirect(await done(context, state));
  return context.html(nowherePage(context.req.url));
});

account.get(paths.choose, async (context) => {
  const { step } = await readSignIn(context);
  if (step === "factor" || step === "code") return context.html(choosePage(context.req.url));
  return context.redirect(withQuery(context, paths.signIn));
});

account.get(paths.code, async (context) => {
  const { step } = await readSignIn(context);
  if (step === "code") return context.html(codePage(context.req.url));
  return context.redirect(withQuery(context, step === "factor" ? paths.choose : paths.signIn));
});

account.post("/signin/v2/username", (context) => enter(context, "username"));
account.post("/signin/v2/password", (context) => enter(context, "password"));
account.post(paths.choose, (context) => enter(context, "factor"));
account.post(paths.code, (context) => enter(context, "code"));

account.get("/home/dashboard", (context) => context.redirect(`${originOf("www", context.req.url)}/my-account`));

account.get("/logout", async (context) => {
  await signIns.take(context.env, getCookie(context, cookieName));
  deleteCookie(context, cookieName);
  return context.redirect(`${originOf("www", context.req.url)}/`);
});

const script = { "Content-Type": "text/javascript; charset=utf-8" };
account.get("/static/sign-in.js", (context) => context.body(signInScript, 200, script));
account.get("/static/factor.js", (context) => context.body(factorScript, 200, script));

/** Takes one entry. The answer says which step follows, and its page where that is another one. */
async function enter(context: AccountContext, type: Entry["type"]): Promise<Response> {
  const body: unknown = await context.req.json().catch(() => null);
  const value = body && typeof body === "object" && "value" in body ? body.value : null;
  if (typeof value !== "string") return context.json({ error: "Malformed request." }, 400);
  const step = (state: SignIn) => advance(state, { type, value });
  const known = await signIns.change(context.env, getCookie(context, cookieName), step);
  const outcome = known ?? step(firstStep);
  if (!known) giveCookie(context, cookieName, await signIns.issue(context.env, outcome.next), signIns.lifetimeSeconds);
  if (outcome.error) return context.json({ step: outcome.next.step, error: outcome.error, page: null }, 401);
  return context.json({ step: outcome.next.step, error: null, page: await pageOf(context, outcome.next) });
}

async function pageOf(context: AccountContext, state: SignIn): Promise<string | null> {
  if (state.step === "password") return null;
  if (state.step === "username") return withQuery(context, paths.signIn);
  if (state.step === "factor") return withQuery(context, paths.choose);
  if (state.step === "code") return withQuery(context, paths.code);
  return done(context, state);
}

async function done(context: AccountContext, { user }: SignIn & { step: "signedIn" }): Promise<string> {
  if (!asksToReturn(context.req.url)) return paths.signIn;
  return returnUrl(context.req.url, await oauthCodes.issue(context.env, { user }));
}

async function readSignIn(context: AccountContext): Promise<SignIn> {
  return (await signIns.read(context.env, getCookie(context, cookieName))) ?? firstStep;
}

function withQuery(context: AccountContext, path: string): string {
  return path + new URL(context.req.url).search;
}
