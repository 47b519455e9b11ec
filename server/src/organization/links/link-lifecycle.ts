import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStatus } from "@passage/protocol/http/link";
import type { LinkRecord } from "./link-record.ts";

/** Why a claim must be refused at this moment, or null when it may go on. An active link does not expire, its session does. */
export function refuseClaim(
  { status, reusable, expiresAt, cancelledAt }: Pick<LinkRecord, "status" | "reusable" | "expiresAt" | "cancelledAt">,
  now: number,
): ErrorValue | null {
  if (cancelledAt !== null)
    return { code: "link_expired", message: "This link was cancelled by whoever made it. Ask for a new one." };
  switch (status) {
    case "active":
      return {
        code: "claim_in_progress",
        message: "Another device holds this link. Go on there, or claim again when that attempt has ended.",
      };
    case "complete":
      if (!reusable) return { code: "link_already_used", message: "This link was completed. Ask for a new one." };
      break;
    case "pending":
    case "failed":
    case "expired":
  }
  return status === "expired" || expiresAt <= now
    ? { code: "link_expired", message: "This link has expired. Ask for a new one." }
    : null;
}

/** Why a link cannot be cancelled, or null when it can. What is expired is as good as cancelled. */
export function refuseCancel({ status, reusable }: Pick<LinkRecord, "status" | "reusable">): ErrorValue | null {
  if (status !== "complete" || reusable) return null;
  return { code: "link_already_used", message: "This link is complete. Delete it if its result should be forgotten." };
}

/** Whether the status can still change, so that a watcher should stay. A failed link may be claimed again. */
export function isOver(status: LinkStatus): boolean {
  return status === "complete" || status === "expired";
}
