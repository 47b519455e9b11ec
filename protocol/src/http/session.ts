import * as z from "zod";
import { captureConfig, phases } from "../session.ts";
import { failure, nextCursor, pageQuery, positiveInteger, text, time } from "./fields.ts";

/** The longest that a session can be asked for, in ms. */
export const sessionLimits = {
  disconnectGracePeriodMs: 3_600_000,
  commandTimeoutMs: 600_000,
  sessionDurationMs: 3_600_000,
} as const;

const positiveMs = (max: number) => positiveInteger(max, `${max} ms`);

/** The body of `POST /v1/sessions`; may be empty. Times in ms. */
export const createSessionRequest = z.object({
  metadata: z.record(z.string(), z.unknown()).optional(),
  config: z
    .object({
      disconnectGracePeriodMs: positiveMs(sessionLimits.disconnectGracePeriodMs).optional(),
      commandTimeoutMs: positiveMs(sessionLimits.commandTimeoutMs).optional(),
      sessionDurationMs: positiveMs(sessionLimits.sessionDurationMs).optional(),
      capture: captureConfig.optional(),
    })
    .optional(),
});
export type CreateSessionRequest = z.input<typeof createSessionRequest>;
export const createdSession = z.object({
  sessionId: z.string(),
  clientToken: z.string(),
  workerToken: z.string(),
  websocketUrl: z.string(),
  expiresAt: time,
});
export type CreatedSession = z.infer<typeof createdSession>;

/** A session as its owner sees it. */
export const session = z.object({
  id: z.string(),
  linkId: z.string().nullable(),
  phase: z.enum(phases),
  clientConnected: z.boolean(),
  workerConnected: z.boolean(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** What `worker.complete` gave; null for a link's session, whose result is the link's. */
  result: z.unknown(),
  error: failure.nullable(),
  createdAt: time,
  expiresAt: time,
});
export type Session = z.infer<typeof session>;
/** A session as lists show it. What it holds, and who is connected, `GET /v1/sessions/:id` says. */
export const sessionSummary = z.object({
  id: z.string(),
  linkId: z.string().nullable(),
  status: z.enum(["active", "complete", "failed"]),
  error: failure.nullable(),
  createdAt: time,
  /** null while it is active. */
  endedAt: time.nullable(),
});
export type SessionSummary = z.infer<typeof sessionSummary>;
export const sessionList = z.object({ sessions: z.array(sessionSummary), nextCursor });
export type SessionList = z.infer<typeof sessionList>;

export const listSessionsQuery = pageQuery;
export const sessionEventsQuery = z.object({
  limit: pageQuery.shape.limit,
  after: z.coerce.number("must be a number").int().min(0, "must be 0 or more").default(0),
  type: text.optional().describe("Types, separated by commas."),
});
export const sessionEvents = z.object({
  events: z.array(
    z.object({
      seq: z.number().int(),
      ts: z.number(),
      serverTs: time,
      source: z.string(),
      type: z.string(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Pass it as `after`; null at the end. */
  nextAfter: z.number().int().nullable(),
});
export type SessionEvents = z.infer<typeof sessionEvents>;
