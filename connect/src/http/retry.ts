import { PassageError } from "../errors.ts";

const firstDelayMs = 500;
const longestDelayMs = 8_000;
/** A server that wants a longer pause than this is not waited for: the caller decides. */
const longestRetryAfterMs = 60_000;
const passing: readonly (number | undefined)[] = [408, 429, 500, 502, 503, 504];

/**
 * Runs an attempt, and again while its error may pass: no answer, 408, 429 and what a server or proxy answers while it restarts.
 * Waits as `Retry-After` says, else half a second, doubled each time, with jitter.
 */
export async function withRetries<Answer>(
  attempt: () => Promise<Answer>,
  maxRetries: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      const delayMs = retry < maxRetries ? delayBefore(retry, error) : undefined;
      if (delayMs === undefined) throw error;
      await pause(delayMs, signal);
    }
  }
}

/** How long to wait before the retry with this number (from 0); undefined where it would not help. */
function delayBefore(retry: number, error: unknown): number | undefined {
  if (!(error instanceof PassageError)) return undefined;
  if (error.code !== "connection_failed" && !passing.includes(error.status)) return undefined;
  if (error.retryAfterSeconds !== undefined) {
    const askedMs = error.retryAfterSeconds * 1000;
    return askedMs <= longestRetryAfterMs ? askedMs : undefined;
  }
  return Math.min(firstDelayMs * 2 ** retry, longestDelayMs) * (0.5 + Math.random() / 2);
}

/** @throws {PassageError} `cancelled` when the signal aborts first */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal));
    const onAbort = () => {
      clearTimeout(timer);
      reject(cancelled(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

export function cancelled(signal: AbortSignal | undefined): PassageError {
  return new PassageError("cancelled", "The caller's signal aborted the call", { cause: signal?.reason });
}
