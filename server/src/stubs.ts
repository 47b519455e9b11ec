import type { Directory } from "./directory/directory.ts";
import type { Env } from "./env.ts";
import type { Attempts } from "./organization/attempts/attempts.ts";
import type { Keys } from "./organization/keys/keys.ts";
import type { Links } from "./organization/links/links.ts";
import type { Organization } from "./organization/organization.ts";
import type { Webhooks } from "./organization/webhooks/webhooks.ts";
import type { Session } from "./session/session.ts";

/**
 * The objects as their callers see them. The platform's own stub types turn every `unknown` in a signature into `never`;
 * all that crosses here is JSON.
 */
type Remote<T, Method extends keyof T> = {
  readonly [M in Method]: T[M] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
} & { fetch(url: string, init: { headers: Record<string, string> }): Promise<Response> };

type OrganizationMethod = "admit" | "configure" | "count" | "auditLog" | "erase";
type SessionMethod = "open" | "describe" | "step" | "end" | "events" | "trace" | "cancel";
type Door<T> = Remote<T, Exclude<keyof T, `__${string}`>>;

/** The organization with this tag (of an id that was minted here, or of a key about to be made). */
export function organizationOf(env: Env, tag: string): Remote<Organization, OrganizationMethod> {
  return env.ORGANIZATION.getByName(tag) as unknown as Remote<Organization, OrganizationMethod>;
}

// A call through one of the doors of an organization takes one trip.

export function keysOf(env: Env, tag: string): Door<Keys> {
  return env.ORGANIZATION.getByName(tag).keys as unknown as Door<Keys>;
}

export function linksOf(env: Env, tag: string): Door<Links> {
  return env.ORGANIZATION.getByName(tag).links as unknown as Door<Links>;
}

export function attemptsOf(env: Env, tag: string): Door<Attempts> {
  return env.ORGANIZATION.getByName(tag).attempts as unknown as Door<Attempts>;
}

export function webhooksOf(env: Env, tag: string): Door<Webhooks> {
  return env.ORGANIZATION.getByName(tag).webhooks as unknown as Door<Webhooks>;
}

/** The one list of organizations. Only the operator's routes ask it. */
export function directoryOf(env: Env): Remote<Directory, "note" | "has" | "remove" | "page" | "auditLog"> {
  return env.DIRECTORY.getByName("directory") as unknown as ReturnType<typeof directoryOf>;
}

export function sessionOf(env: Env, sessionId: string): Remote<Session, SessionMethod> {
  return env.SESSION.getByName(sessionId) as unknown as Remote<Session, SessionMethod>;
}
