import { randomBytes } from "node:crypto";
import { type Answer, type Reply, Secrets, type SiteRequest, type Typed } from "../sites/kind.ts";
import { type Subject, subjectsOf } from "./subject.ts";

/** What a page has that is often taken for a secret, or holds one. */
export type Trait = "CSRF token" | "token in storage" | "empty password field";

/** A site as one stack makes them: its sign-in, its four pages, its tokens. */
export interface Template {
  readonly name: string;
  /** The conventions that it follows: names of fields, cookies, headers and stores. */
  readonly follows: string;
  readonly traits: readonly Trait[];
  /** Where a person changes their password: a form that is closed, with empty fields. Its page has the trait of an empty password field. */
  readonly passwordForm?: (tokens: Tokens) => string;
  /** The sign-in form's own hidden fields. */
  readonly signInFields?: (tokens: Tokens) => string;
  /** The cookies and the JSON that a sign-in brings. JSON: the page's own script posts the form and keeps what it gets. */
  readonly signedIn: (tokens: Tokens) => { readonly cookies: readonly string[]; readonly json?: object };
  /** A script of the sign-in page that keeps the JSON, as `result`. */
  readonly keep?: (tokens: Tokens) => string;
  readonly page: (parts: PageParts, tokens: Tokens) => string;
  /** How its API writes the rows; without it, there is none. */
  readonly api?: (subject: Subject, tokens: Tokens) => unknown;
}

export interface PageParts {
  readonly subject: Subject;
  /** The table, or for an application where its script draws it. */
  readonly main: string;
  /** The closed form for another password, on the page that has it. */
  readonly passwordForm: string;
}

/** A site's tokens: nobody can guess them. A new one each time for what a stack makes anew for each page. */
export class Tokens {
  readonly secrets = new Secrets();
  readonly made: string[] = [];
  /** Tokens that stay the same for a site, by name. */
  readonly #kept = new Map<string, string>();

  base64(bytes = 32): string {
    return this.#make(randomBytes(bytes).toString("base64"));
  }

  base64url(bytes = 32): string {
    return this.#make(randomBytes(bytes).toString("base64url"));
  }

  hex(bytes = 16): string {
    return this.#make(randomBytes(bytes).toString("hex"));
  }

  /** Random, yet it signs nobody in: the state of a page, digests of files, ids of builds. It may leave. */
  state(bytes = 32): string {
    return randomBytes(bytes).toString("base64url");
  }

  jwt(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const random = randomBytes(64).toString("base64url");
    this.made.push(random);
    return `${part({ alg: "RS256", kid: "k1" })}.${part({ iss: "https://id.example", ...claims })}.${random}`;
  }

  kept(name: string, make: () => string): string {
    const value = this.#kept.get(name) ?? make();
    this.#kept.set(name, value);
    return value;
  }

  #make(token: string): string {
    this.made.push(token);
    return token;
  }
}

export interface Site {
  readonly template: Template;
  readonly tokens: Tokens;
  readonly subjects: readonly Subject[];
  readonly typed: Typed;
  readonly pages: Readonly<Record<string, Answer>>;
}

export const passwordPage = "profile";

/** The pages of a template: `/sign-in`, `/enter`, one for each subject, and its API. */
export function siteOf(template: Template): Site {
  const tokens = new Tokens();
  const { secrets } = tokens;
  const subjects = subjectsOf(template.name);
  const session = () => tokens.kept("session", () => tokens.base64url());
  const { cookies, json } = template.signedIn(tokens);
  const isIn = ({ headers }: SiteRequest) => headers.cookie?.includes(session()) === true;
  const setCookies = {
    "set-cookie": [`sid=${session()}; HttpOnly; Path=/`, ...cookies.map((one) => `${one}; Path=/`)],
  };
  const pages: Record<string, Answer> = {
    "/sign-in": signInPage(template, tokens),
    "/enter": ({ body }): Reply => {
      if (!secrets.isRight(body)) return json ? { status: 401 } : seeOther("/sign-in");
      if (!json) return seeOther("/bills", setCookies);
      return { headers: { ...setCookies, "content-type": "application/json" }, body: JSON.stringify(json) };
    },
  };
  for (const subject of subjects) {
    const path = `/${subject.name}`;
    const passwordForm = subject.name === passwordPage ? (template.passwordForm?.(tokens) ?? "") : "";
    const api = template.api;
    const main = `<h1>${subject.heading}</h1>${api ? `<div id=app>…</div>${drawing}` : table(subject)}`;
    pages[path] = (request) =>
      isIn(request)
        ? { body: `<!doctype html>${template.page({ subject, main, passwordForm }, tokens)}` }
        : seeOther("/sign-in");
    if (api)
      pages[`/api${path}`] = (request) =>
        isIn(request)
          ? { headers: { "content-type": "application/json" }, body: JSON.stringify(api(subject, tokens)) }
          : { status: 401 };
  }
  return { template, tokens, subjects, typed: secrets.typed, pages };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Rows as objects, as most APIs write them. */
export function records({ columns, rows }: Subject): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at], cell])));
}

function table({ columns, rows }: Subject): string {
  const cells = (tag: string, texts: readonly string[]) => texts.map((text) => `<${tag}>${escaped(text)}`).join("");
  return `<table><thead><tr>${cells("th", columns)}<tbody>${rows.map((row) => `<tr>${cells("td", row)}`).join("")}</table>`;
}

/** Draws rows, wherever in the response they are. */
const drawing = `<script>
  const draw = (rows) => { const table = document.createElement("table");
    table.innerHTML = "<tbody>"; for (const row of rows) { const line = table.tBodies[0].insertRow();
      for (const cell of Object.values(row)) line.insertCell().textContent = cell }
    document.querySelector("#app").replaceChildren(table) };
  const api = "/api" + location.pathname;</script>`;

function signInPage({ keep, signInFields }: Template, tokens: Tokens): string {
  const fields = `${signInFields?.(tokens) ?? ""}<label>User name <input name=user id=user autocomplete=username></label>
    <label>Password <input name=password id=password type=password></label><button id=go>Sign in</button>`;
  const script = keep
    ? `<script>document.forms[0].onsubmit = async (event) => { event.preventDefault();
        const response = await fetch("/enter", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
        if (!response.ok) return; const result = await response.json(); await (async () => { ${keep(tokens)} })(); location.href = "/bills" }</script>`
    : "";
  return `<!doctype html><title>Sign in</title><form method=post action="/enter">${fields}</form>${script}`;
}

function seeOther(location: string, headers: Reply["headers"] = {}): Reply {
  return { status: 303, headers: { location, ...headers } };
}
