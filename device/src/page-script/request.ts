import { bodyText } from "../network/body-text.ts";
import type { Failure, Read } from "./api.ts";
import { read } from "./outcomes.ts";
import type { PageRequest, PageResponse } from "./page-request.ts";

/** See {@link PageApi.request}. Redirects stay within the origin too; the isolated world's `fetch` is not the page's to change. */
export async function request(wanted: PageRequest, timeoutMs: number): Promise<Read<PageResponse> | Failure> {
  const { method, body = null, borrowed, redirect = "follow" } = wanted;
  const { origin } = location;
  const url = URL.parse(wanted.url, document.baseURI);
  if (borrowed && (origin !== borrowed.from || url?.origin !== borrowed.to))
    return failed("origin_not_allowed", `The page has gone to ${origin}; its headers were taken at ${borrowed.from}`);
  if (!url || origin === "null" || (url.origin !== origin && !borrowed))
    return failed("origin_not_allowed", `The page is at ${origin}; it can ask only there`);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { ...wanted.headers, ...borrowed?.headers };
    const rules =
      url.origin === origin
        ? ({ mode: "same-origin", credentials: "include", redirect } as const)
        : ({ mode: "cors", credentials: "omit", redirect: "error" } as const);
    const response = await fetch(url, { method, headers, body, ...rules, signal });
    const wantsBody = response.ok || !wanted.okOnly;
    const bytes = wantsBody ? await readUpTo(response, wanted.maxBytes) : new Uint8Array();
    if (!bytes) return failed("payload_too_large", `The response is over ${wanted.maxBytes} bytes`);
    return answer(response, bytes, wanted.as);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "TimeoutError") return failed("fetch_timed_out", "The site did not answer the page's request in time");
    return failed("fetch_failed", `The page's request failed (${message}); a redirect to another origin fails so, too`);
  }
}

function answer(response: Response, bytes: Uint8Array, as: "text" | "base64"): Read<PageResponse> | Failure {
  const { url, status } = response;
  const contentType = response.headers.get("content-type");
  const told = { url, status, contentType };
  if (bytes.length === 0) return read({ ...told, body: null });
  if (as === "base64") return read({ ...told, body: base64(bytes) });
  const decoded = bodyText(bytes, contentType);
  if (decoded.kind === "text") return read({ ...told, body: decoded.text });
  const why = decoded.kind === "binary" ? "is not text" : decoded.why;
  const what = `The site answered ${status} ${contentType ?? "without a content type"}, and the body ${why}`;
  return failed("fetch_failed", `${what}; ask for it as base64`);
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  // No call takes a million arguments.
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    length += value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function failed(code: Failure["code"], message: string): Failure {
  return { kind: "failed", code, message };
}
