import type { LinkEvent } from "@passage/protocol/events";
import type { Outcome } from "../../session/session-config.ts";
import type { LinkRecord } from "../links/link-record.ts";

/** The event that tells an attempt's outcome. */
export function outcomeEvent(
  id: string,
  { id: linkId, operations }: Pick<LinkRecord, "id" | "operations">,
  outcome: Outcome,
  now: number,
): LinkEvent {
  const base = { id, linkId, timestamp: now };
  if (outcome.status === "failed")
    return { event: "link.failed", ...base, status: "failed", result: null, error: outcome.error };
  return {
    event: "link.complete",
    ...base,
    status: "complete",
    operations: operations.map(({ resource, action }) => ({ resource, action })),
    result: JSON.parse(outcome.result),
    error: null,
  };
}

export function expiryEvent(id: string, linkId: string, now: number): LinkEvent {
  return { event: "link.expired", id, linkId, status: "expired", result: null, error: null, timestamp: now };
}

export function cancellationEvent(id: string, linkId: string, now: number): LinkEvent {
  return { event: "link.cancelled", id, linkId, status: "expired", result: null, error: null, timestamp: now };
}

/** What every event about a webhook endpoint has. */
export function aboutEndpoint(id: string, endpointId: string) {
  return { id, linkId: null, status: null, result: null, error: null, endpointId, timestamp: Date.now() };
}
