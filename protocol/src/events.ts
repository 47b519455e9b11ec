import * as z from "zod";
import { operationName } from "./http/fields.ts";
import { linkStatuses } from "./http/link.ts";

/** What leaves the server unasked: webhooks and the link status socket. */
const eventBase = { id: z.string(), timestamp: z.number().int() };
const linkEventBase = { ...eventBase, linkId: z.string() };
const failure = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** The JSON body of a link's webhook. Both `result` and `error` are always there (null where empty); `id` is stable over retries. */
export const linkEvent = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("link.complete"),
    ...linkEventBase,
    status: z.literal("complete"),
    /** What was asked for: it names the data of `result` where there is one operation. */
    operations: z.array(operationName),
    result: z.unknown(),
    error: z.null(),
  }),
  z.object({
    event: z.literal("link.failed"),
    ...linkEventBase,
    status: z.literal("failed"),
    result: z.null(),
    error: failure,
  }),
  z.object({
    event: z.literal("link.expired"),
    ...linkEventBase,
    status: z.literal("expired"),
    result: z.null(),
    error: z.null(),
  }),
  /** Its owner cancelled the link. The status of a cancelled link is `expired`, with `cancelledAt`. */
  z.object({
    event: z.literal("link.cancelled"),
    ...linkEventBase,
    status: z.literal("expired"),
    result: z.null(),
    error: z.null(),
  }),
]);
export type LinkEvent = z.infer<typeof linkEvent>;

/** Why the server disabled an endpoint: it answered 410, or nothing but failures for five days. */
export const disabledByServer = ["gone", "failing"] as const;

const endpointEventBase = {
  ...eventBase,
  linkId: z.null(),
  status: z.null(),
  result: z.null(),
  error: z.null(),
  endpointId: z.string(),
};
/** The JSON body of a webhook about a webhook endpoint. The documented fields are there, empty. */
export const endpointEvent = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("webhook_endpoint.disabled"),
    ...endpointEventBase,
    reason: z.enum(disabledByServer),
  }),
  z.object({ event: z.literal("webhook_endpoint.test"), ...endpointEventBase }),
]);

/** Every JSON body that a webhook can have. */
export const webhookEvent = z.union([linkEvent, endpointEvent]);
export type WebhookEvent = z.infer<typeof webhookEvent>;
export type EventType = WebhookEvent["event"];

/** What an endpoint can subscribe to. A link's own `webhookUrl` gets the first two. */
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
  status: z.enum(linkStatuses),
  step: z.enum(linkSteps).optional(),
  error: failure.optional(),
  /** When the link's owner cancelled it: its status is `expired` then. */
  cancelledAt: z.number().int().optional(),
  ts: z.number().int(),
});
export type LinkStatusMessage = z.infer<typeof linkStatusMessage>;
