import { routes } from "@passage/protocol/routes/table";
import type { Delivery } from "@passage/protocol/webhooks";
import * as z from "zod";
import { callRoute } from "../../http/serve.ts";
import { fenced, inline, list, markdown, present, time } from "../text.ts";
import { defineTool } from "../tool.ts";
import { cursor, eventId, limit, linkId } from "./input.ts";

const shownCharacters = 2_000;

const listEvents = defineTool({
  name: "list_events",
  title: "List webhook events",
  description: "Lists what webhooks were sent about, newest first: of one link, or of all.",
  input: z.strictObject({
    link_id: linkId.optional(),
    type: z.string().max(500).optional().describe("Types, separated by commas: link.complete, link.failed …"),
    limit,
    cursor,
  }),
  routes: [routes.listEvents],
  run: async (c, { link_id, type, limit, cursor }) => {
    const query = present({ linkId: link_id, type, limit, cursor });
    const { events, nextCursor } = await callRoute(c, routes.listEvents, { query });
    const lines = events.map(
      (one) => `\`${one.id}\` **${one.type}** ${one.linkId ? `\`${one.linkId}\`, ` : ""}${time(one.createdAt)}`,
    );
    return {
      text: markdown({
        title: "Webhook events, newest first",
        sections: [list(lines, "There are none. Events are kept for 30 days.")],
        next: [
          events.length > 0 ? "get_event shows where one was delivered." : null,
          nextCursor && `More: cursor ${nextCursor}`,
        ],
      }),
      structured: present({ events: events.map(present), nextCursor }),
    };
  },
});

const getEvent = defineTool({
  name: "get_event",
  title: "Read a webhook event",
  description: "Reads an event: its body, and its delivery to each receiver with all attempts.",
  input: z.strictObject({ event_id: eventId }),
  routes: [routes.getEvent],
  run: async (c, { event_id: id }) => {
    const { data, deliveries, ...event } = await callRoute(c, routes.getEvent, { id });
    const isMissed = deliveries.some(({ state }) => state === "failed" || state === "cancelled");
    return {
      text: markdown({
        title: `Event ${id}`,
        facts: [
          ["Type", event.type],
          ["Link", event.linkId],
          ["Created", time(event.createdAt)],
        ],
        sections: [
          `**Deliveries**\n${list(deliveries.map(deliveryLine), "No receiver: the link has no webhookUrl, and no endpoint subscribes to this type.")}`,
          `**Body**\n${fenced(data, shownCharacters)}`,
        ],
        next: [isMissed ? `resend_event with event_id ${id}, once its receiver works.` : null],
      }),
      structured: { event: present(event), deliveries: deliveries.map(present) },
    };
  },
});

const resendEvent = defineTool({
  name: "resend_event",
  title: "Send a webhook event again",
  description: "Sends an event again, with the same id: to each receiver that it went to, or to one endpoint.",
  input: z.strictObject({ event_id: eventId, endpoint_id: z.string().max(100).optional().describe("whe_…") }),
  routes: [routes.redeliverEvent],
  run: async (c, { event_id: id, endpoint_id }) => {
    const { deliveries } = await callRoute(c, routes.redeliverEvent, {
      id,
      body: present({ endpointId: endpoint_id }),
    });
    return {
      text: markdown({
        title: `Event ${id} is sent again`,
        facts: [["Deliveries", deliveries]],
        next: [
          deliveries > 0
            ? `get_event with event_id ${id} shows how it fares.`
            : "It has no receiver. Give links a webhookUrl, or register an endpoint and name it as endpoint_id.",
        ],
      }),
      structured: { eventId: id, deliveries },
    };
  },
});

export const eventTools = [listEvents, getEvent, resendEvent];

function deliveryLine({ endpointId, url, state, nextAttemptAt, attempts }: Delivery): string {
  const last = attempts.at(-1);
  const parts = [
    `**${state}**`,
    url ? inline(url) : "a deleted endpoint",
    endpointId ? `\`${endpointId}\`` : "the link's webhookUrl",
    attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`,
    ...(last
      ? [`last ${time(last.at)}: ${last.error ?? "delivered"}${last.status === null ? "" : ` (${last.status})`}`]
      : []),
    ...(nextAttemptAt === null ? [] : [`next ${time(nextAttemptAt)}`]),
  ];
  return parts.join(", ");
}
