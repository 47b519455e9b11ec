import { answeredError, PassageError } from "../errors.ts";
import { cancelled } from "./retry.ts";

/** The part of `fetch` that this library uses: give your own to add a proxy, logs or a test double. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const answerTimeoutMs = 30_000;

export type HttpMethod = "GET" | "POST" | "PATCH" | "DELETE";

export interface JsonRequest {
  method: HttpMethod;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * Sends JSON, reads JSON (null where a DELETE is answered without content). Redirects are not followed: a key must not wander to another host.
 *
 * @throws {PassageError} `connection_failed`, `cancelled`, `unexpected_response`, or the code that the server answered with
 */
export async function requestJson<Answer>(request: JsonRequest, send: Fetch = globalFetch): Promise<Answer> {
  const { status, text, retryAfter } = await exchange(request, send);
  if (request.method === "DELETE" && status === 204) return null as Answer;
  const body = parseJson(text);
  if (status < 200 || status > 299) throw answeredError(status, body, retryAfter);
  if (typeof body !== "object" || body === null) {
    throw new PassageError("unexpected_response", `The server answered ${status} with a body that is not JSON`, {
      status,
    });
  }
  return body as Answer;
}

async function exchange({ method, url, headers, body, signal }: JsonRequest, send: Fetch) {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  try {
    const response = await send(url, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Not "error": Workers lack it. A redirect then arrives as a status that is not 2xx.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const retryAfter = response.headers.get("retry-after");
    return { status: response.status, text: await response.text(), retryAfter };
  } catch (cause) {
    if (signal?.aborted) throw cancelled(signal);
    throw new PassageError("connection_failed", `No answer from ${new URL(url).origin}. Is the server running there?`, {
      cause,
    });
  }
}

/** Looked up at each call, and called without a receiver, as Workers demand. */
const globalFetch: Fetch = (url, init) => fetch(url, init);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
