import * as z from "zod";
import { displayText } from "../display-text.ts";
import { modes } from "../ids.ts";
import { nextCursor, pageQuery, positiveInteger, time } from "./fields.ts";
import { createKeyRequest } from "./key.ts";

/** What the operator of a server does. An organization is one tenant; it has a test side and a live side. */
export const organizationId = z.string().regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 of a-z, 0-9 and -");
const displayName = displayText(80).describe('What users read: "<name> asks …".');

export const retentionDaysDefault = 30;
/** One shard takes about 150,000 links per day for 30 days before its database is full. */
export const linkShardsAtMost = 64;
export const organizationNameDefault = "Your app";

export const createOrganizationRequest = z.object({
  id: organizationId,
  name: displayName
    .optional()
    .describe(`What users read: "<name> asks …". A new organization is "${organizationNameDefault}".`),
  retentionDays: positiveInteger(3_650, "3650 days (10 years)")
    .optional()
    .describe(
      `Days after which a link that has ended is deleted with its result. In a new organization ${retentionDaysDefault}.`,
    ),
  linkShards: positiveInteger(linkShardsAtMost, `${linkShardsAtMost}`)
    .optional()
    .describe(
      "Over how many objects its links are spread, in each mode. It can be raised at any time, and not lowered; nothing is moved. New links use a raised number after ten seconds. In a new organization 1.",
    ),
});
export type CreateOrganizationRequest = z.input<typeof createOrganizationRequest>;

export const organization = z.object({
  id: organizationId,
  name: z.string(),
  retentionDays: z.number().int(),
  linkShards: z.number().int(),
  createdAt: time,
  tags: z
    .object({ test: z.string(), live: z.string() })
    .describe("What its keys carry in each mode; `organization` in lines of the log."),
  shardTags: z
    .object({ test: z.array(z.string()), live: z.array(z.string()) })
    .describe("What its ids carry: the tag of each link shard, the one above first."),
});
export type Organization = z.infer<typeof organization>;
export const organizationList = z.object({ organizations: z.array(organization), nextCursor });
export type OrganizationList = z.infer<typeof organizationList>;
export const listOrganizationsQuery = pageQuery;

/** The body of `POST /operator/keys`: the organization is made when there is none of this id. */
export const operatorKeyRequest = createKeyRequest.extend({
  mode: z.enum(modes, "must be test or live").default("test"),
  organization: organizationId.default("default"),
  organizationName: displayName.optional().describe("Sets the organization's name. Without it the name stays."),
});
export type OperatorKeyRequest = z.input<typeof operatorKeyRequest>;
export const keyCounts = z.object({ test: z.number().int(), live: z.number().int() });
