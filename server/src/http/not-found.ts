import type { PassageError } from "@passage/protocol/errors";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { Context, MiddlewareHandler } from "hono";
import type { PassageContext } from "./context.ts";
import { problem } from "./problem.ts";

const patterns = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`),
}));

/** Refuses an address that cannot be read: several Host headers, one that is no host, a path that is not percent-encoded UTF-8. */
export const refuseUnreadable: MiddlewareHandler<PassageContext> = async (c, next) => {
  const address = URL.parse(c.req.url);
  // `OPTIONS *` is read as a host that ends in an asterisk.
  if (!address || !/^[\w.:[\]-]+$/.test(address.hostname))
    throw problem("malformed_request", "Send one Host header, with the host and port of this server.");
  try {
    decodeURIComponent(address.pathname);
  } catch {
    throw problem("malformed_request", "The path is not percent-encoded UTF-8.");
  }
  await next();
};

/** What to say of an address that no route has, or not for this method. */
export function refuseUnknown(c: Context): PassageError {
  const { method, path } = c.req;
  const allowed = patterns.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
  if (allowed.length === 0)
    return problem("not_found", `There is no ${method} ${path}. /reference lists what there is.`);
  c.header("allow", [...new Set(allowed)].join(", "));
  return problem("method_not_allowed", `${path} does not take ${method}, but ${allowed.join(" and ")}.`);
}
