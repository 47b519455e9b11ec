import type { AttemptError } from "@passage/protocol/webhooks";
import { receiverTimeoutMs } from "../../limits.ts";

export type Sent =
  | { readonly delivered: true; readonly status: number }
  | {
      readonly delivered: false;
      readonly status: number | null;
      readonly error: AttemptError;
      /** The `Retry-After` header as it came. */
      readonly retryAfter: string | null;
    };

/**
 * One delivery attempt. Delivered means 2xx within 15 s; a redirect is a failure and is never followed. The answer's body is
 * not read. `network` decides which addresses can be reached at all.
 */
export async function send(
  url: string,
  body: string,
  headers: Record<string, string>,
  network: Pick<Fetcher, "fetch">,
): Promise<Sent> {
  try {
    const response = await network.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Passage-Webhooks/1", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(receiverTimeoutMs),
    });
    const { status, ok } = response;
    const retryAfter = response.headers.get("retry-after");
    // A body that breaks off while it is thrown away changes nothing: the status has been said.
    await response.body?.cancel().catch(() => {});
    return ok ? { delivered: true, status } : { delivered: false, status, error: errorOf(status), retryAfter };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return { delivered: false, status: null, error: isTimeout ? "timeout" : "unreachable", retryAfter: null };
  }
}

function errorOf(status: number): AttemptError {
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirect" : "status";
}
