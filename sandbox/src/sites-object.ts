import type { Env } from "./env.ts";
import type { Sites } from "./sites.ts";

/** The one object that remembers for all sites. */
export function sitesOf(env: Env): DurableObjectStub<Sites> {
  return env.SITES.getByName("sites") as unknown as DurableObjectStub<Sites>;
}
