import type { DeliveryAttempt } from "./logged-event.ts";

/** What an endpoint can subscribe to. */
export type SubscribableEventType =
  | "link.complete"
  | "link.failed"
  | "link.expired"
  | "link.cancelled"
  | "webhook_endpoint.disabled";

/** Where an organization's events go, beside each link's own `webhookUrl`. Times are epoch milliseconds. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  eventTypes: SubscribableEventType[];
  description: string | null;
  disabled: boolean;
  /** `gone`: it answered 410. `failing`: nothing but failures for five days. */
  disabledReason: "by_owner" | "gone" | "failing" | null;
  createdAt: number;
  health: {
    /** Of the last 24 hours. */
    attempts: number;
    /** 0 to 1; null without any attempt. */
    successShare: number | null;
    lastSuccessAt: number | null;
    lastError: Pick<DeliveryAttempt, "at" | "status" | "error"> | null;
    failingSince: number | null;
    /** Deliveries that are not over. */
    backlog: number;
  };
}

/** An endpoint that was just made, with the secret of its Standard Webhooks signatures, which is shown this once. */
export interface CreatedWebhookEndpoint extends WebhookEndpoint {
  secret: string;
}

export interface CreateEndpointRequest {
  url: string;
  /** Default `link.complete` and `link.failed`. */
  eventTypes?: SubscribableEventType[] | undefined;
  description?: string | null | undefined;
}

/** What is left out stays as it is. */
export interface UpdateEndpointRequest {
  url?: string | undefined;
  eventTypes?: SubscribableEventType[] | undefined;
  description?: string | null | undefined;
  disabled?: boolean | undefined;
}

export interface RotatedSecret {
  secret: string;
  /** Until when webhooks carry a signature by the old one too; null when there is none. */
  previousUntil: number | null;
}

export interface RedeliverSinceRequest {
  /** Epoch milliseconds. */
  since: number;
  /** Default `undelivered`: those that the endpoint did not get. */
  include?: "undelivered" | "all" | undefined;
}
