import type { Env } from "./env.ts";
import { sitesOf } from "./sites-object.ts";

/**
 * Secrets of one kind that a site hands to a browser (a cookie value, an OAuth code), each with the value that the site
 * remembers for it. The secret itself exists in the browser only: storage sees its SHA-256.
 */
export class Tokens<Value> {
  readonly #kind: string;
  readonly #lifetimeSeconds: number;

  constructor(kind: string, lifetimeSeconds: number) {
    this.#kind = kind;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  get lifetimeSeconds(): number {
    return this.#lifetimeSeconds;
  }

  async issue(env: Env, value: Value): Promise<string> {
    const token = randomToken();
    const expiresAt = Date.now() + this.#lifetimeSeconds * 1000;
    await sitesOf(env).keepToken(this.#kind, await digest(token), JSON.stringify(value), expiresAt);
    return token;
  }

  async read(env: Env, token: string | undefined): Promise<Value | null> {
    if (!token) return null;
    return parse<Value>(await sitesOf(env).readToken(this.#kind, await digest(token)));
  }

  /** Reads and forgets: for a token that works once, and for signing out. */
  async take(env: Env, token: string | undefined): Promise<Value | null> {
    if (!token) return null;
    return parse<Value>(await sitesOf(env).takeToken(this.#kind, await digest(token)));
  }

  /** Applies `step` to the remembered value. Of two requests at the same time, the second sees the first one's value. */
  async change<Outcome extends { next: Value }>(
    env: Env,
    token: string | undefined,
    step: (value: Value) => Outcome,
  ): Promise<Outcome | null> {
    if (!token) return null;
    const sites = sitesOf(env);
    const hash = await digest(token);
    for (;;) {
      const current = await sites.readToken(this.#kind, hash);
      if (current === null) return null;
      const outcome = step(JSON.parse(current));
      if (await sites.changeToken(this.#kind, hash, current, JSON.stringify(outcome.next))) return outcome;
    }
  }
}

export function randomToken(): string {
  return hex(crypto.getRandomValues(new Uint8Array(24)));
}

export async function digest(secret: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function parse<Value>(stored: string | null): Value | null {
  return stored === null ? null : JSON.parse(stored);
}
