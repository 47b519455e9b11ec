import * as z from "zod";

// Fields that several resources have. Times are epoch milliseconds.

/** Of a text, in characters. */
export const maxTextLength = 2_048;
/** The largest JSON body, in bytes. */
export const maxBodyBytes = 65_536;

/** How many objects and arrays of a JSON body may stand within each other. */
export const maxJsonDepth = 64;

/**
 * The largest result, in bytes of JSON, of all operations together: a webhook with it stays within the 1 MiB that receivers
 * take, and its row, sealed, within the 2 MB that Durable Objects take.
 */
export const maxResultBytes = 1_000_000;

export const text = z.string().max(maxTextLength, `must be at most ${maxTextLength} characters`);
export const name = text.min(1, "must not be empty");
export const time = z
  .number()
  .int()
  .meta({ description: "Epoch milliseconds.", examples: [1_767_225_600_000] });
export const operationName = z.object({ resource: z.string(), action: z.string() }).describe("What was asked for.");

export const failure = z
  .object({
    code: z.string().describe("For example `AUTOMATION_ERROR`, `CLIENT_TIMEOUT`, `RESULT_VALIDATION_ERROR`."),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .describe("Why an attempt failed.");

/** Of a link's metadata, in bytes of JSON. */
export const maxMetadataBytes = 8_192;
export const metadata = z
  .record(z.string(), z.unknown(), "must be an object")
  .refine(
    (value) => JSON.stringify(value).length <= maxMetadataBytes,
    `must be at most ${maxMetadataBytes} bytes of JSON`,
  );

export function positiveInteger(max: number, atMost: string) {
  const wrong = "must be a positive integer";
  return z.number(wrong).int(wrong).positive(wrong).max(max, `must be at most ${atMost}`);
}

export const pageQuery = z
  .object({
    limit: z.coerce
      .number("must be a number from 1 to 100")
      .int("must be a whole number")
      .min(1, "must be from 1 to 100")
      .max(100, "must be from 1 to 100")
      .default(20)
      .describe("Items per page: 1 to 100."),
    cursor: text.optional().describe("The `nextCursor` of the page before."),
  })
  .describe("How much of a list, and where the page before ended.");
export const nextCursor = z.string().nullable().describe("Null on the last page.");
/** The query of what has sequence numbers, and where its page ended. */
export const afterQuery = z.coerce
  .number("must be a number")
  .int()
  .min(0, "must be 0 or more")
  .default(0)
  .describe("The `nextAfter` of the page before.");
export const nextAfter = z.number().int().nullable().describe("Pass it as `after`; null at the end.");
export const deleted = z.object({ id: z.string(), deleted: z.literal(true) }).describe("What was deleted.");
export type Deleted = z.infer<typeof deleted>;
