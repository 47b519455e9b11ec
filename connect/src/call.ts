import type { HttpMethod } from "./api.ts";
import { PassageError } from "./errors.ts";

/** What goes with a request beside its path. */
export interface Sending {
  /** Undefined values are left out. */
  query?: object | undefined;
  body?: unknown;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends one request to the API with the key of its client, again where that may help. */
export type Call = <Answer>(method: HttpMethod, path: string, sending?: Sending) => Promise<Answer>;

/** What every request that creates or changes something takes. */
export interface RequestOptions {
  /**
   * The same key with the same body gets the same answer for 24 hours, and is done once. The client makes one for each call, which
   * covers its own retries; give one that you have stored to cover a restart of your process as well.
   */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** How much of a list. */
export interface PageQuery {
  /** Items a page: 1 to 100, default 20. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** @throws {PassageError} `validation_failed` for what is no id, before it becomes part of an address */
export function idIn(id: string, example: string): string {
  if (typeof id === "string" && /^[\w-]+$/.test(id)) return id;
  throw invalidField("id", `must be an id such as ${example}`);
}

/** The error of a field that the client can refuse by itself. */
export function invalidField(path: string, message: string): PassageError {
  return new PassageError("validation_failed", `Validation failed: ${path} ${message}`, {
    issues: [{ path, message }],
  });
}
