import { PassageError } from "../errors.ts";
import type {
  EndpointDisabledBody,
  EndpointTestBody,
  LinkCancelledBody,
  LinkCompleteBody,
  LinkError,
  LinkExpiredBody,
  LinkFailedBody,
  WebhookBody,
} from "../protocol.generated.ts";
import { isObject, isOperation, isText, type ProviderId, type ResultsOf, resultsOf } from "../resources/results.ts";

/**
 * {@link LinkCompleteBody} with its data by operation. The event does not name the provider: name it as `P` where you know it, else
 * `results` have the type of every provider that offers the operation.
 */
export interface LinkCompleteEvent<P extends ProviderId = ProviderId> extends LinkCompleteBody {
  /** The data by `resource:action`, of one operation or several. Undefined where one was asked for twice. */
  results: Partial<ResultsOf<P>> | undefined;
}

/** {@link LinkFailedBody}, without results. */
export interface LinkFailedEvent extends LinkFailedBody {
  results: undefined;
}

/** {@link LinkExpiredBody}, without results. */
export interface LinkExpiredEvent extends LinkExpiredBody {
  results: undefined;
}

/** {@link LinkCancelledBody}, without results. */
export interface LinkCancelledEvent extends LinkCancelledBody {
  results: undefined;
}

/** {@link EndpointDisabledBody}, without results. */
export interface EndpointDisabledEvent extends EndpointDisabledBody {
  results: undefined;
}

/** {@link EndpointTestBody}, without results. */
export interface EndpointTestEvent extends EndpointTestBody {
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

type EventBase = Pick<WebhookBody, "id" | "timestamp">;

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
  event: Extract<WebhookBody, { linkId: string }>["event"],
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
  event: Extract<WebhookBody, { endpointId: string }>["event"],
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
