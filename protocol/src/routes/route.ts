import type * as z from "zod";
import type { ErrorCode } from "../errors.ts";
import type { handlePrefixes } from "../ids.ts";
import type { Scope } from "../scopes.ts";

/** Who may ask: whoever holds a key with a scope, any key, the server's operator, or anybody. */
export type Access = Scope | "any key" | "operator" | "public";

/** A row of the table of routes: all that two processes agree on about one route. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Parameters as `:id`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  /** What `:id` names; `code` is a word of ours, `document` a file of the documentation, `name` an organization. */
  readonly id?: keyof typeof handlePrefixes | "code" | "document" | "name" | "provider";
  readonly query?: z.ZodObject;
  /** An empty body is read as `{}`. */
  readonly body?: z.ZodObject;
  /** Bodies by what they show, the plainest first. Each works in test mode as it stands, ids apart; `/reference` offers them. */
  readonly examples?: Readonly<Record<string, unknown>>;
  /** Without it 200. */
  readonly status?: 200 | 201 | 202;
  /** A schema of the JSON answer, or what else it is; `nothing` is 204. `rpc` is a protocol of its own, which reads the body too. */
  readonly answer: z.ZodType | "nothing" | "markdown" | "page" | "rpc" | "script" | "socket" | "text";
  /** Codes of its own, beside those that its access and body bring. */
  readonly errors?: readonly ErrorCode[];
}

/**
 * Whether unknown fields and query parameters are refused. Not on the public routes: other people's SDKs call those, and pages
 * are opened with parameters that others add.
 */
export function isStrict({ path }: Pick<Route, "path">): boolean {
  return path.startsWith("/v1/") || path.startsWith("/operator/");
}

/** Whether the route takes an API key. */
export function isKeyed({ access }: Pick<Route, "access">): boolean {
  return access !== "public" && access !== "operator";
}

/** Whether the SDK has a method for the route: it takes an API key and returns a resource. */
export function isForSdk(route: Pick<Route, "access" | "answer">): boolean {
  return isKeyed(route) && route.answer !== "rpc";
}

/** Every code that the route may answer with. */
export function errorsOf(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = [...(route.errors ?? [])];
  if (route.id) codes.push("not_found");
  if (route.query || route.body || isStrict(route)) codes.push("validation_failed");
  if (route.body) codes.push("malformed_json", "payload_too_large");
  if (route.body && isStrict(route)) codes.push("unsupported_media_type");
  if (route.access === "operator") codes.push("unauthorized");
  else if (route.access === "public") codes.push("rate_limited");
  else {
    codes.push("unauthorized", "api_key_malformed", "insufficient_scope", "rate_limited");
    if (route.method === "POST" && route.answer !== "rpc") codes.push("idempotency_conflict");
  }
  return [...new Set([...codes, "internal" as const])];
}
