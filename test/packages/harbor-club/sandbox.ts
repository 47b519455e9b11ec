/** The club's site: a table from the server at /berths, and an app of one page at /app that asks with bearer tokens. */
export const sandbox = {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const www = `${url.protocol}//${url.host.replace(/^login\./, "www.")}`;
    if (url.hostname.startsWith("login.")) return login(request, www);
    const member = sessions.get(/club=([\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "");
    if (url.pathname === "/auth/token" && request.method === "POST") return token(member);
    if (url.pathname === "/api/visits") return visits(request, url);
    if (!member) return redirect(`${url.protocol}//${url.host.replace(/^www\./, "login.")}/`);
    return page(url.pathname === "/app" ? app : table);
  },
};

const sessions = new Map<string, string>();
const tokens = new Map<string, string>();

async function login(request: Request, www: string): Promise<Response> {
  if (request.method !== "POST") return page(form(""));
  const given = new URLSearchParams(await request.text());
  if (given.get("member") !== "4711" || given.get("password") !== "pass_good")
    return page(form("Member number or password is not right."));
  const session = crypto.randomUUID();
  sessions.set(session, "4711");
  return redirect(`${www}/berths`, `club=${session}; Domain=harbor-club.localhost; HttpOnly; Path=/; SameSite=Lax`);
}

function token(member: string | undefined): Response {
  if (!member) return new Response(null, { status: 401 });
  const accessToken = `${crypto.randomUUID()}.${crypto.randomUUID()}`;
  tokens.set(accessToken, member);
  return Response.json({ accessToken, expiresIn: 600 });
}

function visits(request: Request, url: URL): Response {
  const [, given = ""] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!tokens.has(given)) return new Response(null, { status: 401 });
  const number = Number(url.searchParams.get("page"));
  return Response.json({
    visits: all.slice(number * 2 - 2, number * 2),
    nextPage: number * 2 < all.length ? number + 1 : null,
  });
}

const all = [
  { boat: "Seven Sisters", arrivedOn: "2026-08-02", nights: 3, skipper: "Ada Lovelace" },
  { boat: "Meridian", arrivedOn: "2026-07-19", nights: 1, skipper: "Grace Hopper" },
  { boat: "Kittiwake", arrivedOn: "2026-06-30", nights: 14, skipper: "Mary Somerville" },
];

const form = (error: string) => `<form method="post">
  <p id="error" role="alert">${error}</p>
  <label>Member number <input id="member" name="member" autocomplete="username"></label>
  <label>Password <input id="password" name="password" type="password" autocomplete="current-password"></label>
  <button id="sign-in">Sign in</button>
</form>`;

const table = `<table id="berths"><thead><tr><th>Berth</th><th>Length</th><th>Yearly fee</th></tr></thead><tbody>
  <tr><td>A 12</td><td>11.5 m</td><td>$1,840.00</td></tr>
  <tr><td>C 3</td><td>8 m</td><td>$990.50</td></tr>
</tbody></table><p>Member since 1999</p>`;

const app = `<main id="app">Loading …</main>
<script type="module">
  const { accessToken } = await (await fetch("/auth/token", { method: "POST" })).json();
  const headers = { authorization: "Bearer " + accessToken };
  const { visits } = await (await fetch("/api/visits?page=1", { headers })).json();
  document.querySelector("#app").textContent = visits.map((one) => one.boat).join(", ");
</script>`;

function page(body: string): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Harbor Club</title><h1>Harbor Club</h1>${body}</html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function redirect(location: string, cookie?: string): Response {
  return new Response(null, { status: 303, headers: { location, ...(cookie && { "set-cookie": cookie }) } });
}
