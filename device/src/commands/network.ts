import type { CommandResult } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { parseJson } from "../json.ts";
import { networkLimits } from "../network/log.ts";
import { awaitResponse, capturedBody } from "../network/response-match.ts";
import type { PageResponse } from "../page-script/api.ts";
import { readProjection } from "../projection.ts";
import { borrowHeaders } from "./borrowed-headers.ts";
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
  const { url, method = "GET", headers = {}, body, path, as = "text", headersFrom } = params;
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw new PassageError("invalid_params", `params.body: a ${method} request has none`);
  if (path !== undefined && as === "base64")
    throw new PassageError("invalid_params", "params.path: what is asked for as base64 has no parts to choose");
  const project = path === undefined ? null : readProjection(path);
  origins.demand(page.url());
  const target = URL.parse(url, page.url());
  progress.log(`${method} ${publicUrl(target?.href ?? "")}`);
  const borrowed = headersFrom && target ? await borrowHeaders(context, headersFrom, target) : undefined;
  progress.blame("fetch_timed_out", "The site did not answer the page's request");
  const maxBytes = project ? networkLimits.bodyBytes : as === "base64" ? maxBase64Bytes : maxBodyBytes;
  const read = { as: as === "base64" ? as : "text", okOnly: project !== null, maxBytes } as const;
  const request = { url: borrowed ? String(target) : url, method, headers, body, borrowed, ...read };
  const asked = await progress.race(page.call("request", request, progress.remainingMs));
  if (asked.kind === "gone") {
    const message =
      "The page left before the answer came; the site may have done what was asked. Wait until the page stays";
    throw new PassageError("fetch_failed", message);
  }
  if (asked.value.kind === "failed") throw failureError(asked.value);
  const response = asked.value.value;
  const isChosen = project && response.status >= 200 && response.status < 300;
  if (project) return { ...response, body: isChosen ? (project(chosenFrom(response)) as Body) : null };
  return { ...response, body: as === "json" ? (jsonOf(response) as Body) : response.body };
};

type Body = CommandResult<"fetchInPage">["body"];

function chosenFrom({ body }: PageResponse): unknown {
  try {
    return parseJson(body ?? "");
  } catch {
    throw new PassageError("extract_failed", "The response is not JSON");
  }
}

function jsonOf({ status, contentType, body }: PageResponse): unknown {
  try {
    return body === null ? null : parseJson(body);
  } catch {
    const what = `The site answered ${status} ${contentType ?? "without a content type"}, and the body is not JSON`;
    throw new PassageError("fetch_failed", `${what}; ask for it as text`);
  }
}
