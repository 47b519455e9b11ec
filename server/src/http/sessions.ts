import {
  type CreatedSession,
  createSessionRequest,
  listSessionsQuery,
  type Session,
  type SessionEvents,
  type SessionList,
  sessionEventsQuery,
} from "@passage/protocol/http";
import { type Role, roles, subprotocol } from "@passage/protocol/session";
import { type SessionTrace, sessionTraceQuery } from "@passage/protocol/trace";
import { type Context, Hono } from "hono";
import { hashSecret, mintId, readTag } from "../ids.ts";
import { defaultTimes } from "../session/opening.ts";
import { organizationOf, sessionOf } from "../stubs.ts";
import { bearer, callerOf, requireApiKey } from "./api-key.ts";
import { check, readOptionalBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { socketOrigin } from "./origin.ts";
import { invalid, problem } from "./problem.ts";

/** `/v1/sessions`: sessions without a link, driven by the developer's own worker; and the sessions of links, to look at. */
export const sessions = new Hono<PassageContext>().use(requireApiKey);

sessions.post("/", async (c) => {
  const { config = {}, metadata } = await readOptionalBody(c, createSessionRequest);
  const { tag, mode } = c.get("caller");
  const mint = (kind: "session" | "clientToken" | "workerToken") => mintId(c.env.PASSAGE_SECRET, kind, tag);
  const [sessionId, clientToken, workerToken] = await Promise.all([
    mint("session"),
    mint("clientToken"),
    mint("workerToken"),
  ]);
  const { disconnectGracePeriodMs, commandTimeoutMs, sessionDurationMs } = config;
  const { expiresAt } = await sessionOf(c.env, sessionId).open({
    sessionId,
    organizationTag: tag,
    mode,
    clientTokenHash: await hashSecret(clientToken),
    workerTokenHash: await hashSecret(workerToken),
    times: {
      disconnectGracePeriodMs: disconnectGracePeriodMs ?? defaultTimes.disconnectGracePeriodMs,
      commandTimeoutMs: commandTimeoutMs ?? defaultTimes.commandTimeoutMs,
      sessionDurationMs: sessionDurationMs ?? defaultTimes.sessionDurationMs,
    },
    debug: false,
    capture: config.capture ?? null,
    metadata: metadata ?? null,
    attempt: null,
  });
  await organizationOf(c.env, tag).addSession(sessionId);
  const websocketUrl = `${socketOrigin(c)}/sessions/${sessionId}/ws`;
  return c.json({ sessionId, clientToken, workerToken, websocketUrl, expiresAt } satisfies CreatedSession, 201);
});

sessions.get("/", async (c) => {
  const { limit, cursor } = check(listSessionsQuery, c.req.query());
  const { tag } = c.get("caller");
  const before = cursor === undefined ? null : readCursor("sessions", cursor);
  const found = await organizationOf(c.env, tag).listSessions(before, limit + 1);
  const page = found.slice(0, limit);
  const described = await Promise.all(page.map(({ sessionId }) => sessionOf(c.env, sessionId).describe()));
  const last = found.length > limit ? page.at(-1) : undefined;
  const nextCursor = last ? writeCursor("sessions", last.position) : null;
  return c.json({ sessions: described.filter((one) => one !== null), nextCursor } satisfies SessionList);
});

sessions.get("/:id", async (c) => {
  const found = await ownSession(c, c.req.param("id")).then((session) => session.describe());
  if (!found) throw problem("not_found", "Session not found");
  return c.json(found satisfies Session);
});

sessions.get("/:id/events", async (c) => {
  const { limit, after, type } = check(sessionEventsQuery, c.req.query());
  const types = type?.split(",").filter(Boolean).slice(0, 50) ?? [];
  const session = await ownSession(c, c.req.param("id"));
  const found = await session.events({ after, types, limit: limit + 1 });
  const events = found.slice(0, limit);
  const nextAfter = found.length > limit ? (events.at(-1)?.seq ?? null) : null;
  return c.json({ events, nextAfter } satisfies SessionEvents);
});

sessions.get("/:id/trace", async (c) => {
  const { limit, after } = check(sessionTraceQuery, c.req.query());
  const session = await ownSession(c, c.req.param("id"));
  const found = (await session.trace()).filter(({ seq }) => seq > after);
  const trace = found.slice(0, limit);
  return c.json({ trace, nextAfter: found.length > limit ? (trace.at(-1)?.seq ?? null) : null } satisfies SessionTrace);
});

sessions.delete("/:id", async (c) => {
  const session = await ownSession(c, c.req.param("id"));
  await session.cancel();
  const found = await session.describe();
  if (!found) throw problem("not_found", "Session not found");
  return c.json(found satisfies Session);
});

async function ownSession(c: Context<PassageContext>, id: string) {
  const isOurs = (await readTag(c.env.PASSAGE_SECRET, "session", id)) === c.get("caller").tag;
  if (!isOurs) throw problem("not_found", "Session not found");
  return sessionOf(c.env, id);
}

/** `GET /sessions/:id/ws`: the upgrade. The token stays here; the session sees its hash. */
export const sessionSockets = new Hono<PassageContext>();

sessionSockets.get("/:id/ws", async (c) => {
  const sessionId = c.req.param("id");
  const tag = await readTag(c.env.PASSAGE_SECRET, "session", sessionId);
  if (!tag) throw problem("not_found", "Session not found");
  const role = c.req.query("role") as Role;
  if (!roles.includes(role)) throw invalid([{ path: "role", message: "must be worker, client or debug" }]);
  const asked = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  const offered = asked[0] === subprotocol ? asked[1] : undefined;
  const token = bearer(c.req.header("authorization")) ?? offered ?? c.req.query("token") ?? "";
  const owner = role === "debug" && token.startsWith("psg_") ? await callerOf(c.env, token) : null;
  const credential = owner?.tag === tag ? "owner" : await hashSecret(token);
  const response = await sessionOf(c.env, sessionId).fetch(`http://session/${role}/${credential}`, {
    headers: {
      upgrade: c.req.header("upgrade")?.toLowerCase() ?? "",
      ...(asked[0] === subprotocol && { "sec-websocket-protocol": subprotocol }),
    },
  });
  if (response.status === 404) throw problem("not_found", "Session not found");
  // Last, so that a peer which sees no status at an upgrade can ask here what is wrong with its token.
  if (response.status === 426) throw problem("upgrade_required", "Open this address as a WebSocket.");
  if (response.status === 401)
    throw problem(
      "invalid_token",
      `This token does not open this session as ${role}. Claim the link again for a new one.`,
    );
  return response;
});
