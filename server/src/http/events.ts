import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { readTag } from "../ids.ts";
import { webhooksOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { readCursor, writePage } from "./cursor.ts";
import { invalid, problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";

/** `/v1/events`: what happened, whom it was told, and telling it again. */
export const events = new Hono<PassageContext>();

serve(events, routes.listEvents, async ({ c, caller, query }) => {
  // A cursor goes on in the direction that its list had.
  const isForward = query.after !== undefined;
  const list = isForward ? "events_after" : "events";
  const cursor = readCursor(list, query.cursor);
  const found = await webhooksOf(c.env, caller.tag).listEvents({
    types: query.type?.split(",").filter(Boolean).slice(0, 50) ?? [],
    linkId: query.linkId ?? null,
    before: isForward ? null : cursor,
    after: isForward ? (cursor ?? query.after ?? null) : null,
    limit: query.limit + 1,
  });
  if (!found) throw invalid([{ path: "after", message: "is not an event of this log; events are kept for 30 days" }]);
  const { page, nextCursor } = writePage(list, found, query.limit, ({ position }) => position);
  return { events: page.map(({ id, type, linkId, createdAt }) => ({ id, type, linkId, createdAt })), nextCursor };
});

serve(events, routes.getEvent, async (asked) => {
  const found = await (await own(asked)).getEvent(asked.id);
  if (!found) throw unknown();
  return found;
});

serve(events, routes.signEvent, async (asked) => {
  const signed = await (await own(asked)).signEvent(asked.id);
  if (!signed) throw unknown();
  return signed;
});

serve(events, routes.redeliverEvent, async (asked) => {
  const { endpointId = null } = asked.body;
  return unwrap(await (await own(asked)).redeliverEvent(asked.id, endpointId, asked.once));
});

async function own({ c, caller, id }: Pick<Asked<Route>, "c" | "caller" | "id">) {
  if ((await readTag(c.env.PASSAGE_SECRET, "event", id)) !== caller.tag) throw unknown();
  return webhooksOf(c.env, caller.tag);
}

function unknown() {
  return problem("not_found", "Event not found");
}
