import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import { digest, randomToken, Tokens } from "../tokens.ts";
import { billingCalls } from "./billing-calls.ts";
import { giveCookie } from "./cookies.ts";
import { authorizeUrl, oauthCodes } from "./oauth.ts";
import { originOf } from "./origins.ts";
import { dashboardPage, overviewPage } from "./pages/account-area.ts";
import { billPage } from "./pages/bill.ts";
import { homePage } from "./pages/home.ts";
import { errorPage } from "./pages/messages.ts";
import { billAppScript } from "./scripts/bill-app.ts";
import { briteBillScript } from "./scripts/britebill.ts";
import { openBillPage, type SignedIn, sessionCookie, sessions } from "./session.ts";
import { userNamed } from "./sign-in.ts";

type WwwContext = Context<SignedIn>;

const visitorCookie = "www_visitor";
const dashboard = "/my-account/dashboard";
/** A sign-in under way: which browser began it, and the page that it wanted. */
const oauthStates = new Tokens<{ visitor: string; returnTo: string }>("tmobile-oauth-state", 3600);

/** www.t-mobile: the account area and the bills. Whoever is not signed in is sent to the account host and back. */
export const www = new Hono<SignedIn>();

www.get("/", (context) => context.html(homePage(context.req.url)));
www.get("/signin", (context) => beginSignIn(context, dashboard));

www.get("/oauth/callback", async (context) => {
  const { code, state } = context.req.query();
  const begun = await oauthStates.take(context.env, state);
  const visitor = getCookie(context, visitorCookie);
  const granted = begun && visitor && begun.visitor === (await digest(visitor)) ? begun : null;
  const signIn = granted && (await oauthCodes.take(context.env, code));
  if (!signIn) return context.html(errorPage(context.req.url, "This sign-in link is no longer valid."), 400);
  const session = await sessions.issue(context.env, { user: signIn.user, billing: null });
  giveCookie(context, sessionCookie, session, sessions.lifetimeSeconds);
  return context.redirect(granted.returnTo);
});

www.get("/logout", async (context) => {
  await sessions.take(context.env, getCookie(context, sessionCookie));
  deleteCookie(context, sessionCookie);
  return context.redirect(`${originOf("account", context.req.url)}/logout`);
});

for (const area of ["/account", "/account/*", "/my-account", "/my-account/*", "/bill/*"]) {
  www.get(area, async (context, next) => {
    const session = await sessions.read(context.env, getCookie(context, sessionCookie));
    const user = userNamed(session?.user ?? null);
    if (!user) return beginSignIn(context, pathOf(context));
    context.set("user", user);
    return next();
  });
}
www.get("/account", (context) => context.redirect(dashboard));
www.get("/account/dashboard", (context) => context.redirect(dashboard));
www.get("/account/account-overview", (context) => context.html(overviewPage(context.req.url, context.var.user)));
www.get("/my-account", (context) => context.redirect(dashboard));
www.get(dashboard, (context) => context.html(dashboardPage(context.req.url, context.var.user)));
www.get("/bill/summary/:account?", showBills);
www.get("/bill/historical", showBills);

www.route("/", billingCalls);

const script = { "Content-Type": "text/javascript; charset=utf-8" };
www.get("/static/bill-app.js", (context) => context.body(billAppScript, 200, script));
www.get("/static/britebill.js", (context) => context.body(briteBillScript, 200, script));

async function showBills(context: WwwContext): Promise<Response> {
  await openBillPage(context);
  return context.html(billPage(context.req.url));
}

async function beginSignIn(context: WwwContext, returnTo: string): Promise<Response> {
  const visitor = getCookie(context, visitorCookie) ?? randomToken();
  giveCookie(context, visitorCookie, visitor, oauthStates.lifetimeSeconds);
  const state = await oauthStates.issue(context.env, { visitor: await digest(visitor), returnTo });
  return context.redirect(authorizeUrl(context.req.url, state));
}

function pathOf(context: WwwContext): string {
  return new URL(context.req.url).pathname;
}
