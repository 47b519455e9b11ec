import { join, relative } from "node:path";
import packageFile from "../../package.json" with { type: "json" };
import { cloneFolder } from "../runtime/invocation.ts";
import { type Blueprint, titleOf } from "./scaffold.ts";

/** What makes a provider's folder a package that stands alone, by the names of the files. It comes with a stand-in for its site. */
export function scaffoldPackage(blueprint: Blueprint, folder: string): Record<string, string> {
  return {
    "package.json": json(packageOf(blueprint, folder)),
    "tsconfig.json": json(compiler),
    ".gitignore": ignored,
    ".github/workflows/check.yml": workflow,
    "sandbox.ts": sandbox(blueprint),
  };
}

const ignored = `node_modules/
# The publisher's private key, which signs what this provider may do.
.keys/
# The data of a server that was started here, with its keys.
.passage/
`;

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function packageOf({ id }: Blueprint, folder: string): object {
  // A clone's own packages are not in the registry: they are linked.
  const ours = (place: string) =>
    cloneFolder === null
      ? packageFile.version
      : `file:${relative(folder, join(cloneFolder, place)).replaceAll("\\", "/")}`;
  return {
    name: `${id}-provider`,
    version: "1.0.0",
    type: "module",
    exports: { ".": "./provider.ts", "./sandbox": "./sandbox.ts" },
    files: ["**/*.ts", "!**/*.test.ts", "recordings"],
    scripts: {
      test: "tsc && passage providers test",
      check: "passage providers check",
      start: "passage start --providers .",
    },
    dependencies: { "@passage/providers": ours("providers"), zod: packageFile.dependencies.zod },
    devDependencies: { "@passage/cli": ours("cli"), typescript: "^7.0.2", vitest: "^5.1.1" },
  };
}

const compiler = {
  compilerOptions: {
    target: "ES2024",
    // The DOM's types are for `URL`, and for `Request` and `Response` of the sandbox; "passage providers check" refuses the rest.
    lib: ["ES2024", "DOM", "DOM.Iterable"],
    types: [],
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["*.ts"],
};

const workflow = `name: check
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      - run: npm test
      - run: npm run check
`;

function sandbox({ id }: Blueprint): string {
  return `/**
 * A stand-in for the site, with invented data: what links of test mode open. It runs in the server's workerd and gets every request
 * to a twin of the provider's origins: https://host.any is http://host.localhost there. What it remembers is gone after a restart.
 */
export const sandbox = {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const user = sessions.get(/session=([\\w-]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "");
    if (pathname === "/sign-in") return signIn(request);
    if (pathname === "/api/items") return user ? Response.json({ items }) : new Response(null, { status: 401 });
    if (pathname === "/account" && user) return page("Your account", "<p>Signed in.</p>");
    if (pathname === "/" || pathname === "/account") return redirect("/sign-in");
    return new Response("Not found", { status: 404 });
  },
};

const items = [
  { id: "7", title: "First" },
  { id: "8", title: "Second" },
];
const sessions = new Map<string, string>();

async function signIn(request: Request): Promise<Response> {
  if (request.method !== "POST") return page("Sign in", form(""));
  const given = new URLSearchParams(await request.text());
  if (given.get("username") !== "user_good" || given.get("password") !== "pass_good")
    return page("Sign in", form("User name or password is not right."));
  const session = crypto.randomUUID();
  sessions.set(session, "user_good");
  return redirect("/account", \`session=\${session}; HttpOnly; Path=/; SameSite=Lax\`);
}

const form = (error: string) => \`<form method="post">
  <p id="error" role="alert">\${error}</p>
  <label>User name <input id="username" name="username" autocomplete="username"></label>
  <label>Password <input id="password" name="password" type="password" autocomplete="current-password"></label>
  <button>Sign in</button>
</form>\`;

function page(title: string, body: string): Response {
  const html = \`<!doctype html><meta charset="utf-8"><title>\${title} · ${titleOf(id)}</title><h1>\${title}</h1>\${body}\`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function redirect(location: string, cookie?: string): Response {
  return new Response(null, { status: 303, headers: { location, ...(cookie && { "set-cookie": cookie }) } });
}
`;
}
