import { type Call, idIn, type RequestOptions } from "./call.ts";
import type { EventList, EventSummary, ListEventsQuery, LoggedEvent, SignedDelivery } from "./logged-event.ts";
import { Pages } from "./pages.ts";

/** `passage.events`: what happened, whom it was told, and telling it again. Kept for 30 days. */
export class Events {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /**
   * Lists events, newest first, or with `after` those after an event, oldest first.
   *
   * @throws {PassageError} `validation_failed` with `issues`, `unauthorized`, `connection_failed`
   */
  list(query: ListEventsQuery = {}): Pages<EventList, EventSummary> {
    return new Pages(
      (cursor) => this.#call<EventList>("GET", "/v1/events", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ events }) => events,
    );
  }

  /** @throws {PassageError} `not_found`, `unauthorized`, `connection_failed` */
  async get(eventId: string): Promise<LoggedEvent> {
    return this.#call("GET", `/v1/events/${idIn(eventId, "evt_abc123")}`);
  }

  /**
   * Sends an event again: to one endpoint, or to every receiver that it went to. Returns how many deliveries that makes.
   *
   * @throws {PassageError} `not_found`, `validation_failed` for a disabled endpoint
   */
  async redeliver(
    eventId: string,
    to: { endpointId?: string | undefined } = {},
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<{ deliveries: number }> {
    const path = `/v1/events/${idIn(eventId, "evt_abc123")}/redeliver`;
    return this.#call("POST", path, { body: to, idempotencyKey, signal });
  }

  /**
   * The event as a webhook, signed now: for tools that carry it to where the server cannot reach, such as
   * `passage listen --forward-to`.
   *
   * @throws {PassageError} `not_found`, `unauthorized`, `connection_failed`
   */
  async delivery(eventId: string): Promise<SignedDelivery> {
    return this.#call("GET", `/v1/events/${idIn(eventId, "evt_abc123")}/delivery`);
  }
}
