import * as z from "zod";
import { displayText } from "../display-text.ts";
import { modes } from "../ids.ts";
import { grants } from "../scopes.ts";
import { nextCursor, pageQuery, positiveInteger, time } from "./fields.ts";

const keyName = displayText(80);
export const grant = z
  .enum(grants, "is not a scope")
  .describe("What an API key may do. `<resource>:*` holds both of a resource's scopes, `*` holds all.");

export const createKeyRequest = z
  .object({
    name: keyName.optional().describe("What you call it."),
    scopes: z
      .array(grant)
      .min(1, "must name at least one scope")
      .max(20)
      .default(["*"])
      .describe("A key cannot give what it may not do itself."),
    expiresIn: positiveInteger(315_360_000, "10 years")
      .optional()
      .describe("Seconds; without it the key does not expire."),
  })
  .describe("The body of `POST /v1/keys`.");
export type CreateKeyRequest = z.input<typeof createKeyRequest>;

export const key = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    mode: z.enum(modes),
    scopes: z.array(grant),
    hint: z.string().describe("Its last four characters."),
    lastUsedAt: time.nullable().describe("Epoch milliseconds, to the minute."),
    createdAt: time,
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    replacedBy: z.string().nullable().describe("The key that it was rotated to."),
  })
  .describe("An API key as lists show it.");
export type Key = z.infer<typeof key>;

export const createdKey = key
  .extend({ key: z.string().describe("The secret, shown this once: the server keeps its hash.") })
  .describe("A key that was just made.");
export type CreatedKey = z.infer<typeof createdKey>;

export const keyList = z.object({ keys: z.array(key), nextCursor }).describe("One page of keys, newest first.");
export type KeyList = z.infer<typeof keyList>;
export const listKeysQuery = pageQuery;

export const rotateKeyRequest = z
  .object({
    overlap: z
      .number()
      .int()
      .min(0)
      .max(2_592_000, "must be at most 2592000 seconds (30 days)")
      .default(86_400)
      .describe("Seconds for which the old key still works; 0 ends it at once."),
  })
  .describe("The body of `POST /v1/keys/:id/rotate`.");
export type RotateKeyRequest = z.input<typeof rotateKeyRequest>;
