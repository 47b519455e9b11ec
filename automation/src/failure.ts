import { type ErrorCode, type ErrorValue, PassageError } from "@passage/protocol/errors";

/**
 * Why a run could not finish, and so who is to blame: the person, the site, the device or our description of the site. A
 * closed list. It travels as `error.details.reason`, beside the documented code of the link.
 */
export const failureReasons = {
  user_gave_up: { blames: "person", code: "AUTOMATION_ERROR", title: "The person ended it" },
  wrong_credentials: {
    blames: "person",
    code: "AUTOMATION_ERROR",
    title: "The site did not take user name and password",
  },
  mfa_failed: { blames: "person", code: "AUTOMATION_ERROR", title: "The code or approval on the phone did not come" },
  account_locked: { blames: "person", code: "AUTOMATION_ERROR", title: "The site has locked the account" },
  site_changed: { blames: "provider", code: "AUTOMATION_ERROR", title: "The site is not as the provider knows it" },
  schema_drift: {
    blames: "provider",
    code: "RESULT_VALIDATION_ERROR",
    title: "What the site answers has another shape",
  },
  site_down: { blames: "site", code: "AUTOMATION_ERROR", title: "The site does not answer" },
  blocked_by_site: {
    blames: "site",
    code: "AUTOMATION_ERROR",
    title: "The site refuses this browser or what it was asked",
  },
  unsupported_login_method: {
    blames: "device",
    code: "AUTOMATION_ERROR",
    title: "This way to sign in does not work here",
  },
  device_lost: { blames: "device", code: "CONNECTION_FAILED", title: "The device went away" },
  timeout: { blames: "device", code: "CLIENT_TIMEOUT", title: "Nobody answered in time" },
} as const satisfies Record<string, { blames: string; code: ErrorCode; title: string }>;

export type FailureReason = keyof typeof failureReasons;

/** Where a site is not as it was known: what was expected there and what it showed instead, without the person's data. */
export interface Spot {
  readonly expected: string;
  readonly seen: string;
}

/** Ends the run. A change of the site must name its spot. */
export function failure(reason: "site_changed" | "schema_drift", message: string, spot: Spot): PassageError;
export function failure(
  reason: Exclude<FailureReason, "site_changed" | "schema_drift">,
  message: string,
  details?: Record<string, unknown>,
): PassageError;
export function failure(reason: FailureReason, message: string, more: object = {}): PassageError {
  return new PassageError(failureReasons[reason].code, message, { details: { reason, ...more } });
}

const reasonsOfCodes: { readonly [Code in ErrorCode]?: FailureReason } = {
  navigation_failed: "site_down",
  fetch_failed: "site_down",
  fetch_timed_out: "site_down",
  extract_failed: "site_changed",
  body_unavailable: "site_changed",
  invalid_selector: "site_changed",
  strict_violation: "site_changed",
  not_actionable: "site_changed",
  timeout: "site_changed",
  page_gone: "device_lost",
};

/**
 * A device's error as the failure of a run: its code says who is to blame, and stays in `details.code`. An element that does
 * not come in time means that the page is another one. Null for an error that says nothing about the site.
 */
export function failureOf(error: PassageError): PassageError | null {
  const wantsOther = error.details?.reason === "unsupported_login_method";
  const reason = wantsOther ? "unsupported_login_method" : reasonsOfCodes[error.code];
  if (!reason) return null;
  const { command = "the page", selector } = error.details ?? {};
  const spot = { expected: selector ? `${command} at ${selector}` : `${command}`, seen: error.message };
  const details = { ...(reason === "site_changed" && spot), ...error.details, reason, code: error.code };
  return new PassageError(failureReasons[reason].code, error.message, { details, cause: error });
}

const linkCodes: ReadonlySet<string> = new Set([
  "AUTOMATION_ERROR",
  "RESULT_VALIDATION_ERROR",
  "UNKNOWN_PROVIDER",
  "CLIENT_TIMEOUT",
  "CONNECTION_FAILED",
]);

/** How a run's error stands on its link: a device's code becomes a failure that says who is to blame. */
export function linkError(error: unknown): ErrorValue {
  if (!(error instanceof PassageError))
    return {
      code: "AUTOMATION_ERROR",
      message: "The automation met a case that it does not handle.",
      details: { reason: "automation_bug", error: error instanceof Error ? error.name : typeof error },
    };
  if (linkCodes.has(error.code)) return error.toValue();
  const failed = failureOf(error);
  if (failed) return failed.toValue();
  return { code: "AUTOMATION_ERROR", message: error.message, details: { reason: error.code } };
}
