import * as z from "zod";

const pattern = z.string().min(1).max(2048);

/** What ends a yield. Evaluated on the device: only the fact of the match goes up (design section 4). */
export const yieldCondition = z.discriminatedUnion("type", [
  z.object({ type: z.literal("url"), pattern: pattern.describe("RE2, searched, unanchored; main frame only.") }),
  z.object({
    type: z.literal("selector"),
    selector: z.string().min(1).max(2048),
    state: z.enum(["attached", "detached", "visible", "hidden"]).optional().describe("Default visible."),
  }),
  z.object({
    type: z.literal("networkRequest"),
    url: pattern.optional(),
    urlContains: z.string().max(2048).optional(),
    method: z.string().max(16).optional(),
    successfulOnly: z.boolean().optional(),
    bodyContains: z.string().max(2048).optional(),
    captureBody: z.boolean().optional(),
  }),
  z.object({ type: z.literal("userDone") }),
]);
export type YieldCondition = z.infer<typeof yieldCondition>;

export const yieldRequest = z.object({
  conditions: z.array(yieldCondition).min(1).max(16),
  match: z.enum(["any", "all"]).optional().describe("Default any."),
  status: z
    .object({ heading: z.string().max(120).optional(), subheading: z.string().max(240).optional() })
    .optional()
    .describe("What the person reads while they have the page."),
  optional: z.boolean().optional().describe("On timeout answer {matched:false} instead of failing."),
  timeout: z.number().int().positive().max(3_600_000).optional().describe("ms. Default 600000."),
});
export type YieldRequest = z.infer<typeof yieldRequest>;

export const yieldResult = z.object({
  matched: z.boolean(),
  condition: z.number().int().nonnegative().optional().describe("Index of the condition that matched."),
  url: z.string().optional().describe("Origin and path where it matched; no query, no fragment."),
  networkCapture: z
    .object({
      url: z.string(),
      method: z.string(),
      status: z.number().int(),
      responseBody: z.string().optional().describe("Only for a condition with captureBody; at most 1 MiB of text."),
      bodyMissing: z
        .enum(["binary", "undecodable", "incomplete", "notKept", "private"])
        .optional()
        .describe("Why a condition with captureBody has no responseBody, though the response has a body."),
    })
    .optional()
    .describe("The response that met a networkRequest condition."),
  reason: z.enum(["timeout", "user_gave_up"]).optional(),
});
export type YieldResult = z.infer<typeof yieldResult>;

/** How long a person has when a yield names no timeout (design, gap 17). */
export const defaultYieldTimeoutMs = 600_000;
