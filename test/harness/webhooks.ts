import type {
  CreatedEndpoint,
  Delivery,
  Event,
  EventList,
  EventSummary,
  WebhookEndpoint,
} from "@passage/protocol/webhooks";
import { request } from "./api.ts";
import type { Running } from "./passage-process.ts";

export async function createEndpoint(passage: Running, fields: object): Promise<CreatedEndpoint> {
  const { status, body } = await request<CreatedEndpoint>(passage, "POST", "/v1/webhook_endpoints", fields);
  if (status !== 201) throw new Error(`POST /v1/webhook_endpoints answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export async function getEndpoint(passage: Running, id: string): Promise<WebhookEndpoint> {
  return (await request<WebhookEndpoint>(passage, "GET", `/v1/webhook_endpoints/${id}`)).body;
}

export async function getEvent(passage: Running, id: string): Promise<Event> {
  return (await request<Event>(passage, "GET", `/v1/events/${id}`)).body;
}

/** The newest events that fit, newest first. */
export async function listEvents(passage: Running, query = ""): Promise<EventSummary[]> {
  return (await request<EventList>(passage, "GET", `/v1/events?${query}`)).body.events;
}

/** How a link's newest event fares at an endpoint. */
export async function deliveryTo(passage: Running, linkId: string, endpointId: string): Promise<Delivery | undefined> {
  const [newest] = await listEvents(passage, `linkId=${linkId}`);
  const event = newest && (await getEvent(passage, newest.id));
  return event?.deliveries.find((one) => one.endpointId === endpointId);
}
