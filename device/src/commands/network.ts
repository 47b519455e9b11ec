import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import { awaitResponse, bodyOf } from "../response-match.ts";
import type { Command } from "./command.ts";
import { failureError } from "./persist.ts";

export const waitForResponse: Command<"waitForResponse"> = async (context, wanted) => {
  const { progress } = context;
  progress.log(`waiting for a response whose URL matches ${wanted.url}`);
  progress.blame("timeout", `No response was as wanted (${wanted.url})`);
  const met = await awaitResponse(context, wanted);
  const body = wanted.captureBody ? bodyOf(met) : null;
  const { url, method, status } = met;
  return { url: publicUrl(url), method, status, ...(body !== null && { body }) };
};

/** So that the answer fits into a frame. */
const maxBodyBytes = 786_432;

export const fetchInPage: Command<"fetchInPage"> = async ({ page, origins, progress }, params) => {
  const { url, method = "GET", headers = {}, body, as = "text" } = params;
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw new PassageError("invalid_params", `params.body: a ${method} request has none`);
  origins.demand(page.url());
  progress.log(`${method} ${publicUrl(URL.parse(url, page.url())?.href ?? "")}`);
  progress.blame("fetch_timed_out", "The site did not answer the page's request");
  const request = { url, method, headers, body, as, maxBytes: maxBodyBytes };
  const asked = await progress.race(page.call("request", request, progress.remainingMs));
  if (asked.kind === "gone") {
    const message =
      "The page left before the answer came; the site may have done what was asked. Wait until the page stays";
    throw new PassageError("fetch_failed", message);
  }
  if (asked.value.kind === "failed") throw failureError(asked.value);
  return asked.value.value as never;
};
