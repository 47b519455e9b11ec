import type { MiddlewareHandler } from "hono";
import { log } from "../log.ts";
import { count, observeDuration } from "../metrics.ts";
import type { PassageContext } from "./context.ts";
import { routeOf } from "./route-of.ts";

/** Asked every few seconds by machines; nobody wants to read of it. */
const unlogged: readonly string[] = ["/healthz", "/metrics"];

/** Counts every request, and logs it where it met a fault of ours or the operator wants all of them. */
export const record: MiddlewareHandler<PassageContext> = async (c, next) => {
  const startedAt = Date.now();
  await next();
  const ms = Date.now() - startedAt;
  const { status } = c.res;
  const route = routeOf(c);
  // What no route has is one row: its method is whatever somebody wrote.
  const method = route === "none" ? "other" : c.req.method;
  count("passage_http_requests_total", { method, route, status });
  const isFault = status >= 500;
  if (isFault) count("passage_http_faults_total", {});
  observeDuration(ms);
  if (!isFault && (c.env.LOG_REQUESTS === undefined || unlogged.includes(route))) return;
  const { caller, requestId, subject } = c.var;
  const fields = { requestId, keyId: caller?.keyId, ...subject, method, route, status, ms };
  log("request", fields, isFault ? "error" : "info");
};
