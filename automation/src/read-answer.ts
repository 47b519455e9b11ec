import type { DeclaredResult } from "@passage/protocol/declared-commands";
import { type ErrorCode, PassageError } from "@passage/protocol/errors";
import { fitsShape } from "@passage/protocol/reads/shape";
import type * as z from "zod";
import { failure, failureOf } from "./failure.ts";
import type { Read } from "./read.ts";

/** How long a site may take for a call. Some sites hang longer than that instead of refusing. */
export const siteAnswerMs = 15_000;

/** What a read was answered with: the class of the status, the data where it fits, and where it does not. */
export interface ReadAnswer<Data> {
  readonly status: DeclaredResult<"read">["status"];
  /** Null where the status is not `ok`, where the answer does not fit, and for a read of the status alone. */
  readonly data: Data | null;
  /** Beside data it is of decoration. */
  readonly drift: NonNullable<DeclaredResult<"read">["drift"]>;
}

/**
 * A device's answer to a read, held to the read's shape: what no device could have written is none.
 * @throws `invalid_message`
 */
export function readAnswer<Data extends z.ZodType>(
  { declaration, what }: Read<Data>,
  given: unknown,
): ReadAnswer<z.output<Data>> {
  const { status, data, drift = [] } = given as DeclaredResult<"read">;
  const { shape } = declaration;
  if (data !== null && (shape === null || status !== "ok" || !fitsShape(shape, data)))
    throw new PassageError("invalid_message", `The device's answer about ${what} does not fit the shape of the read.`);
  return { status, data: data as z.output<Data> | null, drift };
}

/**
 * The data of an answer.
 * @throws site_changed, blocked_by_site or site_down by the status; site_changed where all that is missing is absent, and
 * schema_drift for everything else that does not fit.
 */
export function dataOf<Data extends z.ZodType>(
  { what }: Read<Data>,
  { status, data, drift }: ReadAnswer<z.output<Data>>,
): z.output<Data> {
  const asked = `The site's answer about ${what}`;
  if (status === "absent")
    throw failure("site_changed", `${asked} is not at its address any more.`, {
      expected: what,
      seen: "status 404 or 410",
    });
  if (status === "down") throw failure("site_down", `${asked} is an error of the site.`, { status });
  if (status !== "ok") throw failure("blocked_by_site", `${asked} was refused.`, { status });
  if (data !== null) return data;
  const spot = {
    expected: drift.map(({ at, expected }) => `${at}: ${expected}`).join("; ") || what,
    seen:
      drift
        .map(
          ({ at, seen, count }) =>
            `${at}: ${seen === "text" ? "another text" : seen}${count > 1 ? ` (${count} times)` : ""}`,
        )
        .join("; ") || "nothing",
  };
  const isMoved = drift.length > 0 && drift.every(({ seen }) => seen === "absent");
  if (isMoved) throw failure("site_changed", `${asked} lacks what was there before.`, spot);
  throw failure("schema_drift", `${asked} has another shape than before.`, spot);
}

const noAnswer: ReadonlySet<ErrorCode> = new Set(["timeout", "fetch_timed_out", "fetch_failed"]);

/** Why a read came to nothing, as the failure of a run. */
export function blameFor({ what }: Read, error: unknown): unknown {
  if (!(error instanceof PassageError)) return error;
  if (noAnswer.has(error.code))
    return failure("site_down", `The site's answer about ${what} did not come.`, { code: error.code });
  if (error.code === "origin_not_allowed")
    return failure("site_changed", `The page is not where ${what} can be read.`, {
      expected: "the read's own page",
      seen: "another page",
    });
  return failureOf(error) ?? error;
}
