import type { Context } from "hono";
import { setCookie } from "hono/cookie";

/** Cookies stay on the host that set them. Not `Secure`: the sandbox is served over plain http. */
export function giveCookie(context: Context, name: string, value: string, lifetimeSeconds: number): void {
  setCookie(context, name, value, { httpOnly: true, sameSite: "Lax", path: "/", maxAge: lifetimeSeconds });
}
