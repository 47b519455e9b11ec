import type { WebhookEvent } from "@passage/protocol/events";
import type { Outcome } from "../session/opening.ts";

/** The event that tells an attempt's outcome, with the body that is signed and sent. */
export function outcomeEvent(
  id: string,
  linkId: string,
  outcome: Outcome,
  now: number,
): { id: string; linkId: string; type: WebhookEvent["event"]; body: string } {
  const event: WebhookEvent =
    outcome.status === "complete"
      ? {
          event: "link.complete",
          id,
          linkId,
          status: "complete",
          result: JSON.parse(outcome.result),
          error: null,
          timestamp: now,
        }
      : { event: "link.failed", id, linkId, status: "failed", result: null, error: outcome.error, timestamp: now };
  return { id, linkId, type: event.event, body: JSON.stringify(event) };
}
