import { PassageError } from "@passage/protocol/errors";
import { type Drift, mostDrift } from "@passage/protocol/reads/declaration";
import type { Shape } from "@passage/protocol/reads/shape";
import { parseJson } from "../json.ts";
import { type LeafSession, project } from "../reads/projection.ts";

export interface Chosen {
  readonly data: unknown;
  /** Where decoration did not fit; absent where all of it did. */
  readonly drift?: Drift[];
}

/**
 * The JSON value of a body; with a schema only what it names.
 * @param what the response in words, for the error.
 * @throws `extract_failed` where the body is no JSON, or does not fit; the message has places and kinds, no values.
 */
export function chosenJson(text: string, schema: Shape | undefined, what: string): Chosen {
  const value = parsed(text, what);
  if (schema === undefined) return { data: value };
  const { data, drift } = project(schema, value, withoutOperation);
  const told = drift.slice(0, mostDrift);
  if (data === undefined)
    throw new PassageError(
      "extract_failed",
      `The response (${what}) does not fit the schema: ${told.map(words).join("; ")}`,
    );
  return { data, ...(told.length > 0 && { drift: told.map((one) => ({ ...one })) }) };
}

function parsed(text: string, what: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new PassageError("extract_failed", `The response (${what}) is not JSON`);
  }
}

function words({ at, expected, seen, count }: Drift): string {
  return `${at} is ${seen}, not ${expected}${count > 1 ? ` (${count} times)` : ""}`;
}

/** The schema of a command has no such leaves. */
const withoutOperation: LeafSession = { accountId: () => undefined, handle: () => null, isSame: () => undefined };
