import { routes } from "@passage/protocol/routes/table";
import { type Role, roles, subprotocol } from "@passage/protocol/session";
import { Hono } from "hono";
import { hashSecret, mintId, readTag } from "../ids.ts";
import { defaultTimes, viewersPerSession } from "../limits.ts";
import { attemptsOf, sessionOf } from "../stubs.ts";
import { admit, bearer } from "./caller.ts";
import type { PassageContext } from "./context.ts";
import { socketOrigin } from "./origin.ts";
import { invalid, problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";
import { newestFirst } from "./shard-list.ts";
import { ownTag, placementOf } from "./tenant.ts";

/** `/v1/sessions`: sessions without a link, driven by the developer's own worker; and the sessions of links, to look at. */
export const sessions = new Hono<PassageContext>();

serve(sessions, routes.createSession, async ({ c, caller, body: { config = {}, metadata }, once }) => {
  const { mode } = caller;
  const tag = await placementOf(c.env, caller, once, null);
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
  const websocketUrl = `${socketOrigin(c)}/sessions/${sessionId}/ws`;
  const made = { sessionId, clientToken, workerToken, websocketUrl, expiresAt };
  // The session first: one that nobody was told of ends by itself, one that was told of must be there.
  const created = unwrap(await attemptsOf(c.env, tag).addSession(made, once));
  if (created.sessionId !== sessionId) await sessionOf(c.env, sessionId).cancel();
  return created;
});

serve(sessions, routes.listSessions, async ({ c, caller, query }) => {
  const { page, nextCursor } = await newestFirst({ c, caller }, query, {
    list: "sessions",
    read: (tag, before, limit) => attemptsOf(c.env, tag).listSessions(before, limit),
    positionOf: ({ position }) => position,
    timeOf: ({ session }) => session.createdAt,
  });
  return { sessions: page.map(({ session }) => session), nextCursor };
});

serve(sessions, routes.getSession, async (asked) => {
  const found = await (await ownSession(asked)).describe();
  if (!found) throw unknown();
  return found;
});

serve(sessions, routes.listSessionEvents, async (asked) => {
  const { limit, after, type } = asked.query;
  const types = type?.split(",").filter(Boolean).slice(0, 50) ?? [];
  const found = await (await ownSession(asked)).events({ after, types, limit: limit + 1 });
  const events = found.slice(0, limit);
  return { events, nextAfter: found.length > limit ? (events.at(-1)?.seq ?? null) : null };
});

serve(sessions, routes.traceSession, async (asked) => {
  const { limit, after } = asked.query;
  const session = await ownSession(asked);
  const found = (await session.trace()).filter(({ seq }) => seq > after);
  const trace = found.slice(0, limit);
  return { trace, nextAfter: found.length > limit ? (trace.at(-1)?.seq ?? null) : null };
});

serve(sessions, routes.endSession, async (asked) => {
  const session = await ownSession(asked);
  await session.cancel();
  const found = await session.describe();
  if (!found) throw unknown();
  return found;
});

async function ownSession({ c, caller, id }: Pick<Asked<typeof routes.getSession>, "c" | "caller" | "id">) {
  if ((await ownTag(c.env, caller, "session", id)) === null) throw unknown();
  return sessionOf(c.env, id);
}

function unknown() {
  return problem("not_found", "Session not found");
}

/** `GET /sessions/:id/ws`: the upgrade. The token stays here; the session sees its hash. */
export const sessionSockets = new Hono<PassageContext>();

serve(sessionSockets, routes.sessionSocket, async ({ c, id: sessionId }) => {
  const tag = await readTag(c.env.PASSAGE_SECRET, "session", sessionId);
  if (!tag) throw problem("not_found", "Session not found");
  Object.assign(c.get("subject"), { organization: tag, sessionId });
  const role = c.req.query("role") as Role;
  if (!roles.includes(role)) throw invalid([{ path: "role", message: "must be worker, client or debug" }]);
  const asked = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  const offered = asked[0] === subprotocol ? asked[1] : undefined;
  const token = bearer(c.req.header("authorization")) ?? offered ?? c.req.query("token") ?? "";
  const isKey = role === "debug" && token.startsWith("psg_");
  const owner = isKey ? await admit(c, token, "sessions:read") : null;
  const isOwn = owner !== null && (await ownTag(c.env, owner, "session", sessionId)) !== null;
  const credential = isOwn ? "owner" : await hashSecret(token);
  const response = await sessionOf(c.env, sessionId).fetch(`http://session/${role}/${credential}`, {
    headers: {
      upgrade: c.req.header("upgrade")?.toLowerCase() ?? "",
      ...(asked[0] === subprotocol && { "sec-websocket-protocol": subprotocol }),
    },
  });
  if (response.status === 404) throw problem("not_found", "Session not found");
  // Last, so that a peer which sees no status at an upgrade can ask here what is wrong with its token.
  if (response.status === 426) throw problem("upgrade_required", "Open this address as a WebSocket.");
  if (response.status === 429)
    throw problem("rate_limited", `This session has ${viewersPerSession} debug viewers already. Close one first.`);
  if (response.status === 401)
    throw problem(
      "invalid_token",
      `This token does not open this session as ${role}. Claim the link again for a new one.`,
    );
  return response;
});
