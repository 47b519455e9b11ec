import {
  type AnsweredErrorCode,
  answeredCodes,
  type ErrorValue,
  type Issue,
  type SessionErrorCode,
  sessionCodes,
} from "./protocol.generated.ts";

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
