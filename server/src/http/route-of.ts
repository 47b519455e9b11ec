import type { Context } from "hono";
import { routePath } from "hono/route";

/** The route of a request as the table has it, `none` without one. Never the address itself, which may hold a code or a token. */
export function routeOf(c: Context): string {
  const path = routePath(c, -1);
  return path.includes("*") ? "none" : path;
}
