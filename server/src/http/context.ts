import type { Mode } from "@passage/protocol/ids";
import type { Env } from "../env.ts";

/** What a route finds in its context. */
export interface PassageContext {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Set behind {@link requireApiKey}. */
    caller: { readonly tag: string; readonly mode: Mode };
  };
}
