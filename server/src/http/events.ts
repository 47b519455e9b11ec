import type { Route } from "@passage/protocol/routes/route";
import { routes } from "@passage/protocol/routes/table";
import { Hono } from "hono";
import { eventsOf } from "../stubs.ts";
import type { PassageContext } from "./context.ts";
import { oldestFirst } from "./events-after.ts";
import { problem, unwrap } from "./problem.ts";
import { type Asked, serve } from "./serve.ts";
import { newestFirst } from "./shard-list.ts";
import { ownTag } from "./tenant.ts";

/** `/v1/events`: what happened, whom it was told, and telling it again. */
export const events = new Hono<PassageContext>();

serve(events, routes.listEvents, async ({ c, caller, query }) => {
  const filter = { types: query.type?.split(",").filter(Boolean).slice(0, 50) ?? [], linkId: query.linkId ?? null };
  // A cursor goes on in the direction that its list had.
  const { page, nextCursor } =
    query.after === undefined
      ? await newestFirst({ c, caller }, query, {
          list: "events",
          read: (tag, before, limit) => eventsOf(c.env, tag).list({ ...filter, before, after: null, limit }),
          positionOf: ({ position }) => position,
          timeOf: ({ createdAt }) => createdAt,
        })
      : await oldestFirst({ c, caller }, { ...query, after: query.after }, (tag, after, limit) =>
          eventsOf(c.env, tag).list({ ...filter, before: null, after, limit }),
        );
  return { events: page.map(({ id, type, linkId, createdAt }) => ({ id, type, linkId, createdAt })), nextCursor };
});

serve(events, routes.getEvent, async (asked) => {
  const found = await (await own(asked)).get(asked.id);
  if (!found) throw unknown();
  return found;
});

serve(events, routes.signEvent, async (asked) => {
  const signed = await (await own(asked)).sign(asked.id);
  if (!signed) throw unknown();
  return signed;
});

serve(events, routes.redeliverEvent, async (asked) => {
  const { endpointId = null } = asked.body;
  return unwrap(await (await own(asked)).redeliver(asked.id, endpointId, asked.once));
});

async function own({ c, caller, id }: Pick<Asked<Route>, "c" | "caller" | "id">) {
  const tag = await ownTag(c.env, caller, "event", id);
  if (tag === null) throw unknown();
  return eventsOf(c.env, tag);
}

function unknown() {
  return problem("not_found", "Event not found");
}
