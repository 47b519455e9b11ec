import { Hono } from "hono";
import type { Env } from "../env.ts";
import { logged } from "../request-log.ts";
import { appleId } from "./apple-id.ts";
import { auth } from "./auth.ts";
import { callName } from "./calls.ts";
import { hosts, originOf } from "./origins.ts";
import { errorPage, notFoundPage } from "./pages/messages.ts";
import { www } from "./www.ts";

/** Names whose hosts are this site's. */
export const ubereatsDomains = ["ubereats.localhost", "uber.localhost", "appleid.apple.localhost"];

/** Uber Eats: `www` has the orders, another site's `auth` has the sign-in, and a third one opens in a popup. */
export const ubereats = new Hono<{ Bindings: Env }>({
  getPath: (request) => {
    const { hostname, pathname } = new URL(request.url);
    return `/${hostname}${pathname === "/" ? "" : pathname}`;
  },
});

ubereats.use(logged(callName));
ubereats.use(async (context, next) => {
  await next();
  context.header("Cache-Control", "no-store");
});
ubereats.all(`/${hosts.apex}/*`, (context) => {
  const { pathname, search } = new URL(context.req.url);
  return context.redirect(originOf("www", context.req.url) + pathname + search);
});
ubereats.route(`/${hosts.www}`, www);
ubereats.route(`/${hosts.auth}`, auth);
ubereats.route(`/${hosts.appleId}`, appleId);
ubereats.notFound((context) => context.html(notFoundPage(context.req.url), 404));
ubereats.onError((error, context) => {
  // An error's message may quote what a person typed (a JSON parser's does), so its name is all that is shown.
  console.error(`sandbox: ${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
  return context.html(errorPage(context.req.url, "Something went wrong on our side."), 500);
});
