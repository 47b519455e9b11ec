import { routes } from "@passage/protocol/routes/table";
import { captureEvents } from "@passage/protocol/session";
import type { Context } from "hono";
import * as z from "zod";
import type { PassageContext } from "../../http/context.ts";
import { callRoute } from "../../http/serve.ts";
import { eventLine, type SessionEvent, shortEvent } from "../session-event.ts";
import { dataNotice, fenced, inline, list, markdown, present, time } from "../text.ts";
import { defineTool, mayUse } from "../tool.ts";
import { cursor, limit, sessionId } from "./input.ts";

const listSessions = defineTool({
  name: "list_sessions",
  title: "List sessions",
  description: "Lists sessions, newest first, with status, provider and error.",
  input: z.strictObject({ limit, cursor }),
  routes: [routes.listSessions],
  run: async (c, query) => {
    const { sessions, nextCursor } = await callRoute(c, routes.listSessions, { query: present(query) });
    const providers = await newestProviders(c);
    const found = sessions.map((one) => ({ ...one, provider: providers.get(one.linkId ?? "") }));
    const lines = found.map(({ id, status, provider, linkId, error, createdAt }) => {
      const whose = linkId ? ` \`${linkId}\`` : " your own worker's";
      return `\`${id}\` **${status}** ${provider ?? ""}${whose}${error ? ` \`${inline(error.code)}\`` : ""}, ${time(createdAt)}`;
    });
    return {
      text: markdown({
        title: "Sessions, newest first",
        sections: [list(lines, "There are none.")],
        next: [found.length > 0 ? "get_session_overview shows one." : null, nextCursor && `More: cursor ${nextCursor}`],
      }),
      structured: present({
        sessions: found.map(({ error, ...one }) => present({ ...one, errorCode: error?.code })),
        nextCursor,
      }),
    };
  },
});

const getSessionOverview = defineTool({
  name: "get_session_overview",
  title: "Read a session's overview",
  description: "Reads a session: phase, connections, its link, its error, and how much was recorded.",
  input: z.strictObject({ session_id: sessionId }),
  routes: [routes.getSession, routes.traceSession, routes.listSessionEvents],
  run: async (c, { session_id: id }) => {
    const session = await callRoute(c, routes.getSession, { id });
    const { trace, nextAfter: moreTrace } = await callRoute(c, routes.traceSession, { id });
    const { events, nextAfter: moreEvents } = await callRoute(c, routes.listSessionEvents, {
      id,
      query: { limit: 100 },
    });
    const link =
      session.linkId && mayUse(c.get("caller").scopes, routes.getLink)
        ? await callRoute(c, routes.getLink, { id: session.linkId })
        : null;
    const refused = trace.filter(({ error }) => error !== null);
    const types = Map.groupBy(events, ({ type }) => type);
    const counts = [...types].map(([type, ofType]) => `${inline(type, 64)} ${ofType.length}`);
    const count = (items: readonly unknown[], more: unknown) => `${items.length}${more === null ? "" : " or more"}`;
    return {
      text: markdown({
        title: `Session ${id}`,
        facts: [
          ["Phase", session.phase],
          ["Device connected", session.clientConnected ? "yes" : "no"],
          ["Worker connected", session.workerConnected ? "yes" : "no"],
          ["Link", session.linkId],
          ["Link's status", link?.status],
          ["Provider", link?.integrationId],
          ["Error", session.error && `\`${inline(session.error.code)}\``],
          ["Requests to the device", `${count(trace, moreTrace)}, ${refused.length} refused`],
          ["Events", `${count(events, moreEvents)}${counts.length > 0 ? ` (${counts.join(", ")})` : ""}`],
          ["Captures", events.filter(({ type }) => captureEvents.includes(type)).length],
          ["Created", time(session.createdAt)],
          ["Ends at the latest", time(session.expiresAt)],
        ],
        sections: [
          session.error ? `**What the error says**\n${fenced(session.error.message, 1_000)}` : null,
          session.metadata ? `**Metadata**\n${fenced(session.metadata, 1_000)}` : null,
        ],
        next: [
          `get_session_timeline with session_id ${id}.`,
          trace.length > 0 ? `get_session_part with part "commands" shows what the device was asked.` : null,
          session.linkId && `get_link with link_id ${session.linkId}.`,
        ],
      }),
      structured: present({
        notice: dataNotice,
        session: present({ ...session, result: undefined }),
        link: link && { id: link.id, status: link.status, provider: link.integrationId },
        requests: trace.length,
        refusedRequests: refused.length,
        events: Object.fromEntries([...types].map(([type, ofType]) => [type, ofType.length])),
      }),
    };
  },
});

