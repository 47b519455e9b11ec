import type { Context, MiddlewareHandler } from "hono";
import { Hono } from "hono";
import type { Env } from "./env.ts";
import { sitesOf } from "./sites-object.ts";

/**
 * Writes a row when a request arrives and its status when the answer is ready. The path has no query, because OAuth
 * codes travel there. `callName` names a JSON call by its body; it may read the body through `context.req`.
 */
export function logged(
  callName: (context: Context<{ Bindings: Env }>) => Promise<string | null>,
): MiddlewareHandler<{ Bindings: Env }> {
  return async (context, next) => {
    const sites = sitesOf(context.env);
    const { hostname, pathname } = new URL(context.req.url);
    const call = await callName(context);
    const seq = await sites.logArrival({ method: context.req.method, host: hostname, path: pathname, call });
    await next();
    await sites.logAnswer(seq, context.res.status);
  };
}

/** `GET /log?host=&path=&after=` and `DELETE /log`. */
export const logRoutes = new Hono<{ Bindings: Env }>()
  .get("/log", async (context) => {
    const { host, path, after } = context.req.query();
    const filter = { ...(host && { host }), ...(path && { path }), after: Number(after) || 0 };
    return context.json({ requests: await sitesOf(context.env).readLog(filter) });
  })
  .delete("/log", async (context) => {
    await sitesOf(context.env).clearLog();
    return context.body(null, 204);
  });
