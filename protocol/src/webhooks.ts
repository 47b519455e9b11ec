import * as z from "zod";
import { isVisible, notVisible } from "./display-text.ts";
import { disabledByServer, documentedEventTypes, subscribableEventTypes, webhookEvent } from "./events.ts";
import { pageQuery, text } from "./http/fields.ts";

/** The resources of the event log and of webhook endpoints. Times are epoch milliseconds. */
export const webhookLimits = {
  endpoints: 50,
  /** How long a rotated key or secret stays valid beside the new one, in seconds. */
  overlapDefaultSeconds: 86_400,
  overlapMaxSeconds: 604_800,
} as const;

/** Why an attempt did not deliver. `interrupted`: the server stopped during it, and it was made again. `internal`: a fault of ours. */
export const attemptErrors = [
  "status",
  "redirect",
  "gone",
  "timeout",
  "unreachable",
  "refused_address",
  "interrupted",
  "internal",
] as const;
export type AttemptError = (typeof attemptErrors)[number];

/**
 * - `waiting`: for its first or next attempt, or for an earlier event of the same link
 * - `failed`: given up after the last attempt, or after a 410
 * - `cancelled`: its endpoint was disabled or deleted
 */
export const deliveryStates = ["waiting", "sending", "delivered", "failed", "cancelled"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const attempt = z.object({
  at: z.number().int(),
  /** null: no answer. Answers' bodies are not kept. */
  status: z.number().int().nullable(),
  /** null while it is under way, or where a restart cut it short. */
  ms: z.number().int().nullable(),
  error: z.enum(attemptErrors).nullable(),
});
export type DeliveryAttempt = z.infer<typeof attempt>;

/** One event on its way to one receiver: an endpoint, or (null) the link's own `webhookUrl`. */
export const delivery = z.object({
  endpointId: z.string().nullable(),
  /** null where the endpoint was deleted. */
  url: z.string().nullable(),
  state: z.enum(deliveryStates),
  nextAttemptAt: z.number().int().nullable(),
  attempts: z.array(attempt),
});
export type Delivery = z.infer<typeof delivery>;

/** An event as the log lists it. */
export const eventSummary = z.object({
  id: z.string(),
  type: z.string(),
  linkId: z.string().nullable(),
  createdAt: z.number().int(),
});
export type EventSummary = z.infer<typeof eventSummary>;

/** The answer of `GET /v1/events/:id`: `data` is the body that is signed and sent. */
export const event = eventSummary.extend({ data: webhookEvent, deliveries: z.array(delivery) });
export type Event = z.infer<typeof event>;

export const eventList = z.object({ events: z.array(eventSummary), nextCursor: z.string().nullable() });
export type EventList = z.infer<typeof eventList>;

/** Newest first; with `after` (an event's id) those after it, oldest first. */
export const listEventsQuery = pageQuery.extend({
  type: text.optional().describe("Types, separated by commas."),
  linkId: text.optional(),
  after: text.optional(),
});
export type ListEventsQuery = z.input<typeof listEventsQuery>;

/** The answer of `GET /v1/events/:id/delivery`: an event signed as a webhook, for whoever carries it on. Headers and body as they are sent. */
export const signedDelivery = z.object({ headers: z.record(z.string(), z.string()), body: z.string() });
export type SignedDelivery = z.infer<typeof signedDelivery>;

/** To one endpoint (also one that never had it), or to every receiver that it went to. */
export const redeliverEventRequest = z.object({ endpointId: text.optional() });

const endpointFields = {
  url: text,
  eventTypes: z
    .array(z.enum(subscribableEventTypes, `must be one of ${subscribableEventTypes.join(", ")}`))
    .min(1, "must name at least one event type")
    .transform((types) => [...new Set(types)]),
  description: text.refine(isVisible, notVisible).nullable(),
};

export const createEndpointRequest = z.object({
  url: endpointFields.url,
  eventTypes: endpointFields.eventTypes.default([...documentedEventTypes]),
  description: endpointFields.description.default(null),
});
export type CreateEndpointRequest = z.input<typeof createEndpointRequest>;

export const updateEndpointRequest = z.object({ ...endpointFields, disabled: z.boolean() }).partial();
export type UpdateEndpointRequest = z.input<typeof updateEndpointRequest>;

export const webhookEndpoint = z.object({
  id: z.string(),
  url: z.string(),
  eventTypes: z.array(z.enum(subscribableEventTypes)),
  description: z.string().nullable(),
  disabled: z.boolean(),
  disabledReason: z.enum(["by_owner", ...disabledByServer]).nullable(),
  createdAt: z.number().int(),
  health: z.object({
    /** Attempts of the last 24 hours, and the share of them that delivered (0 to 1; null without any). */
    attempts: z.number().int(),
    successShare: z.number().nullable(),
    lastSuccessAt: z.number().int().nullable(),
    lastError: attempt.pick({ at: true, status: true, error: true }).nullable(),
    /** Since when every attempt has failed. After five days the endpoint is disabled. */
    failingSince: z.number().int().nullable(),
    /** Deliveries that are not over. */
    backlog: z.number().int(),
  }),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

/** The answer (201) of `POST /v1/webhook_endpoints`. The secret is shown here and never again. */
export const createdEndpoint = webhookEndpoint.extend({ secret: z.string() });
export type CreatedEndpoint = z.infer<typeof createdEndpoint>;
export const endpointList = z.object({ endpoints: z.array(webhookEndpoint) });
export type EndpointList = z.infer<typeof endpointList>;

/** For secrets and signing keys. 0 withdraws the old one at once. */
export const rotateRequest = z.object({
  overlapSeconds: z
    .number("must be a number of seconds")
    .int("must be a whole number")
    .min(0, "must be 0 or more")
    .max(webhookLimits.overlapMaxSeconds, `must be at most ${webhookLimits.overlapMaxSeconds} (7 days)`)
    .default(webhookLimits.overlapDefaultSeconds),
});
/** The new secret, shown once; webhooks carry a signature by each until `previousUntil`. */
export const rotatedSecret = z.object({ secret: z.string(), previousUntil: z.number().int().nullable() });
export type RotatedSecret = z.infer<typeof rotatedSecret>;

/** Events since a time, in order, to one endpoint: those that it did not get, or with `include: "all"` all that it subscribes to. */
export const redeliverSinceRequest = z.object({
  since: z.number("must be a time in epoch milliseconds").int().min(0),
  include: z.enum(["undelivered", "all"], "must be undelivered or all").default("undelivered"),
});
export const redelivered = z.object({ deliveries: z.number().int() });
export type Redelivered = z.infer<typeof redelivered>;
export const testedEndpoint = z.object({ eventId: z.string() });
export type TestedEndpoint = z.infer<typeof testedEndpoint>;

export const jwksQuery = z.object({ organization: text.default("") });

/** `GET /v1/webhook_keys`: the ES256 keys of the organization, the one that signs first. */
export const signingKeyList = z.object({
  /** The `aud` of every signature. */
  organization: z.string(),
  /** Where a JWT library finds the public halves. */
  jwksUrl: z.string(),
  keys: z.array(z.object({ keyId: z.string(), createdAt: z.number().int(), retiresAt: z.number().int().nullable() })),
});
export type SigningKeyList = z.infer<typeof signingKeyList>;
