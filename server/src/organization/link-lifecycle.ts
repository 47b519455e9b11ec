import type { ErrorValue } from "@passage/protocol/errors";
import type { LinkStatus } from "@passage/protocol/http";

/** What a link's status is at a moment: time expires one that nobody holds. An active one does not expire, its session does. */
export function statusAt(link: { status: LinkStatus; expiresAt: number }, now: number): LinkStatus {
  const open = link.status === "pending" || link.status === "failed";
  return open && link.expiresAt <= now ? "expired" : link.status;
}

/** Why a claim must be refused in this status, or null when it may go on. */
export function refuseClaim(status: LinkStatus): ErrorValue | null {
  switch (status) {
    case "pending":
    case "failed":
      return null;
    case "active":
      return {
        code: "claim_in_progress",
        message: "Another device holds this link. Go on there, or claim again when that attempt has ended.",
      };
    case "complete":
      return { code: "link_already_used", message: "This link was completed. Ask for a new one." };
    case "expired":
      return { code: "link_expired", message: "This link has expired. Ask for a new one." };
  }
}

/** Whether the status can still change, so that a watcher should stay. A failed link may be claimed again. */
export function isOver(status: LinkStatus): boolean {
  return status === "complete" || status === "expired";
}
