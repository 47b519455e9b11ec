import type { Call, RequestOptions } from "../http/client-call.ts";
import { Pages } from "../http/pages.ts";
import type {
  EventList,
  EventSummary,
  ListEventsQuery,
  LoggedEvent,
  RedeliverEventRequest,
  Redelivered,
  SignedDelivery,
} from "../protocol.generated.ts";

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
      (cursor) => this.#call("listEvents", { query: { ...query, ...(cursor && { cursor }) } }),
      ({ events }) => events,
    );
  }

  /** @throws {PassageError} `not_found`, `unauthorized`, `connection_failed` */
  async get(eventId: string): Promise<LoggedEvent> {
    return this.#call("getEvent", { id: eventId });
  }

  /**
   * Sends an event again: to one endpoint, or to every receiver that it went to. Returns how many deliveries that makes.
   *
   * @throws {PassageError} `not_found`, `validation_failed` for a disabled endpoint
   */
  async redeliver(
    eventId: string,
    to: RedeliverEventRequest = {},
    { idempotencyKey, signal }: RequestOptions = {},
  ): Promise<Redelivered> {
    return this.#call("redeliverEvent", { id: eventId, body: to, idempotencyKey, signal });
  }

  /**
   * The event as a webhook, signed now: for tools that carry it to where the server cannot reach, such as
   * `passage listen --forward-to`.
   *
   * @throws {PassageError} `not_found`, `unauthorized`, `connection_failed`
   */
  async delivery(eventId: string): Promise<SignedDelivery> {
    return this.#call("signEvent", { id: eventId });
  }
}
