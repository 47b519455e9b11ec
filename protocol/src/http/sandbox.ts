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

/** An empty body completes the link with the samples of its operations. */
export const completeLinkRequest = z
  .object({
    outcome: z.enum(outcomes, `must be one of ${outcomes.join(", ")}`).default("complete"),
    result: z
      .unknown()
      .optional()
      .describe(
        "With `complete`. Must fit the operations' schemas. One operation: its data; several: `{ operations: [{ resource, action, data }] }`, in the link's order. Default: the operations' samples.",
      ),
    code: z
      .enum(attemptFailureCodes, `must be one of ${attemptFailureCodes.join(", ")}`)
      .optional()
      .describe("With `failed`. Default: the one that comes with `reason`; without that, `AUTOMATION_ERROR`."),
    reason: text
      .optional()
      .describe(
        "With `failed`: `error.details.reason` of the link, for example `user_gave_up`, `wrong_credentials`, `site_changed`. Default: the code's first.",
      ),
  })
  .superRefine((body, context) => {
    const strays = body.outcome === "complete" ? (["code", "reason"] as const) : (["result"] as const);
    const needed = body.outcome === "complete" ? "failed" : "complete";
    for (const field of strays)
      if (body[field] !== undefined)
        context.addIssue({ code: "custom", path: [field], message: `goes with outcome ${needed}` });
  })
  .describe("How a test link ends without a device.");
export type CompleteLinkRequest = z.input<typeof completeLinkRequest>;
