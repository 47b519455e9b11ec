import type { PassageError } from "@passage/protocol/errors";
import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import type { Context } from "hono";
import { problem } from "./problem.ts";

const patterns = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`),
}));

/** What to say of an address that no route has, or not for this method. */
export function refuseUnknown(c: Context): PassageError {
  const { method, path } = c.req;
  const allowed = patterns.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
  if (allowed.length === 0)
    return problem("not_found", `There is no ${method} ${path}. /reference lists what there is.`);
  c.header("allow", [...new Set(allowed)].join(", "));
  return problem("method_not_allowed", `${path} does not take ${method}, but ${allowed.join(" and ")}.`);
}
