import type { WebhookBody } from "./event.ts";

/** An event as the log lists it. Times are epoch milliseconds. */
export interface EventSummary {
  id: string;
  type: string;
  linkId: string | null;
  createdAt: number;
}

/** One try to deliver an event. */
export interface DeliveryAttempt {
  at: number;
  /** The HTTP status; null without an answer. */
  status: number | null;
  /** How long it took; null while it is under way, or where a restart cut it short. */
  ms: number | null;
  error:
    | "status"
    | "redirect"
    | "gone"
    | "timeout"
    | "unreachable"
    | "refused_address"
    | "interrupted"
    | "internal"
    | null;
}

/** An event on its way to one receiver. */
export interface Delivery {
  /** Null: the link's own `webhookUrl`. */
  endpointId: string | null;
  /** Null where the endpoint was deleted. */
  url: string | null;
  state: "waiting" | "sending" | "delivered" | "failed" | "cancelled";
  nextAttemptAt: number | null;
  attempts: DeliveryAttempt[];
}

/** An event with its body as it is signed and sent, and how it fared. */
export interface LoggedEvent extends EventSummary {
  data: WebhookBody;
  deliveries: Delivery[];
}

/** What to list: newest first, or with `after` what came after that event, oldest first. */
export interface ListEventsQuery {
  /** Events a page: 1 to 100, default 20. */
  limit?: number | undefined;
  cursor?: string | undefined;
  /** Types, separated by commas. */
  type?: string | undefined;
  linkId?: string | undefined;
  /** An event's id. */
  after?: string | undefined;
}

export interface EventList {
  events: EventSummary[];
  nextCursor: string | null;
}

/** An event signed as a webhook, just now: send the body with the headers, byte for byte. */
export interface SignedDelivery {
  headers: Record<string, string>;
  body: string;
}
