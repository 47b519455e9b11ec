import { PassageError } from "./errors.ts";
import type { LinkError } from "./link.ts";

interface EventBase {
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  linkId: string;
  /** When the link ended, in epoch milliseconds. */
  timestamp: number;
}

/** The body of a webhook, as it is on the wire. */
export type WebhookBody =
  | (EventBase & { event: "link.complete"; status: "complete"; result: unknown; error: null })
  | (EventBase & { event: "link.failed"; status: "failed"; result: null; error: LinkError });

/** A link's operations all succeeded. */
export interface LinkCompleteEvent extends EventBase {
  event: "link.complete";
  status: "complete";
  /** One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. */
  result: unknown;
  error: null;
  /** Several operations: their data by `resource:action`. Undefined for one, or where one was asked for twice. */
  results: Readonly<Record<string, unknown>> | undefined;
}

/** An attempt failed. The person may try again with the same link until it expires. */
export interface LinkFailedEvent extends EventBase {
  event: "link.failed";
  status: "failed";
  result: null;
  error: LinkError;
  results: undefined;
}

/** What {@link verifyWebhook} returns: `switch (event.event)` narrows it. */
export type WebhookEvent = LinkCompleteEvent | LinkFailedEvent;

/**
 * Reads a verified body. Unknown fields are left out.
 *
 * @throws {PassageError} `invalid_event`
 */
export function parseEvent(body: Uint8Array): WebhookEvent {
  const { event, id, linkId, timestamp, result, error } = parseObject(body);
  if (!isText(id) || !isText(linkId) || typeof timestamp !== "number") {
    throw invalidEvent("lacks id, linkId or timestamp");
  }
  const base = { id, linkId, timestamp };
  switch (event) {
    case "link.complete":
      return { event, ...base, status: "complete", result: result ?? null, error: null, results: resultsOf(result) };
    case "link.failed":
      if (!isFailure(error)) throw invalidEvent("is a link.failed without an error");
      return { event, ...base, status: "failed", result: null, error, results: undefined };
    default:
      throw invalidEvent("is of a kind that this version of @passage/connect does not know");
  }
}

function resultsOf(result: unknown): Record<string, unknown> | undefined {
  const list = isObject(result) ? result.operations : undefined;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isOutcome)) return undefined;
  const entries = list.map(({ resource, action, data }): [string, unknown] => [`${resource}:${action}`, data]);
  return new Set(entries.map(([type]) => type)).size === entries.length ? Object.fromEntries(entries) : undefined;
}

function isOutcome(value: unknown): value is { resource: string; action: string; data: unknown } {
  return isObject(value) && isText(value.resource) && isText(value.action) && "data" in value;
}

function isFailure(value: unknown): value is LinkError {
  return isObject(value) && isText(value.code) && typeof value.message === "string";
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (isObject(value)) return value;
  } catch (cause) {
    throw invalidEvent("is not JSON", cause);
  }
  throw invalidEvent("is not a JSON object");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function invalidEvent(what: string, cause?: unknown): PassageError {
  return new PassageError("invalid_event", `The webhook is authentic, but its body ${what}`, { cause });
}
