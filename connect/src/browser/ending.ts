import { PassageError, type PassageErrorCode } from "../errors.ts";
import { closeCodes, type ErrorValue } from "../protocol.generated.ts";

/** How a session ended. */
export interface SessionEnd {
  phase: "complete" | "failed" | "expired";
  /** Null when it is complete. `code` is for example `AUTOMATION_ERROR` or `CLIENT_TIMEOUT`. */
  error: ErrorValue | null;
}

/** Why a browser can do nothing more. Each call under way, and each later one, gets an error of its own from it. */
export interface BrowserEnd {
  code: PassageErrorCode;
  message: string;
  details?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

export function endFromMessage({ phase, error }: SessionEnd): BrowserEnd {
  return {
    code: phase === "expired" ? "session_expired" : "session_terminal",
    message: error ? `The session is over: ${error.message}` : "The session is over: it is complete",
    details: { phase, ...(error && { error }) },
  };
}

/** For one of {@link closeCodes}. */
export function endFromCloseCode(code: number): BrowserEnd {
  switch (code) {
    case closeCodes.sessionOver:
      return { code: "session_terminal", message: "The session is over" };
    case closeCodes.replaced:
      return { code: "replaced", message: "Another worker connected to this session and has it now" };
    default:
      return { code: "unexpected_response", message: "The server could not read what this library sent it" };
  }
}

export function errorOf({ code, message, details, cause }: BrowserEnd, command?: string, id?: string): PassageError {
  return new PassageError(code, message, { command, id, details, cause });
}
