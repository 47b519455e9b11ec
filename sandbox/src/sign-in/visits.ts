import { type Context, Hono, type MiddlewareHandler } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { type Brand, originOf } from "../site/brand.ts";
import { giveCookie } from "../site/cookies.ts";
import { errorPage } from "../site/messages.ts";
import { digest, randomToken, Tokens } from "../tokens.ts";
import { type ScenarioUser, userNamed } from "../users.ts";
import type { PaymentMethod } from "../wallet/methods.ts";
import type { OAuth } from "./oauth.ts";

/** A browser that is signed in on `www`. What it changes is its own: two tests as one user do not meet. */
export type Session = {
  user: string;
  /** The saved payment methods; null until the first change. */
  wallet: PaymentMethod[] | null;
  /** T-Mobile's bill page: null until it was opened, then the hash of the one token that the page's app has minted. */
  billing: { tokenHash: string | null } | null;
};
export type SignedIn = { Bindings: Env; Variables: { user: ScenarioUser } };

const sessionCookie = "www_session";
const visitorCookie = "www_visitor";

/** The sign-in as `www` sees it: whoever is not signed in is sent to the sign-in host and back. */
export class Visits {
  readonly #brand: Brand;
  readonly #oauth: OAuth;
  readonly #sessions: Tokens<Session>;
  /** A sign-in under way: which browser began it, and the page that it wanted. */
  readonly #begun: Tokens<{ visitor: string; returnTo: string }>;

  constructor(brand: Brand, oauth: OAuth) {
    this.#brand = brand;
    this.#oauth = oauth;
    this.#sessions = new Tokens(`${brand.id}-www`, 12 * 3600);
    this.#begun = new Tokens(`${brand.id}-oauth-state`, 3600);
  }

  /** Lets a signed-in browser through, with its user; begins a sign-in for any other. */
  readonly guard: MiddlewareHandler<SignedIn> = async (context, next) => {
    const user = userNamed((await this.session(context))?.user ?? null);
    if (!user) return this.begin(context, new URL(context.req.url).pathname);
    context.set("user", user);
    return next();
  };

  session(context: Context<SignedIn>): Promise<Session | null> {
    return this.#sessions.read(context.env, getCookie(context, sessionCookie));
  }

  change<Outcome extends { next: Session }>(
    context: Context<SignedIn>,
    step: (session: Session) => Outcome,
  ): Promise<Outcome | null> {
    return this.#sessions.change(context.env, getCookie(context, sessionCookie), step);
  }

  async begin(context: Context<SignedIn>, returnTo: string): Promise<Response> {
    const visitor = getCookie(context, visitorCookie) ?? randomToken();
    giveCookie(context, visitorCookie, visitor, this.#begun.lifetimeSeconds);
    const state = await this.#begun.issue(context.env, { visitor: await digest(visitor), returnTo });
    return context.redirect(this.#oauth.authorizeUrl(context.req.url, state));
  }

  /** The way back from the sign-in host, and the way out. */
  routes(): Hono<SignedIn> {
    const routes = new Hono<SignedIn>();
    routes.get("/oauth/callback", async (context) => {
      const { code, state } = context.req.query();
      const begun = await this.#begun.take(context.env, state);
      const visitor = getCookie(context, visitorCookie);
      const granted = begun && visitor && begun.visitor === (await digest(visitor)) ? begun : null;
      const signIn = granted && (await this.#oauth.codes.take(context.env, code));
      if (!signIn)
        return context.html(errorPage(this.#brand, context.req.url, "This sign-in link is no longer valid."), 400);
      const session = await this.#sessions.issue(context.env, { user: signIn.user, wallet: null, billing: null });
      giveCookie(context, sessionCookie, session, this.#sessions.lifetimeSeconds);
      return context.redirect(granted.returnTo);
    });
    routes.get(this.#brand.logout, async (context) => {
      await this.#sessions.take(context.env, getCookie(context, sessionCookie));
      deleteCookie(context, sessionCookie);
      return context.redirect(`${originOf(this.#brand, "signIn", context.req.url)}/logout`);
    });
    return routes;
  }
}
