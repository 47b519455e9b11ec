import * as z from "zod";
import { modes } from "./ids.ts";
import { captureConfig, phases } from "./session.ts";

/** The HTTP resources. Times are epoch milliseconds. Field names are the documented ones; we add, never change. */
export const linkStatuses = ["pending", "active", "complete", "failed", "expired"] as const;
export type LinkStatus = (typeof linkStatuses)[number];

/** Limits of a link (design, gap 24). */
export const linkLimits = {
  operations: 10,
  expiresInMaxSeconds: 604_800,
  expiresInDefaultSeconds: 14_400,
  bodyBytes: 65_536,
  stringLength: 2_048,
} as const;

const text = z.string().max(linkLimits.stringLength, `must be at most ${linkLimits.stringLength} characters`);
const name = text.min(1, "must not be empty");

function isHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.username === "" && url.password === "";
}

/** `https:`, `http:` to loopback for development, or a custom app scheme such as `myapp://callback`. */
function isReturnUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || ["javascript:", "data:", "file:", "blob:", "vbscript:", "about:"].includes(url.protocol)) return false;
  if (url.protocol !== "http:") return true;
  return url.hostname === "localhost" || url.hostname.endsWith(".localhost") || url.hostname === "127.0.0.1";
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
  debug: z.boolean().optional(),
  expiresIn: z
    .number()
    .int("must be a positive integer")
    .positive("must be a positive integer")
    .max(linkLimits.expiresInMaxSeconds, `must be at most ${linkLimits.expiresInMaxSeconds} seconds (7 days)`)
    .optional(),
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

const operationName = z.object({ resource: z.string(), action: z.string() });
const linkError = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** The answer (201) of `POST /v1/links`. */
export const createdLink = z.object({
  linkId: z.string(),
  claimCode: z.string(),
  integrationId: z.string(),
  operations: z.array(operationName),
  resource: z.string(),
  action: z.string(),
  status: z.literal("pending"),
  appClipUrl: z.string(),
  returnUrl: z.string().nullable(),
  expiresAt: z.number().int(),
  createdAt: z.number().int(),
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
  expiresAt: z.number().int(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type LinkSummary = z.infer<typeof linkSummary>;

/** The answer of `GET /v1/links/:id`. One operation: `result` is its data; several: `{operations:[{…, data}]}`. */
export const link = linkSummary.extend({
  returnUrl: z.string().nullable(),
  result: z.unknown(),
  error: linkError.nullable(),
});
export type Link = z.infer<typeof link>;

export const linkList = z.object({ links: z.array(linkSummary), nextCursor: z.string().nullable() });
export type LinkList = z.infer<typeof linkList>;

export const listLinksQuery = z.object({
  limit: z.coerce
    .number("must be a number from 1 to 100")
    .int("must be a whole number")
    .min(1, "must be from 1 to 100")
    .max(100, "must be from 1 to 100")
    .default(20),
  cursor: text.optional(),
  status: z.enum(linkStatuses).optional(),
});
export type ListLinksQuery = z.input<typeof listLinksQuery>;

export const claimRequest = z.object({ code: name });
/** The answer of `POST /link/claim`. */
export const claimed = z.object({
  linkId: z.string(),
  sessionId: z.string(),
  clientToken: z.string(),
  websocketUrl: z.string(),
  expiresAt: z.number().int(),
});
export type Claimed = z.infer<typeof claimed>;

/** The answer of `GET /link/details?code=`: what a claim page may show to whoever holds the code. */
export const linkDetails = z.object({
  linkId: z.string(),
  mode: z.enum(modes),
  requestedBy: z.string(),
  provider: z.object({ id: z.string(), name: z.string(), site: z.string() }),
  operations: z.array(operationName.extend({ description: z.string() })),
  status: z.enum(linkStatuses),
  returnUrl: z.string().nullable(),
  expiresAt: z.number().int(),
});
export type LinkDetails = z.infer<typeof linkDetails>;

export const webhookKeyRequest = z.object({ key_id: name });
export const webhookKey = z.object({ key_id: z.string(), key: z.string(), algorithm: z.literal("ES256") });
export type WebhookKey = z.infer<typeof webhookKey>;

const positiveMs = (max: number) =>
  z
    .number("must be a positive integer")
    .int("must be a positive integer")
    .positive("must be a positive integer")
    .max(max);

/** The body of `POST /v1/sessions`; may be empty. Times in ms. */
export const createSessionRequest = z.object({
  metadata: z.record(z.string(), z.unknown()).optional(),
  config: z
    .object({
      disconnectGracePeriodMs: positiveMs(3_600_000).optional(),
      commandTimeoutMs: positiveMs(600_000).optional(),
      sessionDurationMs: positiveMs(3_600_000).optional(),
      capture: captureConfig.optional(),
    })
    .optional(),
});
export type CreateSessionRequest = z.input<typeof createSessionRequest>;
export const createdSession = z.object({
  sessionId: z.string(),
  clientToken: z.string(),
  workerToken: z.string(),
  websocketUrl: z.string(),
  expiresAt: z.number().int(),
});
export type CreatedSession = z.infer<typeof createdSession>;

/** A session as its owner sees it. */
export const session = z.object({
  id: z.string(),
  linkId: z.string().nullable(),
  phase: z.enum(phases),
  clientConnected: z.boolean(),
  workerConnected: z.boolean(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** What `worker.complete` gave; null for a link's session, whose result is the link's. */
  result: z.unknown(),
  error: linkError.nullable(),
  createdAt: z.number().int(),
  expiresAt: z.number().int(),
});
export type Session = z.infer<typeof session>;
export const sessionList = z.object({ sessions: z.array(session), nextCursor: z.string().nullable() });
export type SessionList = z.infer<typeof sessionList>;

export const listSessionsQuery = z.object({ limit: listLinksQuery.shape.limit, cursor: text.optional() });
export const sessionEventsQuery = z.object({
  limit: listLinksQuery.shape.limit,
  after: z.coerce.number("must be a number").int().min(0, "must be 0 or more").default(0),
  type: text.optional().describe("Types, separated by commas."),
});
export const sessionEvents = z.object({
  events: z.array(
    z.object({
      seq: z.number().int(),
      ts: z.number(),
      serverTs: z.number().int(),
      source: z.string(),
      type: z.string(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Pass it as `after`; null at the end. */
  nextAfter: z.number().int().nullable(),
});
export type SessionEvents = z.infer<typeof sessionEvents>;

const jsonSchema = z.record(z.string(), z.unknown());
export const providerList = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      resources: z.array(
        z.object({
          name: z.string(),
          operations: z.record(
            z.string(),
            z.object({
              description: z.string(),
              arguments: jsonSchema.nullable(),
              result: jsonSchema.nullable(),
              evidence: z.enum(["live", "documented", "synthetic"]),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type ProviderList = z.infer<typeof providerList>;

export const createKeyRequest = z.object({
  mode: z.enum(modes, "must be test or live").default("test"),
  organization: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 of a-z, 0-9 and -")
    .default("default"),
  name: z.string().min(1).max(80).optional().describe('What users read: "<name> asks …".'),
});
export const createdKey = z.object({ key: z.string(), mode: z.enum(modes), createdAt: z.number().int() });
export type CreatedKey = z.infer<typeof createdKey>;

/** The body of every answer that is not 2xx. `issues` only with `validation_failed`. */
export const errorBody = z.object({
  error: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  code: z.string(),
  requestId: z.string(),
  docs: z.string(),
});
export type ErrorBody = z.infer<typeof errorBody>;
