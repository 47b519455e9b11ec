import * as z from "zod";

/** The body of every answer that is not 2xx. `issues` only with `validation_failed`. */
export const errorBody = z.object({
  error: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  code: z.string(),
  requestId: z.string(),
  docs: z.string(),
});
export type ErrorBody = z.infer<typeof errorBody>;
