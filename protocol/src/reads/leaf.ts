import * as z from "zod";
import { writeDate, writeDates, writeTime } from "./leaves/dates.ts";
import { writeCountry, writeCurrency } from "./leaves/iso-codes.ts";
import { writeDecimal, writeInteger, writeMoney } from "./leaves/numbers.ts";
import { writeExpiry, writeId, writeLast4, writePostcode, writeText, writeUrl } from "./leaves/texts.ts";

/**
 * The version of the leaves and of the shape's keywords. It grows when a leaf takes or writes anything else than before; a
 * device refuses a manifest of a version that it does not know.
 */
export const leafVersion = 2;

const order = z.enum(["mdy", "dmy"]).optional();
const digits = z.literal(true).optional();
const max = (most: number) => z.number().int().min(1).max(most);
const whole = z.number().int().min(-1e9).max(1e9).optional();

/** An argument of the operation by its path, or the last four characters of one: `cardNumber.last4`. */
export const argumentPath = z.string().regex(/^[a-zA-Z]\w{0,39}(\.[a-zA-Z]\w{0,39}){0,2}$/);

/** Leaves that follow from the value alone. */
export const plainLeaf = z
  .discriminatedUnion("leaf", [
    z.strictObject({ leaf: z.literal("date"), order }),
    z.strictObject({ leaf: z.literal("dates"), order }),
    z.strictObject({ leaf: z.literal("time") }),
    z.strictObject({ leaf: z.literal("money"), places: z.literal([0, 2, 3]).optional() }),
    z.strictObject({ leaf: z.literal("decimal") }),
    z.strictObject({ leaf: z.literal("integer"), min: whole, max: whole }),
    z.strictObject({ leaf: z.literal("boolean") }),
    z.strictObject({ leaf: z.literal("last4") }),
    z.strictObject({ leaf: z.literal("expiry") }),
    z.strictObject({ leaf: z.literal("currency") }),
    z.strictObject({ leaf: z.literal("country") }),
    z.strictObject({ leaf: z.literal("postcode") }),
    z.strictObject({ leaf: z.literal("id"), max: max(64), digits }),
    z
      .strictObject({ leaf: z.literal("url"), of: z.array(z.url().max(255)).min(1).max(8) })
      .describe("An https address of one of these origins."),
    z
      .strictObject({ leaf: z.literal("text"), max: max(500), digits, blank: z.null().optional() })
      .describe("Cut to `max` characters (at most 500) and cleaned. `digits: true` keeps long rows of digits."),
  ])
  .describe(
    'What a value is read as. The device parses it and writes it anew: a date as `2026-11-29`, a time as `2026-11-29T12:00:00Z`, money as `"85.00"`, an expiry as `12/29`. A value that is none of it does not fit.',
  );
export type PlainLeaf = z.infer<typeof plainLeaf>;

/** What needs the session besides the value: a store on the device, the organization's salt, or the operation's arguments. */
const sessionLeaf = z.discriminatedUnion("leaf", [
  z.strictObject({ leaf: z.literal("accountId") }),
  z.strictObject({ leaf: z.literal("handle") }),
  z.strictObject({ leaf: z.literal("held") }),
  z.strictObject({
    leaf: z.literal("same"),
    argument: argumentPath,
    as: z.enum(["text", "id", "last4", "expiry", "postcode", "date"]),
  }),
]);
export type SessionLeaf = z.infer<typeof sessionLeaf>;

/** What a shape ends in. Each leaf is parsed and written anew by the device, so that the site's spelling carries nothing. */
export const leaf = z.discriminatedUnion("leaf", [...plainLeaf.options, ...sessionLeaf.options]);
export type Leaf = z.infer<typeof leaf>;
export type Written = string | number | boolean | null | readonly [string, string];

/** The value as it leaves the device. Undefined: it is none of this leaf. */
export function writeLeaf(leaf: PlainLeaf, value: unknown): Written | undefined {
  switch (leaf.leaf) {
    case "date":
      return writeDate(value, leaf.order);
    case "dates":
      return writeDates(value, leaf.order);
    case "time":
      return writeTime(value);
    case "money":
      return writeMoney(value, leaf.places);
    case "decimal":
      return writeDecimal(value);
    case "integer":
      return writeInteger(value, leaf.min, leaf.max);
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "last4":
      return writeLast4(value);
    case "expiry":
      return writeExpiry(value);
    case "currency":
      return writeCurrency(value);
    case "country":
      return writeCountry(value);
    case "postcode":
      return writePostcode(value);
    case "id":
      return writeId(value, leaf.max, leaf.digits);
    case "url":
      return writeUrl(value, leaf.of);
    case "text": {
      if (value === null && leaf.blank === null) return null;
      const text = writeText(value, leaf.max, leaf.digits);
      return text === "" && leaf.blank === null ? null : text;
    }
  }
}

const sessionLeaves: ReadonlySet<Leaf["leaf"]> = new Set(["accountId", "handle", "held", "same"]);

export function isSessionLeaf(leaf: Leaf): leaf is SessionLeaf {
  return sessionLeaves.has(leaf.leaf);
}

/** A handle stands for one text, whichever read of an operation has it. */
export const handleForm = /^h[1-9]\d{0,3}$/;

/** A code that the device makes of a site's id for an account, by the organization's salt. */
export const accountIdForm = /^acct_[0-9a-z]{25}$/;

/** Whether the value is one that the device can have written for this leaf. */
export function fitsLeaf(leaf: Leaf, value: unknown): boolean {
  if (leaf.leaf === "accountId") return typeof value === "string" && accountIdForm.test(value);
  if (leaf.leaf === "handle") return typeof value === "string" && handleForm.test(value);
  if (leaf.leaf === "held") return value === true;
  if (leaf.leaf === "same") return typeof value === "boolean";
  if (value === null) return leaf.leaf === "text" && leaf.blank === null;
  const written = writeLeaf(leaf, value);
  if (Array.isArray(written))
    return Array.isArray(value) && value.length === 2 && written.every((one, index) => one === value[index]);
  return written !== undefined && Object.is(written, value);
}

/** How a leaf stands in JSON: by this a union can be told apart. */
export function jsonKind({ leaf }: Leaf): "text" | "number" | "boolean" | "list" {
  if (leaf === "dates") return "list";
  if (leaf === "decimal" || leaf === "integer") return "number";
  return leaf === "boolean" || leaf === "same" || leaf === "held" ? "boolean" : "text";
}
