import { maxBodyBytes } from "@passage/protocol/http/fields";
import type { Context } from "hono";
import type * as z from "zod";
import { type Issue, invalid, problem } from "./problem.ts";

/** The request's body. Over 64 KiB is refused, whether or not its length was announced. */
export async function readBytes(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = problem("payload_too_large", `The body may have at most ${maxBodyBytes} bytes.`);
  if (Number(c.req.header("content-length") ?? 0) > maxBodyBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) throw tooLarge;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** JSON of the schema; an empty body is `{}`. What is not JSON or does not fit is refused with what to do about it. */
export function readJson<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  let value: unknown = {};
  try {
    if (bytes.byteLength > 0)
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw problem("malformed_json", "The body must be JSON (UTF-8). Check quotes and commas, and Content-Type.");
  }
  return check(schema, value);
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
