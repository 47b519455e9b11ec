import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { YieldRequest } from "@passage/protocol/yield";
import type { Page } from "playwright-core";

/** One kind of page that people sign in on, as a small real site. */
export interface Kind {
  readonly name: string;
  /** The site's pages by path. What they lack is answered by the calls that all sites have. */
  readonly pages: (secrets: Secrets, hosts: Hosts) => Readonly<Record<string, Answer>>;
  /** A page behind the sign-in. */
  readonly start: string;
  /** Signs in by hand, from the start page on. */
  readonly signIn: (person: Page, typed: Typed) => Promise<unknown>;
  readonly conditions: YieldRequest["conditions"];
  /** What the automation reads then, and what comes of it. Null for a sign-in that cannot be. */
  readonly reads: readonly (readonly [command: string, params: object, result: unknown])[] | null;
}

export type Answer = string | ((request: SiteRequest) => Reply);

export interface SiteRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

/** The origins that a site works with: its own, a sign-in's and another one's. */
export interface Hosts {
  readonly own: string;
  readonly login: string;
  readonly frame: string;
}

export interface Typed {
  readonly user: string;
  readonly password: string;
}

/** What a site and its person must keep, none of it anywhere else in the world. */
export class Secrets {
  readonly typed: Typed = { user: `ada.${letters(6)}`, password: `${letters(6)}-${letters(6)}` };
  readonly session = token();
  readonly csrf = token();
  readonly code = token();
  readonly state = token();
  /** Those that renew each other, in order. */
  readonly bearers = [token(), token(), token()];

  get tokens(): string[] {
    const { session, csrf, code, state, bearers } = this;
    return [session, csrf, code, state, ...bearers];
  }

  isRight(body: string): boolean {
    const { user, password } = Object.fromEntries(
      body.startsWith("{") ? Object.entries(JSON.parse(body)) : new URLSearchParams(body),
    );
    return user === this.typed.user && password === this.typed.password;
  }

  isSignedIn({ headers }: SiteRequest): boolean {
    return headers.cookie?.includes(`sid=${this.session}`) === true;
  }
}

export const bills = [
  { month: "October 2026", amount: "42.50" },
  { month: "September 2026", amount: "39.99" },
];

export const form = (action = "/login", more = "") =>
  `<form method=post action="${action}"><input id=user name=user><input id=password name=password type=password>${more}<button id=go>Sign in</button></form>`;
export const list = `<h1>Bills</h1><ul>${bills.map(({ month, amount }) => `<li>${month}<b>${amount}</b></li>`).join("")}</ul>`;

/** Types into the fields, key by key, and submits. */
export async function fillIn(person: Pick<Page, "locator">, { user, password }: Typed): Promise<void> {
  await person.locator("#user").pressSequentially(user);
  await person.locator("#password").pressSequentially(password);
  await person.locator("#go").click();
}

function token(): string {
  return randomBytes(24).toString("base64url");
}

/** No vowels: no word of a page, a path or a message is made of it. */
function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => "bcdfghjklmnpqrstvwxz"[byte % 20]).join("");
}
