import { PassageError } from "./errors.ts";
import type { LinkError } from "./link.ts";
import {
  isObject,
  isOperation,
  isText,
  type OperationName,
  type ProviderId,
  type ResultsOf,
  resultsOf,
} from "./results.ts";

interface EventBase {
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
}

interface LinkEventBase extends EventBase {
  linkId: string;
}

interface EndpointEventBase extends EventBase {
  linkId: null;
  endpointId: string;
  status: null;
  result: null;
  error: null;
}

/** The body of a webhook, as it is on the wire. */
export type WebhookBody =
  | (LinkEventBase & {
      event: "link.complete";
      status: "complete";
      operations: OperationName[];
      result: unknown;
      error: null;
    })
  | (LinkEventBase & { event: "link.failed"; status: "failed"; result: null; error: LinkError })
  | (LinkEventBase & { event: "link.expired"; status: "expired"; result: null; error: null })
  | (LinkEventBase & { event: "link.cancelled"; status: "expired"; result: null; error: null })
  | (EndpointEventBase & { event: "webhook_endpoint.disabled"; reason: "gone" | "failing" })
  | (EndpointEventBase & { event: "webhook_endpoint.test" });

/**
 * A link's operations all succeeded. The event does not name the provider: name it as `P` where you know it, else `results` have
 * the type of every provider that offers the operation.
 */
export interface LinkCompleteEvent<P extends ProviderId = ProviderId> extends LinkEventBase {
  event: "link.complete";
  status: "complete";
  operations: OperationName[];
  /** One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. */
  result: unknown;
  error: null;
  /** The data by `resource:action`, of one operation or several. Undefined where one was asked for twice. */
  results: Partial<ResultsOf<P>> | undefined;
}

/** An attempt failed. The person may try again with the same link until it expires. */
export interface LinkFailedEvent extends LinkEventBase {
  event: "link.failed";
  status: "failed";
  result: null;
  error: LinkError;
  results: undefined;
}

/** Nobody completed the link in time. For endpoints that subscribe to it. */
export interface LinkExpiredEvent extends LinkEventBase {
  event: "link.expired";
  status: "expired";
  result: null;
  error: null;
  results: undefined;
}

/** The link's owner cancelled it. For endpoints that subscribe to it. */
export interface LinkCancelledEvent extends LinkEventBase {
  event: "link.cancelled";
  /** The status of a cancelled link, which has a `cancelledAt` too. */
  status: "expired";
  result: null;
  error: null;
  results: undefined;
}

/** Passage sends nothing more to an endpoint: it answered 410 (`gone`), or failed for five days (`failing`). */
export interface EndpointDisabledEvent extends EndpointEventBase {
  event: "webhook_endpoint.disabled";
  reason: "gone" | "failing";
  results: undefined;
}

/** Sent because you asked for it: `POST /v1/webhook_endpoints/:id/test`. */
export interface EndpointTestEvent extends EndpointEventBase {
  event: "webhook_endpoint.test";
  results: undefined;
}

/** What {@link verifyWebhook} returns: `switch (event.event)` narrows it. */
export type WebhookEvent<P extends ProviderId = ProviderId> =
  | LinkCompleteEvent<P>
  | LinkFailedEvent
  | LinkExpiredEvent
  | LinkCancelledEvent
  | EndpointDisabledEvent
  | EndpointTestEvent;

/**
 * Reads a verified body. Unknown fields are left out.
 *
 * @throws {PassageError} `invalid_event`
 */
export function parseEvent(body: Uint8Array): WebhookEvent {
  const fields = parseObject(body);
  const { event, id, timestamp } = fields;
  if (!isText(id) || typeof timestamp !== "number") throw invalidEvent("lacks id or timestamp");
  switch (event) {
    case "link.complete":
    case "link.failed":
    case "link.expired":
    case "link.cancelled":
      return parseLinkEvent(event, { id, timestamp }, fields);
    case "webhook_endpoint.disabled":
    case "webhook_endpoint.test":
      return parseEndpointEvent(event, { id, timestamp }, fields);
    default:
      throw invalidEvent("is of a kind that this version of @passage/connect does not know");
  }
}

function parseLinkEvent(
  event: "link.complete" | "link.failed" | "link.expired" | "link.cancelled",
  base: EventBase,
  { linkId, operations, result, error }: Record<string, unknown>,
): WebhookEvent {
  if (!isText(linkId)) throw invalidEvent("lacks linkId");
  const about = { ...base, linkId };
  if (event === "link.complete") {
    const named = Array.isArray(operations) && operations.every(isOperation) ? operations : [];
    const asked = named.map(({ resource, action }) => ({ resource, action }));
    const results = resultsOf(asked, result) as LinkCompleteEvent["results"];
    return { event, ...about, status: "complete", operations: asked, result: result ?? null, error: null, results };
  }
  if (event === "link.expired" || event === "link.cancelled")
    return { event, ...about, status: "expired", result: null, error: null, results: undefined };
  if (!isFailure(error)) throw invalidEvent("is a link.failed without an error");
  return { event, ...about, status: "failed", result: null, error, results: undefined };
}

function parseEndpointEvent(
  event: "webhook_endpoint.disabled" | "webhook_endpoint.test",
  base: EventBase,
  { endpointId, reason }: Record<string, unknown>,
): WebhookEvent {
  if (!isText(endpointId)) throw invalidEvent("lacks endpointId");
  const empty = { linkId: null, status: null, result: null, error: null, results: undefined };
  if (event === "webhook_endpoint.test") return { event, ...base, endpointId, ...empty };
  if (reason !== "gone" && reason !== "failing") throw invalidEvent("lacks the reason");
  return { event, ...base, endpointId, reason, ...empty };
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

function invalidEvent(what: string, cause?: unknown): PassageError {
  return new PassageError("invalid_event", `The webhook is authentic, but its body ${what}`, { cause });
}
