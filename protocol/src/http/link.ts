import * as z from "zod";
import { ledgerHead } from "../ledger.ts";
import { isReturnUrl } from "../return-url.ts";
import {
  failure,
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
export type LinkStatus = (typeof linkStatuses)[number];

/** Limits of a link (design, gap 24). */
export const linkLimits = {
  operations: 10,
  expiresInMaxSeconds: 604_800,
  expiresInDefaultSeconds: 14_400,
} as const;

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.username === "" && url.password === "";
}

export const requestedOperation = z.object({
  resource: name,
  action: z.enum(["read", "write"], "must be read or write"),
  arguments: z.record(z.string(), z.unknown(), "must be an object").optional(),
});
export type RequestedOperation = z.infer<typeof requestedOperation>;

const linkOptions = {
  integrationId: name,
  webhookUrl: text.refine(isHttpUrl, "must be a valid URL").optional(),
  returnUrl: text
    .refine(isReturnUrl, "must be an https URL or a custom app scheme such as myapp://callback")
    .optional(),
  externalUserId: text.optional(),
  metadata: metadata.optional().describe("Your own words about the link; given back, never read."),
  reusable: z.boolean().optional().describe("Whether it can be claimed again after success, until it expires."),
  debug: z.boolean().optional(),
  expiresIn: positiveInteger(linkLimits.expiresInMaxSeconds, `${linkLimits.expiresInMaxSeconds} seconds (7 days)`)
    .optional()
    .describe("Seconds until an unclaimed link expires."),
};

/** The body of `POST /v1/links`. The single form (`resource`, `action`, `arguments`) is read as a list of one. */
export const createLinkRequest = z
  .object({
    ...linkOptions,
    operations: z
      .array(requestedOperation)
      .min(1, "must name at least one operation")
      .max(linkLimits.operations, `must name at most ${linkLimits.operations} operations`)
      .optional(),
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
  });
export type CreateLinkRequest = z.input<typeof createLinkRequest>;

/** The answer (201) of `POST /v1/links`. */
export const createdLink = z.object({
  linkId: z.string(),
  claimCode: z.string().describe("A secret: whoever has it can claim the link."),
  integrationId: z.string(),
  operations: z.array(operationName),
  resource: z.string(),
  action: z.string(),
  status: z.literal("pending"),
  appClipUrl: z.string(),
  returnUrl: z.string().nullable(),
  expiresAt: time,
  createdAt: time,
});
export type CreatedLink = z.infer<typeof createdLink>;

/** A link without its outcome, as lists show it. */
export const linkSummary = z.object({
  id: z.string(),
  integrationId: z.string(),
  operations: z.array(operationName),
  resource: z.string(),
  action: z.string(),
  externalUserId: z.string().nullable(),
  status: z.enum(linkStatuses),
  currentSessionId: z.string().nullable(),
  reusable: z.boolean(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** A cancelled link is `expired`: it cannot be claimed again. */
  cancelledAt: time.nullable(),
  expiresAt: time,
  createdAt: time,
  updatedAt: time,
});
export type LinkSummary = z.infer<typeof linkSummary>;

/** How far the device's list of what it sent went; null for a device that keeps none. */
const attemptLedger = ledgerHead.nullable();

const operationResult = operationName.extend({ data: z.unknown() });

/** The answer of `GET /v1/links/:id`. One operation: `result` is its data; several: `{operations:[{…, data}]}`. */
export const link = linkSummary.extend({
  returnUrl: z.string().nullable(),
  result: z.unknown(),
  error: failure.nullable(),
  ledger: attemptLedger.describe("Of the last attempt, once it is over."),
  partial: z
    .object({ operations: z.array(operationResult) })
    .nullable()
    .optional()
    .describe("With include=partial: what a failed attempt had finished, for 24 hours."),
});
export type Link = z.infer<typeof link>;

export const getLinkQuery = z.object({ include: z.literal("partial", "can only be partial").optional() });

export const linkList = z.object({ links: z.array(linkSummary), nextCursor });
export type LinkList = z.infer<typeof linkList>;

export const listLinksQuery = pageQuery.extend({
  status: z.enum(linkStatuses).optional(),
  integrationId: text.optional(),
  externalUserId: text.optional(),
  createdAfter: z.coerce.number("must be a time in epoch milliseconds").int().min(0).optional(),
});
export type ListLinksQuery = z.input<typeof listLinksQuery>;

/** One claim of a link. */
export const attempt = z.object({
  sessionId: z.string(),
  status: z.enum(["active", "complete", "failed"]),
  result: z.unknown().describe("Kept for each attempt of a reusable link; null otherwise, where the link has it."),
  error: failure.nullable(),
  ledger: attemptLedger,
  startedAt: time,
  endedAt: time.nullable(),
});
export type Attempt = z.infer<typeof attempt>;
export const attemptList = z.object({ attempts: z.array(attempt), nextCursor });
export type AttemptList = z.infer<typeof attemptList>;
