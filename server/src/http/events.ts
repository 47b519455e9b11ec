import {
  type Event,
  type EventList,
  listEventsQuery,
  type Redelivered,
  redeliverEventRequest,
} from "@passage/protocol/webhooks";
import { type Context, Hono } from "hono";
import { readTag } from "../ids.ts";
import { webhooksOf } from "../stubs.ts";
import { requireApiKey } from "./api-key.ts";
import { check, readOptionalBody } from "./body.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { invalid, problem, unwrap } from "./problem.ts";

/** `/v1/events`: what happened, whom it was told, and telling it again. */
export const events = new Hono<PassageContext>().use(requireApiKey);

events.get("/", async (c) => {
  const query = check(listEventsQuery, c.req.query());
  // A cursor goes on in the direction that its list had.
  const list = query.after === undefined ? "events" : "events_after";
  const cursor = query.cursor === undefined ? null : readCursor(list, query.cursor);
  const isForward = query.after !== undefined;
  const found = await webhooksOf(c.env, c.get("caller").tag).listEvents({
    types: query.type?.split(",").filter(Boolean).slice(0, 50) ?? [],
    linkId: query.linkId ?? null,
    before: isForward ? null : cursor,
    after: isForward ? (cursor ?? query.after ?? null) : null,
    limit: query.limit + 1,
  });
  if (!found) throw invalid([{ path: "after", message: "is not an event of this log; events are kept for 30 days" }]);
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  const answer: EventList = {
    events: page.map(({ id, type, linkId, createdAt }) => ({ id, type, linkId, createdAt })),
    nextCursor: last ? writeCursor(list, last.position) : null,
  };
  return c.json(answer);
});

events.get("/:id", async (c) => {
  const id = await ownEvent(c);
  const found = await webhooksOf(c.env, c.get("caller").tag).getEvent(id);
  if (!found) throw problem("not_found", "Event not found");
  return c.json(found satisfies Event);
});

events.post("/:id/redeliver", async (c) => {
  const id = await ownEvent(c);
  const { endpointId = null } = await readOptionalBody(c, redeliverEventRequest);
  const count = unwrap(await webhooksOf(c.env, c.get("caller").tag).redeliverEvent(id, endpointId));
  return c.json({ deliveries: count } satisfies Redelivered, 202);
});

async function ownEvent(c: Context<PassageContext>): Promise<string> {
  const id = c.req.param("id") ?? "";
  const isOurs = (await readTag(c.env.PASSAGE_SECRET, "event", id)) === c.get("caller").tag;
  if (!isOurs) throw problem("not_found", "Event not found");
  return id;
}
