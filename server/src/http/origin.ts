import type { Context } from "hono";
import type { PassageContext } from "./context.ts";

/** Where people reach this server, without a trailing slash. */
export function publicOrigin(c: Context<PassageContext>): string {
  return URL.parse(c.env.PUBLIC_URL ?? c.req.url)?.origin ?? "";
}

export function socketOrigin(c: Context<PassageContext>): string {
  return publicOrigin(c).replace(/^http/, "ws");
}
