import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { giveCookie } from "../site/cookies.ts";
import { digest, randomToken, Tokens } from "../tokens.ts";
import { calls } from "./calls.ts";
import { authUrl, grants } from "./oauth.ts";
import { originOf } from "./origins.ts";
import { homePage } from "./pages/home.ts";
import { errorPage, notFoundPage } from "./pages/messages.ts";
import { ordersPage } from "./pages/orders.ts";
import { storePicture } from "./pages/store-picture.ts";
import { ordersAppScript } from "./scripts/orders-app.ts";
import { closeSession, leaveTrouble, openSession, readSession, type SignedIn } from "./session.ts";
import { stores } from "./stores.ts";

type WwwContext = Context<SignedIn>;

const visitorCookie = "dId";
/** A sign-in under way: which browser began it, and the page that it wanted. */
const signIns = new Tokens<{ visitor: string; returnTo: string }>("ubereats-sign-in", 3600);

/** www.ubereats: the orders. Whoever is not signed in is sent to the sign-in host and back. */
export const www = new Hono<SignedIn>();

www.get("/", (context) => context.html(homePage(context.req.url)));

for (const path of ["/orders", "/:locale{[a-z]{2}(-[a-z]{2})?}/orders"])
  www.get(path, async (context) => {
    const session = await readSession(context);
    if (session === "none") return beginSignIn(context, "/v2/");
    if (session === "refresh") return beginSignIn(context, "/session/refresh");
    await leaveTrouble(context);
    return context.html(ordersPage(context.req.url));
  });

www.get("/login-redirect", async (context) => {
  const { code, state } = context.req.query();
  const begun = await signIns.take(context.env, state);
  const visitor = getCookie(context, visitorCookie);
  const isSameBrowser = begun && visitor && begun.visitor === (await digest(visitor));
  const granted = isSameBrowser ? await grants.take(context.env, code) : null;
  if (!begun || !granted) return context.html(errorPage(context.req.url, "This sign-in link is no longer valid."), 400);
  await openSession(context, granted.user);
  return context.redirect(begun.returnTo);
});

www.get("/logout", async (context) => {
  await closeSession(context);
  return context.redirect(`${originOf("auth", context.req.url)}/logout`);
});

www.route("/", calls);

www.get("/static/orders-app.js", (context) =>
  context.body(ordersAppScript, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
);
www.get("/static/store/:file{.+\\.svg}", (context) => {
  const store = stores.find(({ slug }) => `${slug}.svg` === context.req.param("file"));
  if (!store) return context.html(notFoundPage(context.req.url), 404);
  return context.body(storePicture(store), 200, { "Content-Type": "image/svg+xml" });
});

async function beginSignIn(context: WwwContext, page: "/v2/" | "/session/refresh"): Promise<Response> {
  const visitor = getCookie(context, visitorCookie) ?? randomToken();
  giveCookie(context, visitorCookie, visitor, signIns.lifetimeSeconds);
  const { pathname } = new URL(context.req.url);
  const state = await signIns.issue(context.env, { visitor: await digest(visitor), returnTo: pathname });
  return context.redirect(authUrl(context.req.url, page, state));
}
