import type { Directory } from "./directory/directory.ts";
import type { Env } from "./env.ts";
import type { Keys } from "./organization/keys/keys.ts";
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

type OrganizationMethod = Exclude<
  keyof Organization,
  "fetch" | "alarm" | "keys" | "webhooks" | `webSocket${string}` | `__${string}`
>;
type SessionMethod = "open" | "describe" | "events" | "trace" | "cancel";

/** The organization with this tag (of an id that was minted here, or of a key about to be made). */
export function organizationOf(env: Env, tag: string): Remote<Organization, OrganizationMethod> {
  return env.ORGANIZATION.getByName(tag) as unknown as Remote<Organization, OrganizationMethod>;
}

/** The API keys of the organization with this tag. A call goes there in one trip. */
export function keysOf(env: Env, tag: string): Remote<Keys, Exclude<keyof Keys, `__${string}`>> {
  return env.ORGANIZATION.getByName(tag).keys as unknown as ReturnType<typeof keysOf>;
}

/** The events and webhooks of the organization with this tag. A call goes there in one trip. */
export function webhooksOf(env: Env, tag: string): Remote<Webhooks, Exclude<keyof Webhooks, `__${string}`>> {
  return env.ORGANIZATION.getByName(tag).webhooks as unknown as ReturnType<typeof webhooksOf>;
}

/** The one list of organizations. Only the operator's routes ask it. */
export function directoryOf(env: Env): Remote<Directory, "note" | "has" | "remove" | "page" | "auditLog"> {
  return env.DIRECTORY.getByName("directory") as unknown as ReturnType<typeof directoryOf>;
}

export function sessionOf(env: Env, sessionId: string): Remote<Session, SessionMethod> {
  return env.SESSION.getByName(sessionId) as unknown as Remote<Session, SessionMethod>;
}
