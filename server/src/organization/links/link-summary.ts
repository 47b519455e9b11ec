import type { LinkSummary } from "@passage/protocol/http/link";
import type { LinkFacts, LinkRecord, StateRow } from "./link-record.ts";

/** A link as lists show it. The first operation stands there twice: the documentation also has a form for a single one. */
export function summaryOf(
  {
    id,
    provider,
    externalUserId,
    reusable,
    metadata,
    expiresAt,
    createdAt,
    updatedAt,
    ...link
  }: LinkFacts & Pick<LinkRecord, "updatedAt">,
  { status, current_session_id, cancelled_at }: Pick<StateRow, "status" | "current_session_id" | "cancelled_at">,
): LinkSummary {
  const operations = link.operations.map(({ resource, action }) => ({ resource, action }));
  return {
    id,
    integrationId: provider,
    operations,
    resource: operations[0]?.resource ?? "",
    action: operations[0]?.action ?? "",
    externalUserId,
    status,
    currentSessionId: current_session_id,
    reusable,
    metadata,
    cancelledAt: cancelled_at,
    expiresAt,
    createdAt,
    updatedAt,
  };
}
