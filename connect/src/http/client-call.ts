import { PassageError } from "../errors.ts";
import { type Routes, routes } from "../protocol.generated.ts";

/** What goes with a request. Undefined values of the query are left out. */
export interface Sending extends RequestOptions {
  id?: string | undefined;
  query?: object | undefined;
  body?: unknown;
}

/** Sends one request to the API with the key of its client, again where that may help. */
export type Call = <Name extends keyof Routes>(
  name: Name,
  given: Omit<Routes[Name], "answer"> & RequestOptions,
) => Promise<Routes[Name]["answer"]>;

/** What every request that creates or changes something takes. */
export interface RequestOptions {
  /**
   * The same key with the same body gets the same answer for 24 hours, and is done once. The client makes one for each call, which
   * covers its own retries; give one that you have stored to cover a restart of your process as well.
   */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** @throws {PassageError} `validation_failed` for what is no id, before it becomes part of an address */
export function pathOf(name: keyof Routes, id: unknown): string {
  const [, path, example] = routes[name];
  if (example === undefined) return path;
  if (typeof id === "string" && /^[\w-]+$/.test(id)) return path.replace(":id", id);
  throw invalidField("id", `must be an id such as ${example}`);
}

/** The error of a field that the client can refuse by itself. */
export function invalidField(path: string, message: string): PassageError {
  return new PassageError("validation_failed", `Validation failed: ${path} ${message}`, {
    issues: [{ path, message }],
  });
}
