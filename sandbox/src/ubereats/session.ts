import type { Context } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { giveCookie } from "../site/cookies.ts";
import { Tokens } from "../tokens.ts";
import { cookieDomain } from "./origins.ts";
import { type Diner, dinerNamed } from "./users.ts";

/** The two cookies of the real site: `sid` is the sign-in, `jwt-session` a short pass that a silent refresh renews. */
const sidCookie = "sid";
const passCookie = "jwt-session";
const sidPrefix = "QA.";

/** A trouble that opening the orders again mends is `ahead`, then `here`, then `over`. */
type Pass = { user: string; trouble: "ahead" | "here" | "over" };
export type Session = Pass & { diner: Diner };
export type SignedIn = { Bindings: Env };

const sids = new Tokens<{ user: string }>("ubereats-sid", 30 * 24 * 3600);
const passes = new Tokens<Pass>("ubereats-pass", 8 * 3600);

/** Signs the browser in, or renews its pass when it is the same user's already. */
export async function openSession(context: Context<SignedIn>, user: string): Promise<void> {
  const isRenewal = (await sidUser(context)) === user;
  if (!isRenewal)
    giveCookie(
      context,
      sidCookie,
      sidPrefix + (await sids.issue(context.env, { user })),
      sids.lifetimeSeconds,
      cookieDomain,
    );
  const pass = await passes.issue(context.env, { user, trouble: isRenewal ? "over" : "ahead" });
  giveCookie(context, passCookie, pass, passes.lifetimeSeconds, cookieDomain);
}

/** `refresh`: the sign-in holds, but the pass has run out. */
export async function readSession(context: Context<SignedIn>): Promise<"none" | "refresh" | Session> {
  const user = await sidUser(context);
  const diner = dinerNamed(user);
  if (!diner) return "none";
  const pass = await passes.read(context.env, getCookie(context, passCookie));
  return pass?.user === user ? { ...pass, diner } : "refresh";
}

/** The pass runs out: the next page load renews it. */
export async function endPass(context: Context<SignedIn>): Promise<void> {
  await passes.take(context.env, getCookie(context, passCookie));
}

/** The trouble has come. */
export async function meetTrouble(context: Context<SignedIn>): Promise<void> {
  await passes.change(context.env, getCookie(context, passCookie), (pass) => ({ next: { ...pass, trouble: "here" } }));
}

/** The orders are opened: a trouble that was here is over. */
export async function leaveTrouble(context: Context<SignedIn>): Promise<void> {
  await passes.change(context.env, getCookie(context, passCookie), (pass) => ({
    next: { ...pass, trouble: pass.trouble === "here" ? "over" : pass.trouble },
  }));
}

export async function closeSession(context: Context<SignedIn>): Promise<void> {
  await sids.take(context.env, sidOf(context));
  await endPass(context);
  for (const name of [sidCookie, passCookie]) deleteCookie(context, name, { domain: cookieDomain, path: "/" });
}

async function sidUser(context: Context<SignedIn>): Promise<string | null> {
  return (await sids.read(context.env, sidOf(context)))?.user ?? null;
}

function sidOf(context: Context<SignedIn>): string | undefined {
  const sid = getCookie(context, sidCookie);
  return sid?.startsWith(sidPrefix) ? sid.slice(sidPrefix.length) : undefined;
}
