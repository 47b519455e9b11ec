import { closedSchema, unknownFields } from "@passage/protocol/closed-schema";
import { maxBodyBytes } from "@passage/protocol/http/fields";
import type { Context } from "hono";
import { closestMatch } from "leven";
import * as z from "zod";
import { hiddenIssues } from "./json-text.ts";
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

/**
 * A body that must be exactly what the schema describes. An empty body is `{}`.
 *
 * @throws malformed_json, unsupported_media_type, or validation_failed with one issue per field: one that is missing, wrong,
 * unknown, given twice, nested too deeply or not Unicode
 */
export function readStrictJson<S extends z.ZodType>(c: Context, bytes: Uint8Array, schema: S): z.output<S> {
  if (bytes.byteLength === 0) return checkStrict(schema, {});
  const type = c.req.header("content-type");
  if (type !== undefined && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    throw problem("unsupported_media_type", "Send the body as JSON, with the header Content-Type: application/json.");
  const text = decode(bytes);
  if (text.startsWith("\ufeff"))
    throw problem("malformed_json", "The body begins with a byte order mark. Send UTF-8 without one.");
  const value = parse(text);
  const hidden = hiddenIssues(text);
  if (hidden.length > 0) throw invalid(hidden);
  return checkStrict(schema, value);
}

/** A body of a route that other people's SDKs call: unknown fields are ignored. An empty body is `{}`. */
export function readTolerantJson<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  return check(schema, bytes.byteLength === 0 ? {} : parse(decode(bytes).replace(/^\ufeff/, "")));
}

/**
 * The query, each parameter as text.
 *
 * @throws validation_failed for a parameter that is unknown, given twice or not UTF-8
 */
export function readStrictQuery(c: Context, schema: z.ZodObject = noParameters): Record<string, string> {
  const { search, searchParams } = new URL(c.req.url);
  const issues: Issue[] = [];
  for (const pair of search.slice(1).split("&")) {
    if (isDecodable(pair)) continue;
    const name = pair.split("=")[0] ?? "";
    issues.push({ path: isDecodable(name) ? name : "", message: "is not percent-encoded UTF-8" });
  }
  const seen = new Set<string>();
  for (const name of searchParams.keys()) {
    if (seen.has(name)) issues.push({ path: name, message: "is given twice" });
    seen.add(name);
  }
  const query = Object.fromEntries(searchParams);
  issues.push(...strays(schema, query, "", "parameter"));
  if (issues.length > 0) throw invalid(issues);
  return query;
}

/** @throws validation_failed with one issue per field. `at` is put before each path. */
export function check<S extends z.ZodType>(schema: S, value: unknown, at = ""): z.output<S> {
  const parsed = parseWith(schema, value);
  if (parsed.success) return parsed.data;
  throw invalid(issuesOf(parsed.error, at));
}

/** As {@link check}; a field that the schema does not name is refused too, with the name that was probably meant. */
export function checkStrict<S extends z.ZodType>(schema: S, value: unknown, at = ""): z.output<S> {
  const unknown = strays(schema, value, at, "field");
  const parsed = parseWith(schema, value);
  if (parsed.success && unknown.length === 0) return parsed.data;
  throw invalid([...unknown, ...(parsed.success ? [] : issuesOf(parsed.error, at))]);
}

function parseWith<S extends z.ZodType>(schema: S, value: unknown) {
  return schema.safeParse(value, {
    error: (issue) => {
      if (issue.input === undefined) return "is required";
      if (issue.code === "invalid_type")
        return `must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
      return undefined;
    },
  });
}

function issuesOf(error: z.ZodError, at: string): Issue[] {
  return error.issues.map(({ path, message }) => ({ path: [...(at ? [at] : []), ...path].join("."), message }));
}

function strays(schema: z.ZodType, value: unknown, at: string, kind: "field" | "parameter"): Issue[] {
  return unknownFields(closedSchema(schema), value).map(({ path, known }) => ({
    path: [...(at ? [at] : []), ...path].join("."),
    message: `is not a ${kind} here${hint(String(path.at(-1)), known)}`,
  }));
}

/** The known name that a mistyped one is near to, or else all of them. */
function hint(name: string, known: readonly string[]): string {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, "");
  const maxDistance = Math.max(1, Math.floor(name.length / 3));
  const nearest = closestMatch(bare(name), known.map(bare), { maxDistance });
  const meant = known.find((one) => bare(one) === nearest);
  if (meant) return `; did you mean \`${meant}\`?`;
  return known.length > 0 ? `; it takes ${known.map((one) => `\`${one}\``).join(", ")}` : "; it takes none";
}

const noParameters = z.object({});

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem("malformed_json", "The body is not UTF-8. Send JSON in UTF-8.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problem("malformed_json", "The body must be JSON (UTF-8). Check quotes and commas, and Content-Type.");
  }
}
