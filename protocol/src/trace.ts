import * as z from "zod";

/** `GET /v1/sessions/:id/trace`: each request that the device was asked, in order: names, times and codes, never values. */
export const sessionTraceQuery = z.object({
  limit: z.coerce.number("must be a number").int().min(1, "must be 1 to 100").max(100, "must be 1 to 100").default(100),
  after: z.coerce.number("must be a number").int().min(0, "must be 0 or more").default(0),
});

export const sessionTrace = z.object({
  trace: z.array(
    z.object({
      seq: z.number().int(),
      id: z.string().describe("The request's id on the wire to the device."),
      request: z.string().describe("The command's name, `batch` or `yield`."),
      /** Epoch ms, when it was first sent to a device. */
      askedAt: z.number().int(),
      /** Until its answer; null while it has none, or when the session ended first. */
      ms: z.number().int().nullable(),
      /** How often it was sent: more than once after a lost device. */
      sent: z.number().int(),
      error: z.object({ code: z.string() }).nullable(),
    }),
  ),
  /** Pass it as `after`; null at the end. */
  nextAfter: z.number().int().nullable(),
});
export type SessionTrace = z.infer<typeof sessionTrace>;
