import * as z from "zod";
import { argumentPath } from "./leaf.ts";
import { shape } from "./shape.ts";

/** The name of a read, a step or a parameter. */
export const declaredLabel = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** A place of a read's shape, as `leafPlaces` writes it. */
const source = z.strictObject({ read: declaredLabel, at: z.string().min(1).max(512) });
const orEmpty = z.literal(true).optional().describe("It may be an empty text as well.");

/** What a parameter may be. The server chooses within it, and can name nothing else. */
export const readParam = z.union([
  z.strictObject({ of: z.array(z.string().max(64)).min(1).max(64) }),
  z.strictObject({ integer: z.tuple([z.number().int().min(-1e9), z.number().int().max(1e9)]) }),
  z.strictObject({ argument: argumentPath }),
  /** A value that this device has sent from there in this session. */
  z.strictObject({ seen: source, orEmpty }),
  /** The value that was last held there: the request says `true` for it. */
  z.strictObject({ held: source, orEmpty }),
]);
export type ReadParam = z.infer<typeof readParam>;

/** Stands for a parameter's value. */
export const paramHole = z.strictObject({ $param: declaredLabel });
/** Stands for a value that a read has held on the device. */
const heldHole = z.strictObject({ $held: source, prefix: z.string().max(16).optional() });
/**
 * Stands for what the site's own script has stored for its origin, as it is at that moment. Where nothing is stored, the request
 * goes without the header.
 */
const storedHole = z.strictObject({
  $stored: z.strictObject({
    area: z.enum(["local", "session"]),
    key: z.string().min(1).max(128),
    at: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(8)
      .optional()
      .describe("The keys that lead to the text within JSON."),
  }),
  prefix: z.string().max(16).optional(),
});
export type StoredHole = z.infer<typeof storedHole>;
const text = z.string().max(2_048);

export type BodyTemplate =
  | string
  | number
  | boolean
  | null
  | z.infer<typeof paramHole>
  | readonly BodyTemplate[]
  | { readonly [key: string]: BodyTemplate };
const literalKey = z.string().max(128).regex(/^[^$]/, "cannot begin with $");
const bodyTemplate: z.ZodType<BodyTemplate> = z.lazy(() =>
  z.union([
    text,
    z.number(),
    z.boolean(),
    z.null(),
    paramHole,
    z.array(bodyTemplate).max(64),
    z.record(literalKey, bodyTemplate),
  ]),
);
const headerName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const headerText = z
  .string()
  .max(1_024)
  .regex(/^[\x20-\x7e]*$/);
const fields = z.record(z.string().min(1).max(64), z.union([text, paramHole]));
/** Absolute, of unreserved characters and `{param}` for a whole segment; `.` and `..` are no segments. */
const path = z
  .string()
  .min(1)
  .max(512)
  .regex(/^(\/(?!\.{1,2}(\/|$))([A-Za-z0-9._~-]+|\{[a-z][A-Za-z0-9]*\}))*\/?$/);
export const originPath = z.strictObject({ origin: z.url().max(255), path: z.string().max(256).regex(/^\//) });

const common = {
  what: z
    .string()
    .min(3)
    .max(160)
    .describe("What leaves, for people: a noun such as `your bills: period and charges`."),
  on: originPath.describe("Where the page must be: its origin and the beginning of its path."),
  params: z.record(declaredLabel, readParam).optional(),
};

/** The most rows that the server may ask for. */
export const mostNewest = 10_000;
/** Which rows the server may ask for the newest of, by the places of the shape. All others stay on the device then. */
const newestRows = z.strictObject({
  rows: z.string().min(1).max(512).describe("The place of the rows: `years[].bills[]`."),
  by: z.string().min(1).max(256).describe("Within a row, a date or a time."),
});
export type NewestRows = z.infer<typeof newestRows>;

/** A request that the page makes to its own origin. Redirects are refused, and a body is read of a 2xx answer only. */
export const requestRead = z.strictObject({
  source: z.literal("request"),
  ...common,
  /** The page must have made this call itself before; without it the read is made all the same once the time is over. */
  after: z
    .strictObject({
      method: z.string().regex(/^[A-Z]{1,8}$/),
      path: z.string().max(256).regex(/^\//),
      withinMs: z.number().int().min(0).max(60_000),
    })
    .optional(),
  method: z.enum(["GET", "POST"]),
  path,
  query: fields.optional(),
  headers: z.record(headerName, z.union([headerText, paramHole, heldHole, storedHole])).optional(),
  json: bodyTemplate.optional(),
  form: fields.optional(),
  newest: newestRows.optional(),
  /** Null: of the answer only the class of its status leaves. */
  shape: shape.nullable(),
});
export type RequestRead = z.infer<typeof requestRead>;

const css = z.string().min(1).max(512);
const pageField = z.strictObject({
  css: css.optional().describe("Within the row, or within the page; the row itself where it is absent."),
  attribute: z
    .enum(["datetime", "value", "href", "content", "aria-label"])
    .optional()
    .describe("Its text where it is absent."),
  pick: z.string().min(1).max(256).optional().describe("RE2 with one group: of the text, only what the group has."),
});
/** What stands in the page's elements. Without `rows` the page is one object; with them each is one of a list. */
export const pageRead = z.strictObject({
  source: z.literal("page"),
  ...common,
  rows: z
    .strictObject({
      css,
      atLeast: z.union([z.number().int().min(0).max(1_000), paramHole]).optional(),
      most: paramHole.optional().describe("Only so many rows leave: the first on the page."),
    })
    .optional(),
  fields: z.record(declaredLabel, pageField),
  shape,
});
export type PageRead = z.infer<typeof pageRead>;

export const readDeclaration = z.discriminatedUnion("source", [requestRead, pageRead]);
export type ReadDeclaration = z.infer<typeof readDeclaration>;

/** The class of a response's status, which is all that leaves of it. */
export const statusClasses = ["ok", "absent", "refused", "too_many", "down"] as const;
export const statusClass = z.enum(statusClasses);
export type StatusClass = z.infer<typeof statusClass>;

/** 2xx and 3xx are ok; 404 and 410 absent; 429 too many; other 4xx refused; everything else down. */
export function statusClassOf(status: number): StatusClass {
  if (status >= 200 && status < 400) return "ok";
  if (status === 404 || status === 410) return "absent";
  if (status === 429) return "too_many";
  return status >= 400 && status < 500 ? "refused" : "down";
}

export const driftKinds = ["absent", "null", "boolean", "number", "text", "list", "object", "too many"] as const;
export const drift = z
  .object({
    at: z.string().max(512),
    expected: z.string().max(256),
    seen: z.enum(driftKinds),
    count: z.number().int().min(1),
  })
  .describe(
    "Where a response does not fit: the place without indexes, what was expected and seen there, and how often.",
  );
export type Drift = z.infer<typeof drift>;
export const mostDrift = 5;
