import type { CommandResult } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { awaitResponse, capturedBody } from "../network/response-match.ts";
import { readProjection } from "../projection.ts";
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

/** So that the answer fits into a frame. */
const maxBodyBytes = 786_432;
/** A body of which only a choice leaves the device. */
const maxJsonBytes = 4 * 1_048_576;

export const fetchInPage: Command<"fetchInPage"> = async ({ page, origins, progress }, params) => {
  const { url, method = "GET", headers = {}, body, path } = params;
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw new PassageError("invalid_params", `params.body: a ${method} request has none`);
  const project = path === undefined ? null : readProjection(path);
  origins.demand(page.url());
  progress.log(`${method} ${publicUrl(URL.parse(url, page.url())?.href ?? "")}`);
  progress.blame("fetch_timed_out", "The site did not answer the page's request");
  const as = project ? "text" : (params.as ?? "text");
  const request = { url, method, headers, body, as, maxBytes: project ? maxJsonBytes : maxBodyBytes };
  const asked = await progress.race(page.call("request", request, progress.remainingMs));
  if (asked.kind === "gone") {
    const message =
      "The page left before the answer came; the site may have done what was asked. Wait until the page stays";
    throw new PassageError("fetch_failed", message);
  }
  if (asked.value.kind === "failed") throw failureError(asked.value);
  const response = asked.value.value;
  const isOk = response.status >= 200 && response.status < 300;
  const chosen = project ? (isOk ? project(parseJson(response.body)) : null) : response.body;
  return { ...response, body: chosen } as CommandResult<"fetchInPage">;
};

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new PassageError("extract_failed", "The response is not JSON");
  }
}
