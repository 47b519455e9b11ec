import type { Mode } from "@passage/protocol/ids";
import type { Grant } from "@passage/protocol/scopes";
import type { Env } from "../env.ts";

/** Whose key a request came with. */
export interface Caller {
  readonly tag: string;
  readonly mode: Mode;
  readonly keyId: string;
  readonly scopes: readonly Grant[];
}

/** What a route finds in its context. */
export interface PassageContext {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Set where a route needs a key. */
    caller: Caller;
  };
}
