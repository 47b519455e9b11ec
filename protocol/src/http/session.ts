import * as z from "zod";
import { captureConfig, phase } from "../session.ts";
import { afterQuery, failure, nextAfter, nextCursor, pageQuery, positiveInteger, text, time } from "./fields.ts";

/** The longest that a session can be asked for, in ms. */
export const sessionLimits = {
  disconnectGracePeriodMs: 3_600_000,
  commandTimeoutMs: 600_000,
  sessionDurationMs: 3_600_000,
} as const;

const positiveMs = (max: number) => positiveInteger(max, `${max} ms`).optional();

export const createSessionRequest = z
  .object({
    metadata: z.record(z.string(), z.unknown()).optional().describe("Your own notes about the session."),
    config: z
      .object({
        disconnectGracePeriodMs: positiveMs(sessionLimits.disconnectGracePeriodMs).describe(
          "How long the device may be away before the session expires, in ms. Default 120,000, longest 3,600,000.",
        ),
        commandTimeoutMs: positiveMs(sessionLimits.commandTimeoutMs).describe(
          "How long a command may take, in ms, unless it says otherwise. Default 30,000, longest 600,000.",
        ),
        sessionDurationMs: positiveMs(sessionLimits.sessionDurationMs).describe(
          "How long the session may last, in ms. Default 900,000 (15 minutes), longest 3,600,000.",
        ),
        capture: captureConfig.optional(),
      })
      .optional(),
  })
  .describe("The body of `POST /v1/sessions`; may be empty.");
export type CreateSessionRequest = z.input<typeof createSessionRequest>;
export const createdSession = z
  .object({
    sessionId: z.string(),
    clientToken: z.string().describe("A secret, for the device."),
    workerToken: z.string().describe("A secret, for the worker."),
    websocketUrl: z.string().describe("For both."),
    expiresAt: time,
  })
  .describe("A session that was just created.");
export type CreatedSession = z.infer<typeof createdSession>;

const linkIdOfSession = z.string().nullable().describe("Null for a session that your own worker drives.");

export const session = z
  .object({
    id: z.string(),
    linkId: linkIdOfSession,
    phase,
    clientConnected: z.boolean(),
    workerConnected: z.boolean(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    result: z
      .unknown()
      .describe("What your worker completed it with; null for a link's session, whose result is the link's."),
    error: failure.nullable(),
    createdAt: time,
    expiresAt: time,
  })
  .describe("A session as its owner sees it.");
export type Session = z.infer<typeof session>;
export const sessionSummary = z
  .object({
    id: z.string(),
    linkId: linkIdOfSession,
    status: z.enum(["active", "complete", "failed"]),
    error: failure.nullable(),
    createdAt: time,
    endedAt: time.nullable().describe("Epoch milliseconds; null while it is active."),
  })
  .describe("A session as lists show it. What it holds, and who is connected, `GET /v1/sessions/:id` says.");
export type SessionSummary = z.infer<typeof sessionSummary>;
export const sessionList = z
  .object({ sessions: z.array(sessionSummary), nextCursor })
  .describe("One page of sessions, newest first.");
export type SessionList = z.infer<typeof sessionList>;

export const listSessionsQuery = pageQuery;
export const sessionEventsQuery = z
  .object({
    limit: pageQuery.shape.limit,
    after: afterQuery,
    type: text.optional().describe("Types, separated by commas."),
  })
  .describe("How much of what the device saw.");
export const sessionEvents = z
  .object({
    events: z.array(
      z.object({
        seq: z.number().int(),
        ts: z.number().describe("By the device's clock."),
        serverTs: time,
        source: z.string(),
        type: z.string(),
        payload: z.record(z.string(), z.unknown()),
      }),
    ),
    nextAfter,
  })
  .describe("What the device saw, oldest first.");
export type SessionEvents = z.infer<typeof sessionEvents>;
