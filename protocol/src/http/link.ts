import * as z from "zod";
import { ledgerHead } from "../ledger.ts";
import { isReturnUrl } from "../return-url.ts";
import {
  failure,
  maxMetadataBytes,
  maxTextLength,
  metadata,
  name,
  nextCursor,
  operationName,
  pageQuery,
  positiveInteger,
  text,
  time,
} from "./fields.ts";

/** Field names are the documented ones; we add, never change. */
export const linkStatuses = ["pending", "active", "complete", "failed", "expired"] as const;
export const linkStatus = z
  .enum(linkStatuses)
  .describe("Where a link stands. `failed` may be claimed again; `complete` and `expired` are ends.");
export type LinkStatus = (typeof linkStatuses)[number];

/** Limits of a link (design, gap 24). */
export const linkLimits = {
  operations: 10,
  expiresInMaxSeconds: 604_800,
  expiresInDefaultSeconds: 14_400,
} as const;

const withCommas = (number: number) => number.toLocaleString("en");

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.username === "" && url.password === "";
}

export const requestedOperation = z
  .object({
    resource: name.describe("For example `paymentMethod`, `mobileBillingStatement`, `orderHistory`."),
    action: z.enum(["read", "write"], "must be read or write"),
    arguments: z
      .record(z.string(), z.unknown(), "must be an object")
      .optional()
      .describe("Checked against the operation's schema when the link is created. Never echoed back."),
  })
  .describe("One thing to do in the person's account, as named by `GET /v1/providers`.");
export type RequestedOperation = z.infer<typeof requestedOperation>;

const linkOptions = {
  integrationId: name.describe("For example `tmobile`, `att`, `verizon`, `ubereats`."),
  webhookUrl: text
    .refine(isHttpUrl, "must be a valid URL")
    .optional()
    .describe(
      `Receives \`link.complete\` or \`link.failed\`, signed. At most ${withCommas(maxTextLength)} characters.`,
    ),
  returnUrl: text
    .refine(isReturnUrl, "must be an https URL or a custom app scheme such as myapp://callback")
    .optional()
    .describe("Where the person goes afterwards: `https:`, or an app's own scheme such as `myapp://callback`."),
  externalUserId: text.optional().describe("Your own id of the person. Comes back with the link."),
  metadata: metadata
    .optional()
    .describe(
      `Your own words about the link; given back, never read. At most ${withCommas(maxMetadataBytes)} bytes of JSON.`,
    ),
  reusable: z
    .boolean()
    .optional()
    .describe("Whether it can be claimed again after success, until it expires. Default false."),
  debug: z.boolean().optional().describe("Records more of the session, for finding faults."),
  expiresIn: positiveInteger(linkLimits.expiresInMaxSeconds, `${linkLimits.expiresInMaxSeconds} seconds (7 days)`)
    .optional()
    .describe(
      `Seconds until an unclaimed link expires: 1 to ${withCommas(linkLimits.expiresInMaxSeconds)} (7 days). Default ${withCommas(linkLimits.expiresInDefaultSeconds)} (4 hours).`,
    ),
};

/** The single form (`resource`, `action`, `arguments`) is read as a list of one. */
export const createLinkRequest = z
  .object({
    ...linkOptions,
    operations: z
      .array(requestedOperation)
      .min(1, "must name at least one operation")
      .max(linkLimits.operations, `must name at most ${linkLimits.operations} operations`)
      .optional()
      .describe("Run in this order, with one sign-in. If one fails, the link fails."),
    resource: requestedOperation.shape.resource.optional(),
    action: requestedOperation.shape.action.optional(),
    arguments: requestedOperation.shape.arguments,
  })
  .superRefine((body, context) => {
    const single = body.resource !== undefined || body.action !== undefined || body.arguments !== undefined;
    const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (body.operations && single) issue("operations", "give either operations or resource and action, not both");
    if (body.operations) return;
    if (!single) return issue("operations", "is required: a list of { resource, action }");
    if (body.resource === undefined) issue("resource", "is required");
    if (body.action === undefined) issue("action", "is required");
  })
  .describe(
    `The body of \`POST /v1/links\`: either \`operations\` (1 to ${linkLimits.operations}), or one operation as \`resource\` and \`action\`.`,
  );
