import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Answer, bills, type Kind, type Reply, Secrets, type SiteRequest } from "./kind.ts";

export interface Served {
  readonly kind: Kind;
  readonly secrets: Secrets;
  readonly start: string;
}

/** Serves all kinds on one port, told apart by host: `<kind>.localhost`, `login-<kind>.localhost`, `frame-<kind>.localhost`. */
export async function serveKinds(kinds: readonly Kind[]): Promise<{ readonly sites: Served[]; stop(): Promise<void> }> {
  const apps = new Map<string, string>();
  for (const name of ["react", "vue", "angular"]) apps.set(`/${name}.js`, await bundle(name));
  const hosts = new Map<string, { secrets: Secrets; pages: Readonly<Record<string, Answer>> }>();
  const { port, stop } = await serve((request) => {
    const site = hosts.get(request.url.host.replace(/^(login|frame)-/, ""));
    const script = apps.get(request.url.pathname);
    if (script !== undefined) return { body: script, headers: { "content-type": "text/javascript" } };
    return site && answerOf(site, request);
  });
  const sites = kinds.map((kind) => {
    const host = `${kind.name.toLowerCase().replace(/[^a-z]+/g, "-")}.localhost:${port}`;
    const secrets = new Secrets();
    const origins = { own: `http://${host}`, login: `http://login-${host}`, frame: `http://frame-${host}` };
    hosts.set(host, { secrets, pages: kind.pages(secrets, origins) });
    return { kind, secrets, start: origins.own + kind.start };
  });
  return { sites, stop };
}

/** An HTTP server on a free port of this machine, for all hosts. What `respond` has no reply for is 404. */
export async function serve(
  respond: (request: SiteRequest) => Reply | undefined,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const { method = "GET", headers: asked } = request;
    const reply = respond({ method, url, body: await text(request), headers: asked });
    const { status = 200, headers = {}, body = "" } = reply ?? { status: 404 };
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerOf(site: { secrets: Secrets; pages: Readonly<Record<string, Answer>> }, request: SiteRequest): Reply {
  const own = site.pages[request.url.pathname];
  if (own !== undefined) return typeof own === "string" ? { body: `<!doctype html>${own}` } : own(request);
  const { secrets } = site;
  if (request.url.pathname === "/login" && request.method === "POST")
    return secrets.isRight(request.body)
      ? { headers: { "set-cookie": `sid=${secrets.session}; HttpOnly; Path=/` } }
      : { status: 401 };
  if (request.url.pathname === "/api/bills")
    return secrets.isSignedIn(request)
      ? { headers: { "content-type": "application/json" }, body: JSON.stringify({ bills }) }
      : { status: 401 };
  return { status: 404 };
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`apps/${name}.js`, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  return outputFiles[0]?.text ?? "";
}
