import type {
  AttemptsDoor,
  DirectoryDoor,
  EventsDoor,
  KeysDoor,
  LinksDoor,
  OrganizationDoor,
  SessionDoor,
  WebhooksDoor,
} from "./doors.ts";
import type { Env } from "./env.ts";

/**
 * A door as its callers see it. The platform's own stub types turn every `unknown` in a signature into `never`; all that crosses
 * here is JSON.
 */
type Remote<Door> = {
  readonly [M in keyof Door]: Door[M] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};
/** An object that takes upgrades of sockets, too. */
interface Upgraded {
  fetch(url: string, init: { headers: Record<string, string> }): Promise<Response>;
}

/** The organization with this tag (of an id that was minted here, or of a key about to be made). */
export function organizationOf(env: Env, tag: string): Remote<OrganizationDoor> & Upgraded {
  return env.ORGANIZATION.getByName(tag) as unknown as Remote<OrganizationDoor> & Upgraded;
}

// A call through one of the doors of an organization takes one trip.

export function keysOf(env: Env, tag: string): Remote<KeysDoor> {
  return doorsOf(env, tag).keys;
}

export function linksOf(env: Env, tag: string): Remote<LinksDoor> {
  return doorsOf(env, tag).links;
}

export function attemptsOf(env: Env, tag: string): Remote<AttemptsDoor> {
  return doorsOf(env, tag).attempts;
}

export function eventsOf(env: Env, tag: string): Remote<EventsDoor> {
  return doorsOf(env, tag).events;
}

export function webhooksOf(env: Env, tag: string): Remote<WebhooksDoor> {
  return doorsOf(env, tag).webhooks;
}

export function directoryOf(env: Env): Remote<DirectoryDoor> {
  return env.DIRECTORY.getByName("directory") as unknown as Remote<DirectoryDoor>;
}

export function sessionOf(env: Env, sessionId: string): Remote<SessionDoor> & Upgraded {
  return env.SESSION.getByName(sessionId) as unknown as Remote<SessionDoor> & Upgraded;
}

interface Doors {
  readonly keys: Remote<KeysDoor>;
  readonly links: Remote<LinksDoor>;
  readonly attempts: Remote<AttemptsDoor>;
  readonly events: Remote<EventsDoor>;
  readonly webhooks: Remote<WebhooksDoor>;
}

function doorsOf(env: Env, tag: string): Doors {
  return env.ORGANIZATION.getByName(tag) as unknown as Doors;
}
