import * as z from "zod";
import { displayText } from "../display-text.ts";
import { modes } from "../ids.ts";
import { grants } from "../scopes.ts";
import { nextCursor, pageQuery, positiveInteger, time } from "./fields.ts";

const keyName = displayText(80);

/** The body of `POST /v1/keys`. A key cannot give what it may not do itself. */
export const createKeyRequest = z.object({
  name: keyName.optional().describe("What you call it."),
  scopes: z.array(z.enum(grants, "is not a scope")).min(1, "must name at least one scope").max(20).default(["*"]),
  expiresIn: positiveInteger(315_360_000, "10 years")
    .optional()
    .describe("Seconds; without it the key does not expire."),
});
export type CreateKeyRequest = z.input<typeof createKeyRequest>;

/** A key as lists show it. */
export const key = z.object({
  id: z.string(),
  name: z.string().nullable(),
  mode: z.enum(modes),
  scopes: z.array(z.enum(grants)),
  hint: z.string().describe("Its last four characters."),
  lastUsedAt: time.nullable().describe("To the minute."),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  replacedBy: z.string().nullable().describe("The key that it was rotated to."),
});
export type Key = z.infer<typeof key>;

/** A key that was just made. `key` is shown this once: the server keeps its hash. */
export const createdKey = key.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;

export const keyList = z.object({ keys: z.array(key), nextCursor });
export type KeyList = z.infer<typeof keyList>;
export const listKeysQuery = pageQuery;

/** The body of `POST /v1/keys/:id/rotate`. */
export const rotateKeyRequest = z.object({
  overlap: z
    .number()
    .int()
    .min(0)
    .max(2_592_000, "must be at most 2592000 seconds (30 days)")
    .default(86_400)
    .describe("Seconds for which the old key still works; 0 ends it at once."),
});
export type RotateKeyRequest = z.input<typeof rotateKeyRequest>;
