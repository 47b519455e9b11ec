import * as z from "zod";
import { text } from "./fields.ts";

/** Codes that an attempt can fail with. */
export const attemptFailureCodes = [
  "AUTOMATION_ERROR",
  "CLIENT_TIMEOUT",
  "CONNECTION_FAILED",
  "UNKNOWN_PROVIDER",
  "RESULT_VALIDATION_ERROR",
  "INTERNAL_ERROR",
] as const;

const outcomes = ["complete", "failed"] as const;

/** The body of `POST /v1/sandbox/links/:id/complete`; an empty one completes the link with the samples of its operations. */
export const completeLinkRequest = z
  .object({
    outcome: z.enum(outcomes, `must be one of ${outcomes.join(", ")}`).default("complete"),
    result: z
      .unknown()
      .optional()
      .describe(
        "Of complete. One operation: its data; several: {operations: [{resource, action, data}]}, in the link's order. Default: the operations' samples.",
      ),
    code: z
      .enum(attemptFailureCodes, `must be one of ${attemptFailureCodes.join(", ")}`)
      .optional()
      .describe("Of failed. Default: the reason's."),
    reason: text.optional().describe("Of failed: error.details.reason. Default: the code's first."),
  })
  .superRefine((body, context) => {
    const strays = body.outcome === "complete" ? (["code", "reason"] as const) : (["result"] as const);
    const needed = body.outcome === "complete" ? "failed" : "complete";
    for (const field of strays)
      if (body[field] !== undefined)
        context.addIssue({ code: "custom", path: [field], message: `goes with outcome ${needed}` });
  });
export type CompleteLinkRequest = z.input<typeof completeLinkRequest>;
