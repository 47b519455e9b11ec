import { PassageError } from "@passage/protocol/errors";

/** Why a run could not finish, and so who is to blame. Travels as `error.details.reason` beside AUTOMATION_ERROR. */
export type FailureReason = "user_gave_up" | "site_changed" | "site_down" | "account_locked";

/** Ends the run. `seen` says what the site showed instead, without the person's data. */
export function failure(reason: FailureReason, message: string, seen: Record<string, unknown> = {}): PassageError {
  return new PassageError("AUTOMATION_ERROR", message, { details: { reason, ...seen } });
}
