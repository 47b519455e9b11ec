import { Hono } from "hono";
import type { Env } from "../env.ts";
import { logged } from "../request-log.ts";
import { account } from "./account.ts";
import { billingCallName } from "./billing-calls.ts";
import { hosts, originOf } from "./origins.ts";
import { errorPage, notFoundPage } from "./pages/messages.ts";
import { www } from "./www.ts";

/** T-Mobile: the apex only redirects, `www` has the account and the bills, `account` has the sign-in. */
export const tmobile = new Hono<{ Bindings: Env }>({
  getPath: (request) => {
    const { hostname, pathname } = new URL(request.url);
    return `/${hostname}${pathname === "/" ? "" : pathname}`;
  },
});

tmobile.use(logged(billingCallName));
tmobile.use(async (context, next) => {
  await next();
  context.header("Cache-Control", "no-store");
});
tmobile.all(`/${hosts.apex}/*`, (context) => {
  const { pathname, search } = new URL(context.req.url);
  return context.redirect(originOf("www", context.req.url) + pathname + search);
});
tmobile.route(`/${hosts.www}`, www);
tmobile.route(`/${hosts.account}`, account);
tmobile.notFound((context) => context.html(notFoundPage(context.req.url), 404));
tmobile.onError((error, context) => {
  // An error's message may quote what a person typed (a JSON parser's does), so its name is all that is shown.
  console.error(`sandbox: ${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
  return context.html(errorPage(context.req.url, "Something went wrong on our side."), 500);
});
