import { linkLimits } from "@passage/protocol/http";
import type { Context } from "hono";
import type * as z from "zod";
import { type Issue, invalid, problem } from "./problem.ts";

/** The request's JSON body, checked. Over 64 KiB, not JSON or not of the schema is refused with what to do about it. */
export async function readBody<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const tooLarge = problem("payload_too_large", `The body may have at most ${linkLimits.bodyBytes} bytes.`);
  if (Number(c.req.header("content-length") ?? 0) > linkLimits.bodyBytes) throw tooLarge;
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > linkLimits.bodyBytes) throw tooLarge;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw problem("malformed_json", "The body must be JSON (UTF-8). Check quotes and commas, and Content-Type.");
  }
  return check(schema, value);
}

/** As {@link readBody}; a request without a body is read as `{}`. */
export async function readOptionalBody<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const hasBody = (c.req.header("content-length") ?? "0") !== "0" || c.req.header("transfer-encoding") !== undefined;
  return hasBody ? readBody(c, schema) : check(schema, {});
}

/** @throws validation_failed with one issue a field. `at` is put before each path. */
export function check<S extends z.ZodType>(schema: S, value: unknown, at = ""): z.output<S> {
  const parsed = schema.safeParse(value, {
    error: (issue) => {
      if (issue.input === undefined) return "is required";
      if (issue.code === "invalid_type")
        return `must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
      return undefined;
    },
  });
  if (parsed.success) return parsed.data;
  const issues: Issue[] = parsed.error.issues.map(({ path, message }) => ({
    path: [...(at ? [at] : []), ...path].join("."),
    message,
  }));
  throw invalid(issues);
}