const getSessionTimeline = defineTool({
  name: "get_session_timeline",
  title: "Read a session's timeline",
  description:
    "Reads what happened in a session, oldest first. type_filter: types separated by commas, such as navigation,net.response,console; command and yield are requests to the device.",
  input: z.strictObject({
    session_id: sessionId,
    type_filter: z.string().max(500).optional(),
    limit,
    cursor: z
      .string()
      .regex(/^\d{1,15}\.\d{1,15}$/, "is not one that this timeline gave; start without it")
      .optional(),
  }),
  routes: [routes.listSessionEvents, routes.traceSession],
  run: async (c, { session_id: id, type_filter, limit, cursor }) => {
    const types =
      type_filter
        ?.split(",")
        .map((type) => type.trim())
        .filter(Boolean) ?? [];
    const after = readPlace(cursor);
    const { events, nextAfter } = await callRoute(c, routes.listSessionEvents, {
      id,
      query: present({ limit, after: after.events, type: types.join(",") || null }),
    });
    const { trace, nextAfter: nextRequest } = await callRoute(c, routes.traceSession, {
      id,
      query: { limit, after: after.requests },
    });
    const requests = trace.map(toEvent).filter(({ type }) => types.length === 0 || types.includes(type));
    const merged = [...events, ...requests].toSorted((a, b) => a.serverTs - b.serverTs);
    const page = merged.slice(0, limit);
    const isCut = merged.length > page.length;
    const last = (of: readonly SessionEvent[], before: number) =>
      Math.max(before, ...page.filter((one) => of.includes(one)).map(({ seq }) => seq));
    const place = {
      events: isCut ? last(events, after.events) : (nextAfter ?? events.at(-1)?.seq ?? after.events),
      requests: isCut ? last(requests, after.requests) : (nextRequest ?? trace.at(-1)?.seq ?? after.requests),
    };
    const next = isCut || nextAfter !== null || nextRequest !== null ? `${place.events}.${place.requests}` : null;
    return {
      text: markdown({
        title: `Timeline of ${id}`,
        sections: [page.length > 0 ? fenced(page.map(eventLine).join("\n"), 20_000) : "Nothing was recorded here."],
        next: [next && `More: cursor ${next}`, `get_session_part has one kind with more of each entry.`],
      }),
      structured: present({ notice: dataNotice, events: page.map(shortEvent), nextCursor: next }),
    };
  },
});

export const sessionTools = [listSessions, getSessionOverview, getSessionTimeline];

type Request = z.input<(typeof routes)["traceSession"]["answer"]>["trace"][number];

function toEvent({ seq, request, askedAt, ms, error }: Request): SessionEvent {
  const type = request === "yield" ? "yield" : "command";
  return { seq, type, serverTs: askedAt, payload: present({ request, ms, error: error?.code }) };
}

/** Where a page of the timeline ended, in the events and in the requests. */
function readPlace(cursor: string | undefined): { events: number; requests: number } {
  const [events = 0, requests = 0] = (cursor ?? "0.0").split(".").map(Number);
  return { events, requests };
}

/** The providers of the newest links, by their ids; of none where the key may not read links. */
async function newestProviders(c: Context<PassageContext>): Promise<ReadonlyMap<string, string>> {
  if (!mayUse(c.get("caller").scopes, routes.listLinks)) return new Map();
  const { links } = await callRoute(c, routes.listLinks, { query: { limit: 100 } });
  return new Map(links.map(({ id, integrationId }) => [id, integrationId]));
}
