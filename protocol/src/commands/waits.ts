import * as z from "zod";
import { done, elementState, selector, timeout } from "./fields.ts";
import { type CommandRow, seeking } from "./row.ts";

/** Waits for something that is not an address or a response. They live outside the page and go on across navigations. */
export const waits = {
  waitForSelector: {
    summary: "Waits until the element is in the state (default `visible`), across navigations.",
    reveals: "boolean",
    params: z.object({
      selector,
      state: elementState.optional().describe("Default `visible`."),
      timeout,
    }),
    result: done,
    errors: seeking,
  },
  waitForNetworkIdle: {
    summary: "Waits until no request of the page has been under way for `idleTime` ms (default 500).",
    reveals: "nothing",
    params: z.object({
      idleTime: z.number().int().positive().max(60_000).optional().describe("ms. Default 500."),
      timeout,
    }),
    result: done,
    errors: [],
  },
  waitForTimeout: {
    summary: "Waits for a fixed time. Prefer a wait for a condition.",
    reveals: "nothing",
    params: z.object({ timeout: z.number().int().positive().max(60_000).describe("ms") }),
    result: done,
    errors: [],
  },
} as const satisfies Record<string, CommandRow>;
