import * as z from "zod";
import { arrived, pattern, timeout, url, waitUntilCommit, waitUntilLoad } from "./fields.ts";
import type { CommandRow } from "./row.ts";

/** Where the main frame is, and how it gets elsewhere. */
export const navigation = {
  navigate: {
    summary:
      "Goes to a URL and waits until it has loaded. A page that answers 4xx or 5xx is an answer too, with its status.",
    reveals: "place",
    params: z.object({
      url,
      waitUntil: waitUntilLoad,
      referer: url.optional().describe("The Referer header of the request."),
      timeout,
    }),
    result: arrived,
    errors: ["navigation_failed"],
  },
  reload: {
    summary: "Loads the page again and waits until it has loaded.",
    reveals: "place",
    params: z.object({ waitUntil: waitUntilLoad, timeout }),
    result: arrived,
    errors: ["navigation_failed"],
  },
  goBack: {
    summary: "Goes one page back in the history; never before the first page that was opened here.",
    reveals: "place",
    params: z.object({ waitUntil: waitUntilLoad, timeout }),
    result: arrived,
    errors: ["not_actionable", "navigation_failed"],
  },
  waitForNavigation: {
    summary:
      "Waits until the main frame's URL matches a linear-time (RE2) regular expression. Returns at once when it already does.",
    reveals: "place",
    params: z.object({ urlPattern: pattern, waitUntil: waitUntilCommit, timeout }),
    result: z.object({ url }),
    errors: [],
  },
  waitForURL: {
    summary:
      "Waits until the page is at the whole URL, or at one that matches, and has loaded. Returns at once when it is.",
    reveals: "place",
    params: z.object({
      url: z.union([url, z.object({ pattern })]).describe("The whole URL, or a pattern."),
      waitUntil: waitUntilLoad,
      timeout,
    }),
    result: z.object({ url }),
    errors: [],
  },
  url: {
    summary:
      "The main frame's URL. Query and fragment are left out after a redirect, after the person's turn, and where a sensitive field has been.",
    reveals: "place",
    params: z.object({}),
    result: z.object({ url }),
    errors: [],
  },
} as const satisfies Record<string, CommandRow>;
