import { type CreatedSession, createSessionRequest } from "@passage/protocol/http";
import { type Role, roles, subprotocol } from "@passage/protocol/session";
import { Hono } from "hono";
import { hashSecret, mintId, readTag } from "../ids.ts";
import { defaultTimes } from "../session/opening.ts";
import { sessionOf } from "../stubs.ts";
import { bearer, callerOf, requireApiKey } from "./api-key.ts";
import { readBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { socketOrigin } from "./origin.ts";
import { invalid, problem } from "./problem.ts";
import { requireUpgrade } from "./upgrade.ts";

/** `POST /v1/sessions`: a session without a link, driven by the developer's own worker. */
export const sessions = new Hono<PassageContext>().use(requireApiKey);

sessions.post("/", async (c) => {
  const hasBody = (c.req.header("content-length") ?? "0") !== "0" || c.req.header("transfer-encoding") !== undefined;
  const { config = {} } = hasBody ? await readBody(c, createSessionRequest) : {};
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
    attempt: null,
  });
  const websocketUrl = `${socketOrigin(c)}/sessions/${sessionId}/ws`;
  return c.json({ sessionId, clientToken, workerToken, websocketUrl, expiresAt } satisfies CreatedSession, 201);
});

/** `GET /sessions/:id/ws`: the upgrade. The token stays here; the session sees its hash. */
export const sessionSockets = new Hono<PassageContext>();

sessionSockets.get("/:id/ws", async (c) => {
  requireUpgrade(c);
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
    headers: { upgrade: "websocket", ...(asked[0] === subprotocol && { "sec-websocket-protocol": subprotocol }) },
  });
  if (response.status === 404) throw problem("not_found", "Session not found");
  if (response.status === 401)
    throw problem(
      "invalid_token",
      `This token does not open this session as ${role}. Claim the link again for a new one.`,
    );
  return response;
});
