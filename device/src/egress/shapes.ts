import { isErrorCode } from "@passage/protocol/errors";
import { yieldResult } from "@passage/protocol/yield";
import { z } from "zod";
import { publicUrl } from "./public-url.ts";

const line = z.string().transform((text) => text.slice(0, 600));

/** An error as it may leave. The details are a closed list; none holds what a person typed. */
export const errorShape = z.object({
  code: z.string().refine(isErrorCode),
  message: z.string().transform((text) => text.slice(0, 4_000)),
  details: z
    .object({
      log: z.array(line).max(64).optional(),
      matches: z.array(line).max(16).optional(),
      issues: z.array(line).max(16).optional(),
      reason: line.optional(),
      url: z.string().transform(publicUrl).optional(),
    })
    .optional(),
});

const place = z.string().transform(publicUrl);
const capture = yieldResult.shape.networkCapture.unwrap();

/** A yield's answer as it may leave: of addresses only the place is told. */
export const yieldShape = yieldResult.extend({
  url: place.optional(),
  networkCapture: capture.extend({ url: place }).optional(),
});

/** The telemetry that may leave, by type. */
export const eventPayloads: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  navigation: z.object({ url: z.string().transform(publicUrl), isMainFrame: z.literal(true) }),
};

/** Refusals that say nothing of the page. */
export const toldInPrivate: ReadonlySet<string> = new Set([
  "user_in_control",
  "unsupported_command",
  "invalid_params",
  "cancelled",
  "page_gone",
]);
