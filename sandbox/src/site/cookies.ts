import type { Context } from "hono";
import { setCookie } from "hono/cookie";

/**
 * Gives a browser a cookie that scripts cannot read. Not `Secure`: the sandbox is served over plain http.
 * @param domain the site whose hosts all get it; without one it stays on the host that set it.
 */
export function giveCookie(
  context: Context,
  name: string,
  value: string,
  lifetimeSeconds: number,
  domain?: string,
): void {
  const scope = { httpOnly: true, sameSite: "Lax", path: "/", maxAge: lifetimeSeconds } as const;
  setCookie(context, name, value, { ...scope, ...(domain && { domain }) });
}