export type CreateLinkRequest = z.input<typeof createLinkRequest>;

export const createdLink = z
  .object({
    linkId: z.string(),
    claimCode: z
      .string()
      .describe(
        "A secret: whoever holds it can claim the link. Give it to the person that it is meant for, and to nobody else.",
      ),
    integrationId: z.string(),
    operations: z.array(operationName),
    resource: z.string().describe("The first operation's resource."),
    action: z.string().describe("The first operation's action."),
    status: z.literal("pending"),
    appClipUrl: z.string().describe("The page to send the person to. Carries the claim code."),
    returnUrl: z.string().nullable().describe("With `linkId` added."),
    expiresAt: time,
    createdAt: time,
  })
  .describe("A link that was just created.");
export type CreatedLink = z.infer<typeof createdLink>;

export const linkSummary = z
  .object({
    id: z.string(),
    integrationId: z.string(),
    operations: z.array(operationName),
    resource: z.string().describe("The first operation's resource."),
    action: z.string().describe("The first operation's action."),
    externalUserId: z.string().nullable(),
    status: linkStatus,
    currentSessionId: z.string().nullable().describe("The newest attempt, or null before the first claim."),
    reusable: z.boolean(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    cancelledAt: time
      .nullable()
      .describe("When its owner cancelled it: its status is `expired` then. Epoch milliseconds."),
    expiresAt: time,
    createdAt: time,
    updatedAt: time,
  })
  .describe("A link as lists show it: without its outcome.");
export type LinkSummary = z.infer<typeof linkSummary>;

const attemptLedger = ledgerHead.nullable();

const operationResult = operationName.extend({ data: z.unknown() });

export const link = linkSummary
  .extend({
    returnUrl: z.string().nullable(),
    result: z
      .unknown()
      .describe(
        "One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. Null until complete.",
      ),
    error: failure.nullable().describe("Null unless the last attempt failed."),
    ledger: attemptLedger.describe(
      "How far the device's list of what it sent went in the last attempt, once it is over: `passage ledger verify` shows the list. Null for a device that keeps none.",
    ),
    partial: z
      .object({ operations: z.array(operationResult) })
      .nullable()
      .optional()
      .describe("With `include=partial`: what a failed attempt had finished, for 24 hours."),
  })
  .describe("A link with its outcome.");
export type Link = z.infer<typeof link>;

export const getLinkQuery = z
  .object({
    include: z
      .literal("partial", "can only be partial")
      .optional()
      .describe("`partial`: what a failed attempt had finished."),
  })
  .describe("What to read besides the link.");

export const linkList = z
  .object({ links: z.array(linkSummary), nextCursor })
  .describe("One page of links, newest first.");
export type LinkList = z.infer<typeof linkList>;

export const listLinksQuery = pageQuery
  .extend({
    status: linkStatus.optional(),
    integrationId: text.optional(),
    externalUserId: text.optional(),
    createdAfter: z.coerce
      .number("must be a time in epoch milliseconds")
      .int()
      .min(0)
      .optional()
      .describe("Epoch milliseconds."),
  })
  .describe("Which links to list.");
export type ListLinksQuery = z.input<typeof listLinksQuery>;

export const attempt = z
  .object({
    sessionId: z.string(),
    status: z.enum(["active", "complete", "failed"]),
    result: z.unknown().describe("Kept for each attempt of a reusable link; null otherwise, where the link has it."),
    error: failure.nullable(),
    ledger: attemptLedger.describe(
      "How far its device's list of what it sent went; null for a device that keeps none.",
    ),
    startedAt: time,
    endedAt: time.nullable().describe("Epoch milliseconds; null while it is active."),
  })
  .describe("One claim of a link.");
export type Attempt = z.infer<typeof attempt>;
export const attemptList = z
  .object({ attempts: z.array(attempt), nextCursor })
  .describe("One page of attempts, newest first.");
export type AttemptList = z.infer<typeof attemptList>;
