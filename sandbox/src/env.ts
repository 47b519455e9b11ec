import type { Sites } from "./sites.ts";

export interface Env {
  SITES: DurableObjectNamespace<Sites>;
  /** The product itself: answers every host that is not a sandbox site. */
  PASSAGE: Fetcher;
}

/** The one object that remembers for all sites. */
export function sitesOf(env: Env): DurableObjectStub<Sites> {
  return env.SITES.getByName("sites");
}
