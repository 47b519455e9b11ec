import { type Context, Hono } from "hono";
import type { Env } from "../env.ts";
import { logged } from "../request-log.ts";
import type { SignedIn } from "../sign-in/visits.ts";
import { type Brand, originOf } from "./brand.ts";
import { errorPage, notFoundPage } from "./messages.ts";

export interface SiteParts {
  /** The account area. */
  readonly www: Hono<SignedIn>;
  readonly signIn: Hono<{ Bindings: Env }>;
  /** The payment frame. */
  readonly pay: Hono<{ Bindings: Env }>;
  /** Names a JSON call for the log, where its path does not say which one it is. */
  readonly callName?: (context: Context<{ Bindings: Env }>) => Promise<string | null>;
}

/** A brand's hosts as one app: the apex only redirects to `www`. */
export function siteApp(brand: Brand, { www, signIn, pay, callName }: SiteParts): Hono<{ Bindings: Env }> {
  const { hosts } = brand;
  const app = new Hono<{ Bindings: Env }>({
    getPath: (request) => {
      const { hostname, pathname } = new URL(request.url);
      return `/${hostname}${pathname === "/" ? "" : pathname}`;
    },
  });
  app.use(logged(callName ?? (async () => null)));
  app.use(async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  app.all(`/${hosts.apex}/*`, (context) => {
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(originOf(brand, "www", context.req.url) + pathname + search);
  });
  app.route(`/${hosts.www}`, www);
  app.route(`/${hosts.signIn}`, signIn);
  app.route(`/${hosts.pay}`, pay);
  app.notFound((context) => context.html(notFoundPage(brand, context.req.url), 404));
  app.onError((error, context) => {
    // An error's message may quote what a person typed (a JSON parser's does), so its name is all that is shown.
    console.error(`sandbox: ${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
    return context.html(errorPage(brand, context.req.url, "Something went wrong on our side."), 500);
  });
  return app;
}

/** Answers a browser script. */
export function script(text: string) {
  return (context: Context) => context.body(text, 200, { "Content-Type": "text/javascript; charset=utf-8" });
}
