import * as z from "zod";
import { nextCursor, pageQuery, time } from "./fields.ts";

export const auditEntry = z
  .object({
    id: z.string(),
    at: time,
    actor: z.string().describe("The id of the API key, or `operator`."),
    action: z.string().describe("For example `key.created`, `link.cancelled`."),
    target: z.string().describe("The id of what was changed."),
    requestId: z.string(),
  })
  .describe("One change that somebody made.");
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditLog = z
  .object({ entries: z.array(auditEntry), nextCursor })
  .describe("One page of changes, newest first.");
export type AuditLog = z.infer<typeof auditLog>;
export const auditLogQuery = pageQuery;
