import { PassageError } from "@passage/protocol/errors";
import { type Drift, mostDrift } from "@passage/protocol/reads/declaration";
import type { Shape } from "@passage/protocol/reads/shape";
import { AnswerSources } from "../egress/answer-sources.ts";
import { learnFromText } from "../egress/learn.ts";
import { publicUrl } from "../egress/public-url.ts";
import { isSignInPlace } from "../egress/tokens-in-text.ts";
import { parseJson } from "../network/json.ts";
import { type LeafSession, type Projected, project } from "../reads/projection.ts";
import type { CommandContext } from "./command.ts";

export interface Chosen {
  readonly data: unknown;
  /** Where decoration did not fit; absent where all of it did. */
  readonly drift?: Drift[];
}

type Choosing = Pick<CommandContext, "egress" | "privacy" | "progress">;

interface JsonResponse {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/**
 * The JSON value of a body; with a schema only what it names, of the body as a read without a schema would tell it.
 * @throws `extract_failed` where the body is no JSON, or does not fit; the message has places and kinds, no values.
 * @throws `blocked_private` for a schema while the page is private: whether a body fits is told of open pages only.
 */
export function chosenJson(context: Choosing, response: JsonResponse, schema: Shape | undefined): Chosen {
  const what = `${response.status} of ${publicUrl(response.url)}`;
  const value = parsed(response.text, what);
  if (schema === undefined) return { data: value };
  const { data, drift } = projectTold(context, value, schema, response);
  const told = drift.slice(0, mostDrift);
  if (data === undefined)
    throw new PassageError(
      "extract_failed",
      `The response (${what}) does not fit the schema: ${told.map(words).join("; ")}`,
    );
  return { data, ...(told.length > 0 && { drift: told.map((one) => ({ ...one })) }) };
}

function projectTold(
  { egress, privacy, progress }: Choosing,
  value: unknown,
  schema: Shape,
  { text, url }: JsonResponse,
): Projected {
  privacy.demandOpen();
  learnFromText(text, "the page's", egress.secrets, isSignInPlace(url));
  const whole = project(schema, value, withoutOperation);
  const lookedUp = new AnswerSources();
  lookedUp.addFree(whole.lookedUp);
  const masked = egress.masked(value, lookedUp);
  const projected = masked === value ? whole : project(schema, masked, withoutOperation);
  progress.sources.addFree(projected.lookedUp);
  return projected;
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
