import * as z from "zod";
import { linkStatuses } from "./http/link.ts";

/** What leaves the server unasked: webhooks and the link status socket. */
export const webhookEventTypes = ["link.complete", "link.failed"] as const;

const eventBase = { id: z.string(), linkId: z.string(), timestamp: z.number().int() };
const failure = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** The JSON body of a webhook. Both `result` and `error` are always there (null where empty); `id` is stable over retries. */
export const webhookEvent = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("link.complete"),
    ...eventBase,
    status: z.literal("complete"),
    result: z.unknown(),
    error: z.null(),
  }),
  z.object({
    event: z.literal("link.failed"),
    ...eventBase,
    status: z.literal("failed"),
    result: z.null(),
    error: failure,
  }),
]);
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** Delays before each delivery attempt, in ms, as documented; after the last one the delivery is marked failed. */
export const webhookAttemptDelaysMs = [0, 1_000, 5_000] as const;
export const webhookTimeoutMs = 15_000;
export const webhookHeaders = { signature: "X-Passage-Signature", timestamp: "X-Passage-Timestamp" } as const;

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
  ts: z.number().int(),
});
export type LinkStatusMessage = z.infer<typeof linkStatusMessage>;
