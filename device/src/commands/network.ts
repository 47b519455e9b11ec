import type { CommandResult } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { parseJson } from "../network/json.ts";
import { networkLimits } from "../network/log.ts";
import { awaitResponse, capturedBody } from "../network/response-match.ts";
import type { PageResponse } from "../page-script/page-request.ts";
import { borrowHeaders } from "./borrowed-headers.ts";
import { chosenJson } from "./chosen-json.ts";
import type { Command } from "./command.ts";
import { failureError } from "./persist.ts";

export const waitForResponse: Command<"waitForResponse"> = async (context, wanted) => {
  const { progress } = context;
  progress.log(`waiting for a response whose URL matches ${wanted.url}`);
  const met = await awaitResponse(context, wanted);
  const body = wanted.captureBody ? capturedBody(met) : null;
  const { url, method, status } = met;
  return { url: publicUrl(url), method, status, ...(body !== null && { body }) };
};

/** Bodies that fit into a frame: as JSON text, which may need escapes, or as base64, which is a third longer. */
const maxBodyBytes = 786_432;
const maxBase64Bytes = 768_000;

export const fetchInPage: Command<"fetchInPage"> = async (context, params) => {
  const { page, origins, progress } = context;
  const { url, method = "GET", headers = {}, body, schema, as = "text", headersFrom } = params;
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw new PassageError("invalid_params", `params.body: a ${method} request has none`);
  if (schema !== undefined && as === "base64")
    throw new PassageError("invalid_params", "params.schema: what is asked for as base64 is not JSON");
  origins.demand(page.url());
  const target = URL.parse(url, page.url());
  progress.log(`${method} ${publicUrl(target?.href ?? "")}`);
  const borrowed = headersFrom && target ? await borrowHeaders(context, headersFrom, target) : undefined;
  progress.blame("fetch_timed_out", "The site did not answer the page's request");
  const maxBytes = schema ? networkLimits.bodyBytes : as === "base64" ? maxBase64Bytes : maxBodyBytes;
  const read = { as: as === "base64" ? as : "text", okOnly: schema !== undefined, maxBytes } as const;
  const request = { url: borrowed ? String(target) : url, method, headers, body, borrowed, ...read };
  const asked = await progress.race(page.call("request", request, progress.remainingMs));
  if (asked.kind === "gone") {
    const message =
      "The page left before the answer came; the site may have done what was asked. Wait until the page stays";
    throw new PassageError("fetch_failed", message);
  }
  if (asked.value.kind === "failed") throw failureError(asked.value);
  const response = asked.value.value;
  if (!schema) return { ...response, body: as === "json" ? (jsonOf(response) as Body) : response.body };
  if (response.status < 200 || response.status >= 300) return { ...response, body: null };
  const { url: from, status, body: text } = response;
  const { data, ...drift } = chosenJson(context, { url: from, status, text: text ?? "" }, schema);
  return { ...response, body: data as Body, ...drift };
};

type Body = CommandResult<"fetchInPage">["body"];

function jsonOf({ status, contentType, body }: PageResponse): unknown {
  try {
    return body === null ? null : parseJson(body);
  } catch {
    const what = `The site answered ${status} ${contentType ?? "without a content type"}, and the body is not JSON`;
    throw new PassageError("fetch_failed", `${what}; ask for it as text`);
  }
}
