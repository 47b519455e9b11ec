import type { ErrorValue } from "@passage/protocol/errors";
import type { Mode } from "@passage/protocol/ids";
import type { CaptureConfig } from "@passage/protocol/session";

/** Times of a session in ms. */
export interface SessionTimes {
  readonly disconnectGracePeriodMs: number;
  readonly commandTimeoutMs: number;
  readonly sessionDurationMs: number;
}

/** A link's attempt: our automation is the worker. */
export interface LinkAttempt {
  readonly linkId: string;
  readonly providerId: string;
  /** The provider's version when the attempt began; it stays with this one. */
  readonly providerVersion: number;
  readonly operations: readonly { readonly resource: string; readonly action: string }[];
  /** The operations' arguments, in order, as JSON text sealed under the server's secret; null when there are none. */
  readonly sealedArguments: string | null;
  readonly returnUrl: string | null;
  /** The organization's. Absent in sessions that began before there was one. */
  readonly accountSalt?: string;
}

/** What a session is given once, when it is made, and keeps. Tokens come as hashes. */
export interface SessionConfig {
  readonly sessionId: string;
  readonly organizationTag: string;
  readonly mode: Mode;
  readonly clientTokenHash: string;
  readonly workerTokenHash: string;
  readonly times: SessionTimes;
  readonly debug: boolean;
  readonly capture: CaptureConfig | null;
  /** The developer's own words about the session; given back, never read. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** null: a developer's own worker drives the session over its socket. */
  readonly attempt: LinkAttempt | null;
}

/** Which session a line of the log is about, and of which link. */
export function subjectOf({ sessionId, attempt }: SessionConfig): { sessionId: string; linkId?: string } {
  return { sessionId, ...(attempt && { linkId: attempt.linkId }) };
}

/** What {@link LinkAttempt.sealedArguments} is sealed for. */
export function argumentsPurpose(sessionId: string): string {
  return `arguments:${sessionId}`;
}

/** How a session ended, as its link hears it. `result` is JSON text. */
export type Outcome =
  | { readonly status: "complete"; readonly result: string }
  | { readonly status: "failed"; readonly error: ErrorValue };
