import * as z from "zod";
import { failure, operationName } from "./http/fields.ts";
import { linkStatus } from "./http/link.ts";

/** What leaves the server unasked: webhooks and the link status socket. */
const eventBase = {
  id: z.string().describe("The same on every delivery of this event: keep it to recognise a repeat."),
  timestamp: z.number().int().describe("When it happened, in epoch milliseconds."),
};
const linkEventBase = { ...eventBase, linkId: z.string() };

export const linkCompleteEvent = z
  .object({
    event: z.literal("link.complete"),
    ...linkEventBase,
    status: z.literal("complete"),
    operations: z
      .array(operationName)
      .describe("What was asked for: it names the data of `result` where there is one operation."),
    result: z.unknown().describe("One operation: its data. Several: `{ operations: [{ resource, action, data }] }`."),
    error: z.null(),
  })
  .describe("A link's operations all succeeded.");

export const linkFailedEvent = z
  .object({
    event: z.literal("link.failed"),
    ...linkEventBase,
    status: z.literal("failed"),
    result: z.null(),
    error: failure,
  })
  .describe("An attempt failed. The person may try again with the same link until it expires.");

export const linkExpiredEvent = z
  .object({
    event: z.literal("link.expired"),
    ...linkEventBase,
    status: z.literal("expired"),
    result: z.null(),
    error: z.null(),
  })
  .describe("Nobody completed the link in time. For endpoints that subscribe to it.");

export const linkCancelledEvent = z
  .object({
    event: z.literal("link.cancelled"),
    ...linkEventBase,
    status: z.literal("expired").describe("The status of a cancelled link, which has a `cancelledAt` too."),
    result: z.null(),
    error: z.null(),
  })
  .describe("The link's owner cancelled it. For endpoints that subscribe to it.");

/** The JSON body of a link's webhook. Both `result` and `error` are always there (null where empty); `id` is stable over retries. */
export const linkEvent = z.discriminatedUnion("event", [
  linkCompleteEvent,
  linkFailedEvent,
  linkExpiredEvent,
  linkCancelledEvent,
]);
export type LinkEvent = z.infer<typeof linkEvent>;

/** Why the server disabled an endpoint. */
export const disabledByServer = ["gone", "failing"] as const;

const endpointEventBase = {
  ...eventBase,
  linkId: z.null(),
  status: z.null(),
  result: z.null(),
  error: z.null(),
  endpointId: z.string(),
};
export const endpointDisabledEvent = z
  .object({
    event: z.literal("webhook_endpoint.disabled"),
    ...endpointEventBase,
    reason: z.enum(disabledByServer),
  })
  .describe(
    "Passage sends nothing more to an endpoint: it answered 410 (`gone`), or failed for five days (`failing`).",
  );
export const endpointTestEvent = z
  .object({ event: z.literal("webhook_endpoint.test"), ...endpointEventBase })
  .describe("Sent because you asked for it: `POST /v1/webhook_endpoints/:id/test`.");
/** The JSON body of a webhook about a webhook endpoint. The documented fields are there, empty. */
export const endpointEvent = z.discriminatedUnion("event", [endpointDisabledEvent, endpointTestEvent]);

export const webhookEvent = z
  .union([linkEvent, endpointEvent])
  .describe("The body of a webhook, as it is on the wire.");
export type WebhookEvent = z.infer<typeof webhookEvent>;
export type EventType = WebhookEvent["event"];

/** A link's own `webhookUrl` gets the first two. */
export const subscribableEventTypes = [
  "link.complete",
  "link.failed",
  "link.expired",
  "link.cancelled",
  "webhook_endpoint.disabled",
] as const satisfies readonly EventType[];
export const documentedEventTypes = ["link.complete", "link.failed"] as const satisfies readonly EventType[];

export const webhookHeaders = { signature: "X-Passage-Signature", timestamp: "X-Passage-Timestamp" } as const;
/** The headers of the Standard Webhooks specification, sent beside ours. */
export const standardHeaders = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;

/** Where an active attempt stands, for people who watch it. */
export const linkSteps = ["waiting_for_device", "working", "waiting_for_user"] as const;
export type LinkStep = (typeof linkSteps)[number];

/** A message of `/link/ws`: at once on connect, then on each change. The socket closes with 1000 after an end. */
export const linkStatusMessage = z.object({
  type: z.literal("link.status"),
  linkId: z.string(),
  status: linkStatus,
  step: z.enum(linkSteps).optional(),
  error: failure.optional(),
  cancelledAt: z
    .number()
    .int()
    .optional()
    .describe("When the link's owner cancelled it: its status is `expired` then. Epoch milliseconds."),
  ts: z.number().int(),
});
export type LinkStatusMessage = z.infer<typeof linkStatusMessage>;
