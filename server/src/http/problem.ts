import { type ErrorCode, type ErrorValue, errorCodes, PassageError } from "@passage/protocol/errors";
import type { ErrorBody } from "@passage/protocol/http/problem";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { log } from "../log.ts";
import { isErased } from "../organization/erased.ts";
import type { RpcResult } from "../organization/refusal.ts";
import type { PassageContext } from "./context.ts";
import { routeOf } from "./route-of.ts";

export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A refused body: all that is wrong with it at once. */
export function invalid(issues: readonly Issue[]): PassageError {
  return new PassageError("validation_failed", "Validation failed", { details: { issues } });
}

export function problem(code: ErrorCode, message: string): PassageError {
  return new PassageError(code, message);
}

/** The value of an object's answer; its refusal is thrown, to become the response. */
export function unwrap<T>(answer: RpcResult<T>): T {
  if ("ok" in answer) return answer.ok;
  const { code, message, details } = answer.refused as ErrorValue;
  throw new PassageError(code, message, { details: { ...details } });
}

/** Any error as the documented response. */
export function problemResponse(error: unknown, c: Context<PassageContext>): Response {
  const { body, details } = explain(error, c);
  const retryAfter = details?.retryAfterSeconds;
  if (retryAfter !== undefined) c.header("retry-after", String(retryAfter));
  if (errorCodes[body.code].status === 401) c.header("www-authenticate", "Bearer");
  return c.json(body, (errorCodes[body.code].status ?? 500) as ContentfulStatusCode);
}

/** Any error as the documented body. What is not ours to explain is logged under the request's id and told as `internal`. */
export function explain(error: unknown, c: Context<PassageContext>) {
  const told = isErased(error) ? deleted(c) : error;
  const known = told instanceof PassageError && errorCodes[told.code].status !== null ? told : null;
  const code = known?.code ?? "internal";
  const subject = c.get("subject");
  subject.code = code;
  if (!known) {
    const keyId = c.get("caller")?.keyId;
    log("request.failed", {
      requestId: c.get("requestId"),
      keyId,
      ...subject,
      route: routeOf(c),
      reason: String(error),
    });
  }
  const issues = known?.details?.issues as Issue[] | undefined;
  const body = {
    error: known?.message ?? "Something went wrong on our side. Try again; if it stays, report the requestId.",
    ...(issues && { issues }),
    code,
    requestId: c.get("requestId"),
    docs: URL.parse(`/docs/errors/${code}`, c.req.url)?.href ?? `/docs/errors/${code}`,
  } satisfies ErrorBody;
  return { body, details: known?.details };
}

/** What the request is about was deleted while it was under way, or while its key was still known here. */
function deleted(c: Context<PassageContext>): PassageError {
  const isKeyed = c.get("caller") !== undefined;
  return problem(isKeyed ? "unauthorized" : "not_found", "This organization was deleted.");
}
