import type { Context } from "hono";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  // Keys, codes, tokens and results: for the caller alone.
  "cache-control": "no-store",
} as const;

/** What every answer says to browsers. A page that needs more sets its own policy first. */
export function setSecurityHeaders(c: Context<PassageContext>): void {
  // One of another server, or a file's, is not changed: what is set is set on a copy.
  if (isFixed(c.res.headers)) c.res = new Response(c.res.body, c.res);
  const { headers } = c.res;
  headers.set("x-request-id", c.get("requestId"));
  const isForOthers = c.req.path.startsWith("/link/");
  const defaults = { ...always, "cross-origin-resource-policy": isForOthers ? "cross-origin" : "same-origin" };
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  if (publicOrigin(c).startsWith("https:")) headers.set("strict-transport-security", "max-age=31536000");
}

function isFixed(headers: Headers): boolean {
  try {
    headers.delete("x-request-id");
    return false;
  } catch {
    return true;
  }
}
