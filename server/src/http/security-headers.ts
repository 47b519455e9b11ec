import type { Context } from "hono";
import type { PassageContext } from "./context.ts";
import { publicOrigin } from "./origin.ts";

/** What every answer says to browsers. A page that needs more sets its own policy first. */
export function setSecurityHeaders(c: Context<PassageContext>): void {
  const defaults: Record<string, string> = {
    "x-request-id": c.get("requestId"),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": c.req.path.startsWith("/link/") ? "cross-origin" : "same-origin",
    // Keys, codes, tokens and results: for the caller alone.
    "cache-control": "no-store",
    ...(publicOrigin(c).startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
  for (const [name, value] of Object.entries(defaults)) if (!c.res.headers.has(name)) c.header(name, value);
}
