/** The codes that a Passage server answers with. */
const answeredCodes = [
  "malformed_json",
  "malformed_request",
  "validation_failed",
  "unauthorized",
  "api_key_malformed",
  "invalid_token",
  "insufficient_scope",
  "test_mode_only",
  "not_found",
  "method_not_allowed",
  "claim_in_progress",
  "link_already_used",
  "link_not_pending",
  "idempotency_conflict",
  "key_not_active",
  "link_expired",

  "payload_too_large",
  "unsupported_media_type",
  "upgrade_required",
  "rate_limited",
  "internal",
  "session_unavailable",
] as const;

/** A code that a Passage server answers with; `docs` on the error leads to its page. */
export type AnsweredErrorCode = (typeof answeredCodes)[number];

/** The codes that a session or its device answers a request with. */
const sessionCodes = [
  "unknown_type",
  "wrong_role",
  "invalid_message",
  "command_pending",
  "client_not_connected",
  "session_terminal",
  "session_expired",

  "unsupported_command",
  "invalid_params",
  "invalid_selector",
  "strict_violation",
  "not_actionable",
  "navigation_failed",
  "evaluate_failed",
  "fetch_failed",
  "fetch_timed_out",
  "extract_failed",
  "body_unavailable",
  "page_gone",
  "timeout",
  "user_in_control",
  "blocked_private",
  "manifest_untrusted",
  "device_too_old",
  "command_not_declared",
  "blocked_secret",
  "origin_not_allowed",
  "cancelled",
] as const;

/** A code that a session answers a browser call with, often the device's own. `command` names the call. */
export type SessionErrorCode = (typeof sessionCodes)[number];

/** A code that this library decides on, before or after it talked to the server. */
export type LocalErrorCode =
  /** An option or argument cannot work: a missing API key, a URL that is none, a body that was parsed already. */
  | "invalid_argument"
  /** No answer: the server is down, the name does not resolve, or the time was over. `cause` holds the reason. */
  | "connection_failed"
  /** The browser was closed with `close()`. The session goes on without it until it is over. */
  | "closed"
  /** Another worker connected to the session, and this one lost it. */
  | "replaced"
  /** An answer that is not Passage's: a proxy's error page, or a code newer than this library. See `message`. */
  | "unexpected_response"
  /** The webhook's signature header is missing, doubled or malformed, or its signature does not fit the key. */
  | "invalid_signature"
  /** The webhook is signed, but not over this body. */
  | "body_mismatch"
  /** The webhook was signed too long ago, or in the future. */
  | "timestamp_outside_tolerance"
  /** The server does not know the key that the webhook names. */
  | "unknown_key"
  /** The webhook is authentic, but its body is no event that this version knows. */
  | "invalid_event";

/** Every `code` of a {@link PassageError}. Codes are the contract; messages are for people and may change. */
export type PassageErrorCode = AnsweredErrorCode | SessionErrorCode | LocalErrorCode;

/** One field of a request body that is missing or wrong. `path` is dot separated, e.g. `operations.0.action`. */
export interface Issue {
  path: string;
  message: string;
}

export interface PassageErrorOptions {
  status?: number | undefined;
  requestId?: string | undefined;
  docs?: string | undefined;
  issues?: readonly Issue[] | undefined;
  command?: string | undefined;
  id?: string | undefined;
  details?: Readonly<Record<string, unknown>> | undefined;
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

/** The one error that this library throws. Never holds the API key or a worker token. */
export class PassageError extends Error {
  override readonly name = "PassageError";
  readonly code: PassageErrorCode;
  /** The HTTP status, when a server answered. */
  readonly status: number | undefined;
  /** The id to name when you ask the operator of the server about this answer. */
  readonly requestId: string | undefined;
  /** Address of the page about this code. */
  readonly docs: string | undefined;
  /** What is wrong with the body; only with `validation_failed`. */
  readonly issues: readonly Issue[] | undefined;
  /** The browser call that failed, for example `click`. */
  readonly command: string | undefined;
  /** The request's id, as the session's timeline names it. */
  readonly id: string | undefined;
  /** What the device saw, for example `log` and `matches`. Never what a person typed. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  /** How long the server asks to wait before the next try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: PassageErrorCode, message: string, options: PassageErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.requestId = options.requestId;
    this.docs = options.docs;
    this.issues = options.issues;
    this.command = options.command;
    this.id = options.id;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** An error as it stands in a session's messages. */
export interface ErrorValue {
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

/** Turns a session's error into ours. A code newer than this library is kept in the message and as `details.code`. */
export function sessionError(
  { code, message, details }: ErrorValue,
  about: { command?: string; id?: string | undefined } = {},
): PassageError {
  const known = [...answeredCodes, ...sessionCodes].find((candidate) => candidate === code);
  return known
    ? new PassageError(known, message, { ...about, details })
    : new PassageError("unexpected_response", `${code}: ${message}`, { ...about, details: { ...details, code } });
}

/** Turns an answer that is not 2xx into an error. `body` is the parsed JSON, or undefined where it was none. */
export function answeredError(status: number, body: unknown, retryAfter: string | null): PassageError {
  const { error, code, issues, requestId, docs } = (typeof body === "object" && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const retryAfterSeconds = /^\d{1,9}$/.test(retryAfter ?? "") ? Number(retryAfter) : undefined;
  const options = { status, requestId: asText(requestId), docs: asText(docs), retryAfterSeconds };
  const known = answeredCodes.find((candidate) => candidate === code);
  if (!known) {
    const said = typeof error === "string" ? `: ${error}` : "";
    return new PassageError("unexpected_response", `The server answered ${status}${said}`, options);
  }
  const list = Array.isArray(issues) ? (issues as Issue[]) : undefined;
  const where = list?.map((issue) => `${issue.path} ${issue.message}`).join("; ");
  const message = asText(error) ?? known;
  return new PassageError(known, where ? `${message}: ${where}` : message, { ...options, issues: list });
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
