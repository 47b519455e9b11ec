/**
 * Every error code that crosses a wire, in one table. `status` is the HTTP status where the code answers a request, or
 * null where it only appears inside a session or on a link. A code is the contract; a message is for people.
 */
export const errorCodes = {
  // HTTP
  malformed_json: { status: 400, title: "The body is not JSON" },
  malformed_request: { status: 400, title: "The request's address cannot be read" },
  validation_failed: { status: 400, title: "A field of the body or query is missing, wrong or unknown" },
  unauthorized: { status: 401, title: "The API key is missing, unknown or revoked" },
  api_key_malformed: { status: 401, title: "The API key is mistyped: its checksum does not fit" },
  invalid_token: { status: 401, title: "The session token does not open this session in this role" },
  insufficient_scope: { status: 403, title: "The API key may not do this" },
  foreign_origin: { status: 403, title: "A web page of another site may not ask this" },
  test_mode_only: { status: 403, title: "Only test keys may do this, and this key is live" },
  not_found: { status: 404, title: "There is no such thing for this key" },
  method_not_allowed: { status: 405, title: "The route exists, but not for this method" },
  claim_in_progress: { status: 409, title: "Another attempt holds this link" },
  link_already_used: { status: 409, title: "This link is complete and can be used once only" },
  link_not_pending: { status: 409, title: "Only a pending link can be completed without a device" },
  idempotency_conflict: { status: 409, title: "The Idempotency-Key was used for another request" },
  key_not_active: { status: 409, title: "The API key is revoked or expired" },
  link_expired: { status: 410, title: "The link's time is over" },
  payload_too_large: { status: 413, title: "The body or frame is over the limit" },
  unsupported_media_type: { status: 415, title: "The body is not sent as JSON" },
  upgrade_required: { status: 426, title: "This address speaks WebSocket only" },
  rate_limited: { status: 429, title: "Too many requests in a short time" },
  internal: { status: 500, title: "A fault of ours" },
  session_unavailable: { status: 502, title: "The session could not be created" },

  // Session protocol
  unknown_type: { status: null, title: "The session does not know this message type" },
  wrong_role: { status: null, title: "This role may not send this message" },
  invalid_message: { status: null, title: "A message lacks a field or has a wrong one" },
  command_pending: { status: null, title: "One command is already under way" },
  client_not_connected: { status: null, title: "No device is connected yet" },
  session_terminal: { status: null, title: "The session is over" },
  session_expired: { status: null, title: "The session's time is over" },

  // Commands, answered by the device
  unsupported_command: { status: null, title: "This device does not know the command" },
  invalid_params: { status: null, title: "The command's params do not fit its schema" },
  invalid_selector: { status: null, title: "The selector cannot be parsed" },
  strict_violation: { status: null, title: "The selector matches more than one element" },
  not_actionable: { status: null, title: "The element cannot take this action" },
  navigation_failed: { status: null, title: "The page did not load" },
  evaluate_failed: { status: null, title: "The expression threw in the page" },
  fetch_failed: { status: null, title: "The page's request got no answer that could be read" },
  fetch_timed_out: { status: null, title: "The page's request was not answered in time" },
  extract_failed: { status: null, title: "What extract describes is not there" },
  body_unavailable: { status: null, title: "The response has a body that cannot be given as text" },
  page_gone: { status: null, title: "The page closed or crashed during the command" },
  timeout: { status: null, title: "The deadline passed" },
  user_in_control: { status: null, title: "The person has the page; commands wait until the yield ends" },
  blocked_private: { status: null, title: "The page is private now; its content stays on the device" },
  manifest_untrusted: { status: null, title: "The device trusts no publisher of what the session wants to do" },
  device_too_old: { status: null, title: "The device does not know this version of manifests" },
  command_not_declared: { status: null, title: "The operation's manifest does not declare this command" },
  blocked_secret: { status: null, title: "The answer held a secret, which stays on the device" },
  origin_not_allowed: { status: null, title: "The address is outside the operation's declared origins" },
  cancelled: { status: null, title: "The command was cancelled" },

  // Links: why an attempt failed
  AUTOMATION_ERROR: { status: null, title: "The automation could not finish" },
  CLIENT_TIMEOUT: { status: null, title: "The device or its user was away too long" },
  CONNECTION_FAILED: { status: null, title: "The session lost its device for good" },
  UNKNOWN_PROVIDER: { status: null, title: "The link names a provider that this server no longer has" },
  RESULT_VALIDATION_ERROR: { status: null, title: "The result does not fit the operation's schema" },
  INTERNAL_ERROR: { status: null, title: "A fault of ours ended the attempt" },
} as const satisfies Record<string, { status: number | null; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** An error as it stands in a message, a link or a webhook. `details` never holds what a person typed. */
export interface ErrorValue {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How a copy of this module knows the errors of another: a server has one, and each package of providers has one. */
const kind = Symbol.for("passage.error");

/** The one error class: throw it where an {@link ErrorValue} must travel up a call stack. */
export class PassageError extends Error {
  override readonly name = "PassageError";
  readonly [kind] = true;
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }

  toValue(): ErrorValue {
    return { code: this.code, message: this.message, ...(this.details && { details: this.details }) };
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && kind in value;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
