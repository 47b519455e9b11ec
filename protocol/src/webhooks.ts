import * as z from "zod";
import { isVisible, notVisible } from "./display-text.ts";
import { disabledByServer, documentedEventTypes, subscribableEventTypes, webhookEvent } from "./events.ts";
import { nextCursor, pageQuery, text, time } from "./http/fields.ts";

/** The resources of the event log and of webhook endpoints. Times are epoch milliseconds. */
export const webhookLimits = {
  endpoints: 50,
  /** How long a rotated key or secret stays valid beside the new one, in seconds. */
  overlapDefaultSeconds: 86_400,
  overlapMaxSeconds: 604_800,
} as const;

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

export const deliveryStates = ["waiting", "sending", "delivered", "failed", "cancelled"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryAttempt = z
  .object({
    at: time,
    status: z.number().int().nullable().describe("The HTTP status; null without an answer."),
    ms: z
      .number()
      .int()
      .nullable()
      .describe("How long it took; null while it is under way, or where a restart cut it short."),
    error: z
      .enum(attemptErrors)
      .nullable()
      .describe(
        "Why it did not deliver. `interrupted`: the server stopped during it, and it was made again. `internal`: a fault of the server.",
      ),
  })
  .describe("One attempt to deliver an event.");
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>;

export const delivery = z
  .object({
    endpointId: z.string().nullable().describe("Null: the link's own `webhookUrl`."),
    url: z.string().nullable().describe("Null where the endpoint was deleted."),
    state: z
      .enum(deliveryStates)
      .describe(
        "`waiting`: for its first or next attempt, or for an earlier event of the same link. `failed`: given up after the last attempt, or after a 410. `cancelled`: its endpoint was disabled or deleted.",
      ),
    nextAttemptAt: time.nullable(),
    attempts: z.array(deliveryAttempt),
  })
  .describe("An event on its way to one receiver.");
export type Delivery = z.infer<typeof delivery>;

export const eventSummary = z
  .object({
    id: z.string(),
    type: z.string(),
    linkId: z.string().nullable(),
    createdAt: time,
  })
  .describe("An event as the log lists it.");
export type EventSummary = z.infer<typeof eventSummary>;

export const event = eventSummary
  .extend({ data: webhookEvent, deliveries: z.array(delivery) })
  .describe("An event with its body as it is signed and sent, and how it fared.");
export type Event = z.infer<typeof event>;

export const eventList = z.object({ events: z.array(eventSummary), nextCursor }).describe("One page of events.");
export type EventList = z.infer<typeof eventList>;

export const listEventsQuery = pageQuery
  .extend({
    type: text.optional().describe("Types, separated by commas."),
    linkId: text.optional(),
    after: text.optional().describe("An event's id."),
  })
  .describe("Which events to list: newest first, or with `after` those after that event, oldest first.");
export type ListEventsQuery = z.input<typeof listEventsQuery>;

export const signedDelivery = z
  .object({ headers: z.record(z.string(), z.string()), body: z.string() })
  .describe("An event signed as a webhook, just now: send the body with the headers, byte for byte.");
export type SignedDelivery = z.infer<typeof signedDelivery>;

export const redeliverEventRequest = z
  .object({
    endpointId: text
      .optional()
      .describe("The endpoint to send it to, also one that never had it. Without it, every receiver that it went to."),
  })
  .describe("Where to send an event again.");

export const subscribableEventType = z
  .enum(subscribableEventTypes, `must be one of ${subscribableEventTypes.join(", ")}`)
  .describe("What an endpoint can subscribe to.");

const endpointFields = {
  url: text,
  eventTypes: z
    .array(subscribableEventType)
    .min(1, "must name at least one event type")
    .transform((types) => [...new Set(types)]),
  description: text.refine(isVisible, notVisible).nullable(),
};

export const createEndpointRequest = z
  .object({
    url: endpointFields.url,
    eventTypes: endpointFields.eventTypes.default([...documentedEventTypes]),
    description: endpointFields.description.default(null),
  })
  .describe("The body of `POST /v1/webhook_endpoints`.");
export type CreateEndpointRequest = z.input<typeof createEndpointRequest>;

export const updateEndpointRequest = z
  .object({ ...endpointFields, disabled: z.boolean() })
  .partial()
  .describe("What is left out stays as it is.");
export type UpdateEndpointRequest = z.input<typeof updateEndpointRequest>;

const endpointHealth = z.object({
  attempts: z.number().int().describe("Of the last 24 hours."),
  successShare: z.number().nullable().describe("The share of them that delivered, 0 to 1; null without any."),
  lastSuccessAt: time.nullable(),
  lastError: deliveryAttempt.pick({ at: true, status: true, error: true }).nullable(),
  failingSince: time
    .nullable()
    .describe("Since when every attempt has failed, in epoch milliseconds. After five days the endpoint is disabled."),
  backlog: z.number().int().describe("Deliveries that are not over."),
});

export const webhookEndpoint = z
  .object({
    id: z.string(),
    url: z.string(),
    eventTypes: z.array(subscribableEventType),
    description: z.string().nullable(),
    disabled: z.boolean(),
    disabledReason: z
      .enum(["by_owner", ...disabledByServer])
      .nullable()
      .describe("`gone`: it answered 410. `failing`: nothing but failures for five days."),
    createdAt: time,
    health: endpointHealth,
  })
  .describe("Where an organization's events go, beside each link's own `webhookUrl`.");
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

export const createdEndpoint = webhookEndpoint
  .extend({ secret: z.string().describe("Of its Standard Webhooks signatures. Shown this once.") })
  .describe("An endpoint that was just made, with its secret.");
export type CreatedEndpoint = z.infer<typeof createdEndpoint>;
export const endpointList = z
  .object({ endpoints: z.array(webhookEndpoint) })
  .describe(`All endpoints: an organization has at most ${webhookLimits.endpoints}.`);
export type EndpointList = z.infer<typeof endpointList>;

export const rotateRequest = z
  .object({
    overlapSeconds: z
      .number("must be a number of seconds")
      .int("must be a whole number")
      .min(0, "must be 0 or more")
      .max(webhookLimits.overlapMaxSeconds, `must be at most ${webhookLimits.overlapMaxSeconds} (7 days)`)
      .default(webhookLimits.overlapDefaultSeconds)
      .describe("How long the old one is valid beside the new one. 0 withdraws it at once."),
  })
  .describe("Of a secret or a signing key.");
export const rotatedSecret = z
  .object({
    secret: z.string(),
    previousUntil: time
      .nullable()
      .describe(
        "Until when webhooks carry a signature by the old one too, in epoch milliseconds; null when there is none.",
      ),
  })
  .describe("The new secret, shown this once.");
export type RotatedSecret = z.infer<typeof rotatedSecret>;

export const redeliverSinceRequest = z
  .object({
    since: z.number("must be a time in epoch milliseconds").int().min(0).describe("Epoch milliseconds."),
    include: z
      .enum(["undelivered", "all"], "must be undelivered or all")
      .default("undelivered")
      .describe("`undelivered`: those that the endpoint did not get. `all`: all that it subscribes to."),
  })
  .describe("Which events to send an endpoint again, in order.");
export const redelivered = z
  .object({ deliveries: z.number().int().describe("How many deliveries that makes.") })
  .describe("What was sent again.");
export type Redelivered = z.infer<typeof redelivered>;
export const testedEndpoint = z.object({ eventId: z.string() }).describe("The test event that was sent.");
export type TestedEndpoint = z.infer<typeof testedEndpoint>;

export const jwksQuery = z.object({ organization: text.default("") });

export const signingKeyList = z
  .object({
    organization: z.string().describe("The `aud` of every signature."),
    jwksUrl: z.string().describe("Where a JWT library finds the public halves."),
    keys: z.array(z.object({ keyId: z.string(), createdAt: time, retiresAt: time.nullable() })),
  })
  .describe("The ES256 keys that sign an organization's webhooks, the one in use first.");
export type SigningKeyList = z.infer<typeof signingKeyList>;
