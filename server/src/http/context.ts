import type { Mode } from "@passage/protocol/ids";
import type { Grant } from "@passage/protocol/scopes";
import type { Env } from "../env.ts";
import type { ShardPlan } from "../organization/shards/shard-plan.ts";

/** Whose key a request came with. */
export interface Caller {
  /** The organization's: its head's. */
  readonly tag: string;
  readonly shards: ShardPlan;
  readonly mode: Mode;
  readonly keyId: string;
  readonly scopes: readonly Grant[];
}

/** Whom a request is about, as far as it is known: the organization's tag, and ids. `code`: of the error that it got. */
export interface Subject {
  organization?: string;
  linkId?: string;
  sessionId?: string;
  code?: string;
}

/** What a route finds in its context. */
export interface PassageContext {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** What the request's line in the log says of it. */
    subject: Subject;
    /** Set where a route needs a key. */
    caller: Caller;
  };
}
