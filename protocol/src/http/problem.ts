import * as z from "zod";

export const issue = z
  .object({ path: z.string().describe("Dot separated, for example `operations.0.action`."), message: z.string() })
  .describe("One field of a request body that is missing or wrong.");

/** The body of every answer that is not 2xx. */
export const errorBody = z.object({
  error: z.string(),
  issues: z.array(issue).optional().describe("Only with `validation_failed`."),
  code: z.string(),
  requestId: z.string(),
  docs: z.string(),
});
export type ErrorBody = z.infer<typeof errorBody>;
