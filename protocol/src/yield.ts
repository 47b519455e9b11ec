import * as z from "zod";
import { elementState } from "./commands/fields.ts";

const pattern = z.string().min(1).max(2048);

export const yieldCondition = z
  .discriminatedUnion("type", [
    z
      .object({
        type: z.literal("url"),
        pattern: pattern.describe("A linear-time (RE2) regular expression, searched, unanchored."),
      })
      .describe("The main frame's URL."),
    z
      .object({
        type: z.literal("selector"),
        selector: z.string().min(1).max(2048),
        state: elementState.optional().describe("Default `visible`."),
      })
      .describe("An element's state."),
    z
      .object({
        type: z.literal("networkRequest"),
        url: pattern.optional().describe("Regular expression on the URL."),
        urlContains: z.string().max(2048).optional(),
        method: z.string().max(16).optional(),
        successfulOnly: z.boolean().optional().describe("Status 2xx only."),
        bodyContains: z.string().max(2048).optional(),
        captureBody: z.boolean().optional().describe("Puts the response's body into the result."),
      })
      .describe("A response of the page; all fields that are given must fit."),
    z.object({ type: z.literal("userDone") }).describe('The person presses "I\'m done".'),
  ])
  .describe("What a yield waits for. Evaluated on the device: the server learns only that it held.");
export type YieldCondition = z.infer<typeof yieldCondition>;

export const yieldRequest = z
  .object({
    conditions: z.array(yieldCondition).min(1).max(16).describe("1 to 16."),
    match: z.enum(["any", "all"]).optional().describe("Whether one condition is enough. Default `any`."),
    status: z
      .object({ heading: z.string().max(120).optional(), subheading: z.string().max(240).optional() })
      .optional()
      .describe("What the person reads while they have the page."),
    optional: z.boolean().optional().describe("When the time is over, return `{ matched: false }` instead of failing."),
    timeout: z.number().int().positive().max(3_600_000).optional().describe("ms. Default 600,000 (10 minutes)."),
  })
  .describe("What to wait for while the person has the page.");
export type YieldRequest = z.infer<typeof yieldRequest>;

export const yieldResult = z
  .object({
    matched: z.boolean().describe("False: the person gave up, or an optional yield ran out of time. See `reason`."),
    condition: z.number().int().nonnegative().optional().describe("Index of the condition that matched."),
    url: z.string().optional().describe("Origin and path where it matched; no query, no fragment."),
    networkCapture: z
      .object({
        url: z.string(),
        method: z.string(),
        status: z.number().int(),
        responseBody: z.string().optional().describe("Only for a condition with `captureBody`; at most 1 MiB of text."),
        bodyMissing: z
          .enum(["binary", "undecodable", "incomplete", "notKept", "private"])
          .optional()
          .describe("Why a condition with `captureBody` has no `responseBody`, though the response has a body."),
      })
      .optional()
      .describe("The response that met a `networkRequest` condition."),
    reason: z.enum(["timeout", "user_gave_up"]).optional(),
  })
  .describe("How a yield ended.");
export type YieldResult = z.infer<typeof yieldResult>;

/** How long a person has when a yield names no timeout (design, gap 17). */
export const defaultYieldTimeoutMs = 600_000;
