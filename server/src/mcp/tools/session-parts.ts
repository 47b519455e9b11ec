import { routes } from "@passage/protocol/routes/table";
import { captureEvents } from "@passage/protocol/session";
import type { Context } from "hono";
import * as z from "zod";
import type { PassageContext } from "../../http/context.ts";
import { callRoute } from "../../http/serve.ts";
import { eventLine, shortEvent } from "../session-event.ts";
import { dataNotice, fenced, inline, list, markdown, present, time } from "../text.ts";
import { defineTool, type ToolAnswer } from "../tool.ts";
import { sessionId } from "./input.ts";

const pageSize = 40;

/** The events that a part is made of. */
const eventTypes = {
  network: ["navigation", "net.response", "client.network_activity"],
  console: ["console", "error.uncaught", "client.console_activity"],
  logs: [
    "client.sdk_log",
    "window.opened",
    "window.closed",
    "window.crashed",
    "dialog.opened",
    "download.refused",
    "auth.cancelled",
    "file_chooser.refused",
    "external_app.requested",
  ],
  captures: captureEvents,
} as const;
const parts = ["commands", "network", "console", "logs", "connections", "transitions", "captures"] as const;

const getSessionPart = defineTool({
  name: "get_session_part",
  title: "Read one part of a session",
  description:
    "Reads one part of what was recorded of a session: commands (requests to the device, with times and error codes), network, console, logs, connections, transitions, or captures (snapshots and screenshots).",
  input: z.strictObject({
    session_id: sessionId,
    part: z.enum(parts),
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, "is not one that this part gave; start without it")
      .optional(),
  }),
  routes: [routes.getSession, routes.traceSession, routes.listSessionEvents],
  run: (c, { session_id: id, part, cursor }) => {
    const after = Number(cursor ?? 0);
    if (part === "commands") return commands(c, id, after);
    if (part === "connections") return connections(c, id);
    if (part === "transitions") return transitions(c, id);
    return events(c, id, part, after);
  },
});

export const sessionPartTools = [getSessionPart];

async function commands(c: Context<PassageContext>, id: string, after: number): Promise<ToolAnswer> {
  const query = { limit: pageSize, after };
  const { trace, nextAfter } = await callRoute(c, routes.traceSession, { id, query });
  const lines = trace.map(({ request, askedAt, ms, sent, error }) => {
    const took = ms === null ? "not answered" : `${ms} ms`;
    const failure = error ? `, **\`${inline(error.code)}\`**` : "";
    return `${time(askedAt)} \`${inline(request, 64)}\` ${took}${sent > 1 ? `, sent ${sent} times` : ""}${failure}`;
  });
  return {
    text: markdown({
      title: `Commands of ${id}`,
      sections: [list(lines, "The device was asked nothing.")],
      next: [nextAfter === null ? null : `More: cursor ${nextAfter}`],
    }),
    structured: present({
      commands: trace.map(({ error, ...one }) => present({ ...one, errorCode: error?.code })),
      nextCursor: nextAfter === null ? null : String(nextAfter),
    }),
  };
}

async function events(
  c: Context<PassageContext>,
  id: string,
  part: keyof typeof eventTypes,
  after: number,
): Promise<ToolAnswer> {
  const query = { limit: pageSize, after, type: eventTypes[part].join(",") };
  const { events: found, nextAfter } = await callRoute(c, routes.listSessionEvents, { id, query });
  const empty =
    part === "captures"
      ? "Nothing was captured. Captures are for your own sessions: POST /v1/sessions with config.capture."
      : "Nothing of this kind was recorded. A link's device reports few events; your own session's device reports more.";
  return {
    text: markdown({
      title: `${part[0]?.toUpperCase()}${part.slice(1)} of ${id}`,
      sections: [found.length > 0 ? fenced(found.map(eventLine).join("\n"), 20_000) : empty],
      next: [
        nextAfter === null ? null : `More: cursor ${nextAfter}`,
        part === "captures" && found.length > 0
          ? `GET /v1/sessions/${id}/events?type=page.snapshot has the pages.`
          : null,
      ],
    }),
    structured: present({
      notice: dataNotice,
      events: found.map(shortEvent),
      nextCursor: nextAfter === null ? null : String(nextAfter),
    }),
  };
}

/** Who is connected now, and which requests had to be sent again to a device that came back. */
async function connections(c: Context<PassageContext>, id: string): Promise<ToolAnswer> {
  const { clientConnected, workerConnected, linkId } = await callRoute(c, routes.getSession, { id });
  const { trace } = await callRoute(c, routes.traceSession, { id });
  const again = trace.filter(({ sent }) => sent > 1);
  return {
    text: markdown({
      title: `Connections of ${id}`,
      facts: [
        ["Device", clientConnected ? "connected" : "not connected"],
        ["Worker", linkId ? "Passage's own automation" : workerConnected ? "connected" : "not connected"],
        ["Requests sent again after a lost device", again.length],
      ],
      sections: [
        again.length > 0
          ? list(
              again.map((one) => `${time(one.askedAt)} \`${inline(one.request)}\``),
              "",
            )
          : null,
      ],
    }),
    structured: {
      clientConnected,
      workerConnected,
      sentAgain: again.map(({ id: request, sent }) => ({ request, sent })),
    },
  };
}

/** The moves of a session, as far as its resource and its requests show them. */
async function transitions(c: Context<PassageContext>, id: string): Promise<ToolAnswer> {
  const { phase, error, createdAt, expiresAt } = await callRoute(c, routes.getSession, { id });
  const { trace } = await callRoute(c, routes.traceSession, { id });
  const isOver = phase === "complete" || phase === "failed" || phase === "expired";
  const turns = trace.filter(({ request }) => request === "yield");
  const moves = [
    { at: createdAt, what: "created" },
    ...trace.slice(0, 1).map(({ askedAt }) => ({ at: askedAt, what: "active: the first request to the device" })),
    ...turns.flatMap(({ askedAt, ms }) => [
      { at: askedAt, what: "the person's turn begins" },
      ...(ms === null ? [] : [{ at: askedAt + ms, what: "the person's turn ends" }]),
    ]),
  ];
  return {
    text: markdown({
      title: `Transitions of ${id}`,
      facts: [
        ["Phase now", phase],
        ["Error", error && `\`${inline(error.code)}\``],
        ["Ends at the latest", isOver ? null : time(expiresAt)],
      ],
      sections: [
        list(
          moves.map(({ at, what }) => `${time(at)} ${what}`),
          "",
        ),
      ],
    }),
    structured: present({ phase, errorCode: error?.code, moves, expiresAt }),
  };
}
