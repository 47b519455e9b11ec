import * as z from "zod";
import { afterQuery, nextAfter, time } from "./http/fields.ts";

/** `GET /v1/sessions/:id/trace`. */
export const sessionTraceQuery = z
  .object({
    limit: z.coerce
      .number("must be a number")
      .int()
      .min(1, "must be 1 to 100")
      .max(100, "must be 1 to 100")
      .default(100)
      .describe("Items per page: 1 to 100."),
    after: afterQuery,
  })
  .describe("How much of what the device was asked.");

export const sessionTrace = z
  .object({
    trace: z.array(
      z.object({
        seq: z.number().int(),
        id: z.string().describe("The request's id on the wire to the device."),
        request: z.string().describe("The command's name, `batch` or `yield`."),
        askedAt: time.describe("When it was first sent to a device, in epoch milliseconds."),
        ms: z
          .number()
          .int()
          .nullable()
          .describe("Until its answer; null while it has none, or when the session ended first."),
        sent: z.number().int().describe("How often it was sent: more than once after a lost device."),
        error: z.object({ code: z.string() }).nullable(),
      }),
    ),
    nextAfter,
  })
  .describe("What the device was asked, in order: names, times and codes, never values.");
export type SessionTrace = z.infer<typeof sessionTrace>;
