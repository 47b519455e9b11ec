import { loansOf, readers } from "./site/loans.ts";
import { loansPage, signInPage } from "./site/pages.ts";

/**
 * A small fictional library, told apart by host as the real one would be: www.cedar-library.localhost has the account,
 * login.cedar-library.localhost the sign-in.
 */
export const sandbox = {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const at = (name: string) => `${url.protocol}//${url.host.replace(/^\w+\./, `${name}.`)}`;
    if (url.hostname.startsWith("login.")) return signIn(request, at("www"));
    if (url.pathname === "/session") {
      const card = codes.get(url.searchParams.get("code") ?? "");
      if (!card) return redirect(`${at("login")}/`);
      const session = crypto.randomUUID();
      sessions.set(session, card);
      return redirect("/account/loans", `library_session=${session}; HttpOnly; Path=/; SameSite=Lax`);
    }
    const card = sessions.get(/library_session=([\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "");
    if (url.pathname === "/api/loans")
      return card
        ? Response.json(loansOf(card, Number(url.searchParams.get("page"))))
        : new Response(null, { status: 401 });
    if (url.pathname.startsWith("/account")) return card ? html(loansPage) : redirect(`${at("login")}/`);
    return redirect("/account/loans");
  },
};

/** One-time codes that bring a reader from the sign-in to the account, and the account's sessions: card numbers by value. */
const codes = new Map<string, string>();
const sessions = new Map<string, string>();

async function signIn(request: Request, www: string): Promise<Response> {
  if (request.method !== "POST") return html(signInPage(""));
  const form = new URLSearchParams(await request.text());
  const card = form.get("card-number") ?? "";
  const reader = readers.get(card);
  if (!reader || reader.pin !== form.get("pin")) return html(signInPage("Card number or PIN is not right."));
  if (reader.isBlocked) return html(signInPage("This card is blocked. Please come to the desk."));
  const code = crypto.randomUUID();
  codes.set(code, card);
  return redirect(`${www}/session?code=${code}`);
}

function html(page: string): Response {
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function redirect(location: string, cookie?: string): Response {
  return new Response(null, { status: 303, headers: { location, ...(cookie && { "set-cookie": cookie }) } });
}
