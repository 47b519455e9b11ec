import {
  createdSession,
  createSessionRequest,
  listSessionsQuery,
  session,
  sessionEvents,
  sessionEventsQuery,
  sessionList,
} from "../http/session.ts";
import { sessionTrace, sessionTraceQuery } from "../trace.ts";
import type { Route } from "./route.ts";

export const sessionRoutes = {
  createSession: {
    method: "POST",
    path: "/v1/sessions",
    access: "sessions:write",
    summary: "Create a session that your own worker drives.",
    body: createSessionRequest,
    examples: {
      "With the default times": {},
      "With metadata and a shorter life": {
        metadata: { job: "prices" },
        config: { sessionDurationMs: 600_000, capture: { screenshots: { enabled: true, intervalMs: 5_000 } } },
      },
    },
    status: 201,
    answer: createdSession,
  },
  listSessions: {
    method: "GET",
    path: "/v1/sessions",
    access: "sessions:read",
    summary: "List sessions, newest first.",
    query: listSessionsQuery,
    answer: sessionList,
  },
  getSession: {
    method: "GET",
    path: "/v1/sessions/:id",
    access: "sessions:read",
    summary: "Read a session.",
    id: "session",
    answer: session,
  },
  listSessionEvents: {
    method: "GET",
    path: "/v1/sessions/:id/events",
    access: "sessions:read",
    summary: "Read what the device saw, oldest first.",
    id: "session",
    query: sessionEventsQuery,
    answer: sessionEvents,
  },
  traceSession: {
    method: "GET",
    path: "/v1/sessions/:id/trace",
    access: "sessions:read",
    summary: "Read what the device was asked, when, and what came of it: names, times and codes, never values.",
    id: "session",
    query: sessionTraceQuery,
    answer: sessionTrace,
  },
  endSession: {
    method: "DELETE",
    path: "/v1/sessions/:id",
    access: "sessions:write",
    summary: "End a session.",
    id: "session",
    answer: session,
  },
  sessionSocket: {
    method: "GET",
    path: "/sessions/:id/ws",
    access: "public",
    summary: "The session's WebSocket; the token in Authorization, Sec-WebSocket-Protocol or ?token=.",
    id: "session",
    answer: "socket",
    errors: ["invalid_token", "upgrade_required", "validation_failed"],
  },
} as const satisfies Record<string, Route>;
