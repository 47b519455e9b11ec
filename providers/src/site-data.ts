import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import type * as z from "zod";
import { failure, failureOf } from "./failure.ts";

/** How long a site may take to answer a call. Longer than that is a hang, which some sites use instead of a refusal. */
export const siteAnswerMs = 15_000;

/**
 * Waits for data that the site's own server is to answer, and checks its shape.
 * @param what names it for people, such as "AT&T's bill history".
 * @throws site_down when nothing comes, blocked_by_site when it is refused, site_changed and schema_drift with what was expected and seen.
 */
export async function siteData<Shape extends z.ZodType>(
  what: string,
  asked: Promise<unknown>,
  shape: Shape,
): Promise<z.output<Shape>> {
  const data = await asked.catch((error) => Promise.reject(blame(what, error)));
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  const spots = parsed.error.issues.slice(0, 5).map((issue) => ({
    expected: `${place(issue.path)}: ${"expected" in issue ? issue.expected : issue.message}`,
    seen: `${place(issue.path)}: ${kindAt(data, issue.path)}`,
  }));
  throw failure("schema_drift", `${what} has another shape than before.`, {
    expected: spots.map(({ expected }) => expected).join("; "),
    seen: spots.map(({ seen }) => seen).join("; "),
  });
}

function place(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the whole" : path.join(".");
}

/** The kind of value only: what the site says of a person is in no error. */
function kindAt(data: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce((at: unknown, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "string" ? "another text" : typeof value;
}

/**
 * The body of what the page fetched.
 * @throws site_changed, blocked_by_site or site_down, by the status.
 */
export function answered(what: string, { status, body }: { status: number; body: unknown }): unknown {
  if (status >= 200 && status < 300) return body;
  if (status === 404 || status === 410)
    throw failure("site_changed", `${what} is not at this address.`, { expected: what, seen: `status ${status}` });
  throw failure(status >= 500 ? "site_down" : "blocked_by_site", `${what} was answered with status ${status}.`, {
    status,
  });
}

const noAnswer: ReadonlySet<ErrorCode> = new Set(["timeout", "fetch_timed_out", "fetch_failed"]);

function blame(what: string, error: unknown): unknown {
  if (!(error instanceof PassageError)) return error;
  if (noAnswer.has(error.code)) return failure("site_down", `${what} did not come.`, { code: error.code });
  if (error.code === "extract_failed")
    return failure("site_changed", `${what} is not where it was: ${error.message}`, {
      expected: what,
      seen: error.message,
    });
  return failureOf(error) ?? error;
}
