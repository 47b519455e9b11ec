import * as z from "zod";
import { drift, mostDrift } from "../reads/declaration.ts";
import { freeShape } from "../reads/free-shape.ts";
import { json, pattern, timeout, url } from "./fields.ts";
import { type CommandRow, seeking } from "./row.ts";

/** What one response must be. Only responses of the session's own origins count. */
const response = {
  url: pattern.describe("A linear-time (RE2) regular expression, searched in the response's URL."),
  method: z.string().max(16).optional(),
  status: z.number().int().optional(),
};

const name = z.string().min(1).max(128);
const field = z.object({
  selector: z.string().min(1).max(2048).optional().describe("Within the row; the row itself where it is absent."),
  read: z
    .string()
    .regex(/^(text|html|attribute:[^\s"'<>/=]+)$/, "must be text, html or attribute:<name>")
    .optional()
    .describe(
      "`text` (as a person reads it, in one line; of a select all its options), `html`, or `attribute:<name>`. Default `text`.",
    ),
  optional: z.boolean().optional().describe("Null where nothing matches, instead of an error."),
});

/** What is read of a JSON body, and where decoration did not fit. */
const schema = freeShape
  .optional()
  .describe(
    "Of a 2xx response, which must be JSON, only what the schema names leaves the device, each leaf written anew: type, properties, required, items, maxItems, additionalProperties, maxProperties, enum, anyOf, oneOf, orNull and leaf, as docs/design/reads.md has them. An unknown keyword is invalid_params.",
  );
const misfits = z
  .array(drift)
  .max(mostDrift)
  .optional()
  .describe("With schema: where the response does not fit what may be null.");

/** What the page and the site's server tell each other. */
export const network = {
  waitForResponse: {
    summary: "Waits for a response to a document, fetch or XMLHttpRequest; the latest since the last navigate counts.",
    reveals: "content",
    params: z.object({
      ...response,
      captureBody: z.boolean().optional().describe("Returns the body too, which must be text of at most 1 MiB."),
      timeout,
    }),
    result: z.object({
      url: z.string().describe("Origin and path."),
      method: z.string(),
      status: z.number().int(),
      body: z.string().optional().describe("With captureBody: absent where the response has none, as a redirect."),
    }),
    errors: ["body_unavailable"],
  },
  fetchInPage: {
    summary:
      "Has the page make a request to its own origin, with its cookies, and returns the response, whatever its status.",
    reveals: "content",
    params: z.object({
      url: url.describe("Absolute, or relative to the page; its origin is the page's, unless headersFrom is given."),
      method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).optional().describe("Default `GET`."),
      headers: z.record(z.string().max(256), z.string().max(8_192)).optional(),
      headersFrom: z
        .object({
          url: pattern.describe("RE2, searched in the URL of the page's own request."),
          names: z
            .array(z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,128}$/, "must be names of headers"))
            .min(1)
            .max(8),
        })
        .optional()
        .describe(
          "Adds these headers as the page's own latest matching request had them, such as authorization, and waits for such a request. It must have gone to the same origin as url, which may then be another than the page's where the site allows that by CORS; cookies are not sent there. The values are read on the device, never returned, and kept secret from then on.",
        ),
      body: z.string().max(262_144).optional(),
      as: z
        .enum(["text", "json", "base64"])
        .optional()
        .describe(
          "What to return the body as: text in the site's charset, JSON, or its bytes (at most 768,000) as base64. Default `text`.",
        ),
      schema,
      timeout,
    }),
    result: z.object({
      url: z.string().describe("After redirects."),
      status: z.number().int(),
      contentType: z.string().nullable(),
      body: json.describe("A string, or the JSON value. Null where there is none to return."),
      drift: misfits,
    }),
    errors: ["fetch_failed", "fetch_timed_out", "extract_failed"],
  },
  extract: {
    summary: "Data out of the page's elements or of a JSON response, by a description, in one round trip.",
    reveals: "content",
    params: z.discriminatedUnion("from", [
      z.object({
        from: z.literal("dom"),
        rows: z
          .string()
          .min(1)
          .max(2048)
          .optional()
          .describe("One object per element that matches now; without it the page is one object."),
        fields: z
          .record(name, z.union([z.string().min(1).max(2048), field]))
          .describe(
            "What each object holds: a selector within the row, for its text, or what else to read of it. Waits until each matches once.",
          ),
        limit: z.number().int().positive().max(10_000).optional().describe("At most so many rows. Default 1,000."),
        timeout,
      }),
      z.object({
        from: z.literal("response"),
        ...response,
        schema,
        timeout,
      }),
    ]),
    result: z.object({ data: json, drift: misfits }),
    errors: [...seeking, "extract_failed", "body_unavailable"],
  },
} as const satisfies Record<string, CommandRow>;
