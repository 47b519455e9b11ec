import { webhookTimeoutMs } from "@passage/protocol/events";

export type Attempt =
  | { readonly delivered: true; readonly status: number }
  | { readonly delivered: false; readonly status: number | null; readonly error: string };

/**
 * One delivery attempt. Delivered means 2xx within 15 s; a redirect is a failure and is never followed. The answer's body is
 * not read. `network` decides which addresses can be reached at all.
 */
export async function send(
  url: string,
  body: string,
  headers: Record<string, string>,
  network: Pick<Fetcher, "fetch">,
): Promise<Attempt> {
  try {
    const response = await network.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Passage-Webhooks/1", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(webhookTimeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return { delivered: true, status: response.status };
    return { delivered: false, status: response.status, error: `answered ${response.status}` };
  } catch (error) {
    const reason = error instanceof Error && error.name === "TimeoutError" ? "no answer in time" : "not reachable";
    return { delivered: false, status: null, error: reason };
  }
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
