import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";
import { loansOf, readers } from "./loans.ts";
import { loansPage, signInPage } from "./pages.ts";

/**
 * A small fictional library, told apart by Host as the real one would be: www.cedar-library.localhost has the account,
 * login.cedar-library.localhost the sign-in. Run it with `node examples/library-provider/site/server.ts`.
 */
export async function startLibrary(port = 0): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response)).listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as { port: number };
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://localhost:${address.port}`, stop };
}

/** One-time codes that bring a reader from the sign-in to the account, and the account's sessions: card numbers by value. */
const codes = new Map<string, string>();
const sessions = new Map<string, string>();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host = "" } = request.headers;
  const url = new URL(request.url ?? "/", `http://${host}`);
  const www = `http://www.cedar-library.localhost:${url.port}`;
  const login = `http://login.cedar-library.localhost:${url.port}`;
  if (url.hostname.startsWith("login.")) return signIn(request, response, www);
  if (url.pathname === "/session") {
    const card = codes.get(url.searchParams.get("code") ?? "");
    if (!card) return redirect(response, `${login}/`);
    const session = randomUUID();
    sessions.set(session, card);
    return redirect(response, `${www}/account/loans`, `library_session=${session}; HttpOnly; Path=/; SameSite=Lax`);
  }
  const session = /library_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
  const card = sessions.get(session);
  if (url.pathname === "/api/loans")
    return json(response, card ? loansOf(card, Number(url.searchParams.get("page"))) : null);
  if (url.pathname.startsWith("/account")) return card ? html(response, loansPage) : redirect(response, `${login}/`);
  return redirect(response, `${www}/account/loans`);
}

async function signIn(request: IncomingMessage, response: ServerResponse, www: string): Promise<void> {
  if (request.method !== "POST") return html(response, signInPage(""));
  const form = new URLSearchParams(await text(request));
  const card = form.get("card-number") ?? "";
  const reader = readers.get(card);
  if (!reader || reader.pin !== form.get("pin")) return html(response, signInPage("Card number or PIN is not right."));
  if (reader.isBlocked) return html(response, signInPage("This card is blocked. Please come to the desk."));
  const code = randomUUID();
  codes.set(code, card);
  return redirect(response, `${www}/session?code=${code}`);
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

function html(response: ServerResponse, page: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(value === null ? 401 : 200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function redirect(response: ServerResponse, location: string, cookie?: string): void {
  response.writeHead(302, { location, ...(cookie && { "set-cookie": cookie }) }).end();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await startLibrary(4100);
  console.log(`Cedar Library: ${url.replace("localhost", "www.cedar-library.localhost")}`);
  console.log("Card number 29038001234567, PIN 2468. The card 29038007654321 is blocked; its PIN is 1357.");
}
