import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { script } from "../site/app.ts";
import { type Brand, originOf } from "../site/brand.ts";
import { giveCookie } from "../site/cookies.ts";
import type { Content } from "../site/layout.ts";
import { blockedPage, errorPage } from "../site/messages.ts";
import { Tokens } from "../tokens.ts";
import { approvalScript, entryScript } from "./entry-script.ts";
import type { OAuth } from "./oauth.ts";
import { nowherePage } from "./pages.ts";
import { advance, type Entry, firstStep, type SignIn } from "./steps.ts";

type HostContext = Context<{ Bindings: Env }>;
type ShownStep = Exclude<SignIn["step"], "signedIn" | "blocked">;

/** What a brand's sign-in host is made of. */
export interface SignInSite {
  readonly brand: Brand;
  readonly oauth: OAuth;
  readonly authorizePath: string;
  /** The page of each step. Steps with the same path are one page, which goes on in place. */
  readonly pages: Readonly<Record<ShownStep, { path: string; render(url: string, notice: string | null): Content }>>;
  /** Where the entries are posted, as `{value}`. */
  readonly entries: Readonly<Record<Entry["type"], string>>;
  /** The page's script where username and password are one page. */
  readonly twoStepScript?: string;
}

const cookieName = "account_session";

/** A sign-in host. The OAuth query travels with every step, so nothing about it is remembered here. */
export function signInHost(site: SignInSite): Hono<{ Bindings: Env }> {
  const { brand, oauth, pages, entries } = site;
  const signIns = new Tokens<SignIn>(`${brand.id}-account`, 24 * 3600);
  const host = new Hono<{ Bindings: Env }>();

  const read = async (context: HostContext) =>
    (await signIns.read(context.env, getCookie(context, cookieName))) ?? firstStep;

  /** Where a browser at this step belongs. */
  const pageOf = async (context: HostContext, state: SignIn): Promise<string> => {
    if (state.step === "blocked") return "/blocked";
    if (state.step !== "signedIn") return pages[state.step].path + new URL(context.req.url).search;
    // Who opened the bare form has nowhere to land: only an OAuth request leads back to the site.
    if (!oauth.asksToReturn(context.req.url)) return pages.username.path;
    return oauth.returnUrl(context.req.url, await oauth.codes.issue(context.env, { user: state.user }));
  };

  host.get(site.authorizePath, async (context) => {
    if (!oauth.asksToReturn(context.req.url)) {
      return context.html(errorPage(brand, context.req.url, "This sign-in request is not valid."), 400);
    }
    const state = await read(context);
    // A reload in the middle begins at the form again, as on the real sites.
    return context.redirect(await pageOf(context, state.step === "signedIn" ? state : firstStep));
  });

  for (const path of new Set(Object.values(pages).map((page) => page.path))) {
    host.get(path, async (context) => {
      const state = await read(context);
      const { url } = context.req;
      if (path === pages.username.path) {
        if (state.step !== "signedIn") {
          return context.html(pages.username.render(url, state.step === "username" ? state.notice : null));
        }
        if (!oauth.asksToReturn(url)) return context.html(nowherePage(brand, url));
      }
      const shown = stepsAt(path).find((step) => step === state.step || (step === "factor" && state.step === "code"));
      return shown ? context.html(pages[shown].render(url, null)) : context.redirect(await pageOf(context, state));
    });
  }

  for (const [type, path] of Object.entries(entries) as [Entry["type"], string][]) {
    host.post(path, async (context) => {
      const body: unknown = await context.req.json().catch(() => null);
      const value = body && typeof body === "object" && "value" in body ? body.value : null;
      if (typeof value !== "string") return context.json({ error: "Malformed request." }, 400);
      const step = (state: SignIn) => advance(state, { type, value }, site.brand.secondFactor);
      const known = await signIns.change(context.env, getCookie(context, cookieName), step);
      const { next, error } = known ?? step(firstStep);
      if (!known) giveCookie(context, cookieName, await signIns.issue(context.env, next), signIns.lifetimeSeconds);
      if (error) return context.json({ step: next.step, error, page: null }, 401);
      const inPlace = next.step === "password" && pages.password.path === pages.username.path;
      return context.json({ step: next.step, error: null, page: inPlace ? null : await pageOf(context, next) });
    });
  }

  host.get("/blocked", async (context) => {
    await signIns.take(context.env, getCookie(context, cookieName));
    return context.html(blockedPage(brand, context.req.url), 418);
  });
  host.get("/home/dashboard", (context) =>
    context.redirect(`${originOf(brand, "www", context.req.url)}${brand.start}`),
  );
  host.get("/logout", async (context) => {
    await signIns.take(context.env, getCookie(context, cookieName));
    deleteCookie(context, cookieName);
    return context.redirect(`${originOf(brand, "www", context.req.url)}/`);
  });
  host.get("/static/entry.js", script(entryScript));
  host.get("/static/approval.js", script(approvalScript(entries.approval)));
  if (site.twoStepScript) host.get("/static/sign-in.js", script(site.twoStepScript));
  return host;

  function stepsAt(path: string): ShownStep[] {
    return (Object.keys(pages) as ShownStep[]).filter((step) => pages[step].path === path);
  }
}
