import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { log } from "../log.ts";
import { count, observeDuration } from "../metrics.ts";
import type { PassageContext } from "./context.ts";

/** Asked every few seconds by machines; nobody wants to read of it. */
const unlogged: readonly string[] = ["/healthz", "/metrics"];

/**
 * Counts every request, and logs it where the operator wants that: by its route, never by its address, which may hold a claim code
 * or a token.
 */
export const record: MiddlewareHandler<PassageContext> = async (c, next) => {
  const startedAt = Date.now();
  await next();
  const ms = Date.now() - startedAt;
  const { status } = c.res;
  const path = routePath(c, -1);
  // What no route has is one row: its method and address are whatever somebody wrote.
  const [method, route] = path.includes("*") ? ["other", "none"] : [c.req.method, path];
  count("passage_http_requests_total", { method, route, status });
  observeDuration(ms);
  if (c.env.LOG_REQUESTS !== undefined && !unlogged.includes(route))
    log("request", { requestId: c.get("requestId"), method, route, status, ms });
};
