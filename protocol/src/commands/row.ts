import type * as z from "zod";
import type { ErrorCode } from "../errors.ts";

/**
 * The most that a command's result reveals about the page. In a private phase (docs/design/private-phase.md) what reveals content
 * is not executed and cannot leave the device; of a place only origin and path leave, ids taken out.
 */
export type Reveals = "nothing" | "boolean" | "place" | "content";

/** One command: what it takes, what it answers, and what it can fail with besides {@link commonErrors}. */
export interface CommandRow {
  readonly summary: string;
  readonly reveals: Reveals;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly errors: readonly ErrorCode[];
}

/** What any command can fail with. */
export const commonErrors = [
  "unsupported_command",
  "invalid_params",
  "user_in_control",
  "blocked_private",
  "blocked_secret",
  "command_not_declared",
  "origin_not_allowed",
  "page_gone",
  "timeout",
  "cancelled",
  "payload_too_large",
  "internal",
] as const satisfies readonly ErrorCode[];

/** What looking for an element can fail with. */
export const seeking = ["invalid_selector", "strict_violation"] as const satisfies readonly ErrorCode[];
/** What acting on an element can fail with. */
export const acting = [...seeking, "not_actionable"] as const satisfies readonly ErrorCode[];
