import { type Leaf, leaf } from "@passage/protocol/reads/leaf";
import * as z from "zod";

/** What a schema of a read stands for, where zod itself cannot say it. A schema that was made from a marked one is not marked. */
type Mark = { readonly kind: "leaf"; readonly leaf: Leaf } | { readonly kind: "values" } | { readonly kind: "orNull" };

const marks = new WeakMap<z.ZodType, Mark>();

export function markOf(schema: z.ZodType): Mark | undefined {
  return marks.get(schema);
}

function marked<Schema extends z.ZodType>(schema: Schema, mark: Mark): Schema {
  marks.set(schema, mark);
  return schema;
}

function leafOf<Schema extends z.ZodType>(schema: Schema, given: { readonly [key: string]: unknown }): Schema {
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return marked(schema, { kind: "leaf", leaf: leaf.parse(told) });
}

type DateOptions = { readonly order?: "mdy" | "dmy" };

/** `2026-11-04`, also from `2026-11-04T…`, `11/4/2026` and `Nov 4, 2026`. */
export const date = ({ order }: DateOptions = {}) => leafOf(z.string(), { leaf: "date", order });
/** Two dates: from `10/05/2026 - 11/04/2026`. */
export const dates = ({ order }: DateOptions = {}) =>
  leafOf(z.tuple([z.string(), z.string()]), { leaf: "dates", order });
/** `2026-11-04T17:30:00Z`, from any ISO 8601 time with a zone. */
export const time = () => leafOf(z.string(), { leaf: "time" });
/** `1042.17`, from `$1,042.17`, `($5.00)` or 85.5; not from a whole number, which may be cents. Other places: 0 (JPY) or 3 (KWD). */
export const money = (places?: 0 | 3) => leafOf(z.string(), { leaf: "money", places });
/** A number with two places at most, whose unit the provider decides. */
export const decimal = () => leafOf(z.number(), { leaf: "decimal" });
export const integer = (min?: number, max?: number) => leafOf(z.number(), { leaf: "integer", min, max });
export const boolean = () => leafOf(z.boolean(), { leaf: "boolean" });
/** Four digits of a card. */
export const last4 = () => leafOf(z.string(), { leaf: "last4" });
/** `08/29`, also from `08/2029` and `2029-08`. */
export const expiry = () => leafOf(z.string(), { leaf: "expiry" });
/** ISO 4217. */
export const currency = () => leafOf(z.string(), { leaf: "currency" });
/** ISO 3166-1, two letters. */
export const country = () => leafOf(z.string(), { leaf: "country" });
export const postcode = () => leafOf(z.string(), { leaf: "postcode" });
/** An identifier of the site. `digits`: it may be four to eight digits alone, as a one-time code is. */
export const id = (max = 64, { digits }: { readonly digits?: true } = {}) =>
  leafOf(z.string(), { leaf: "id", max, digits });
/** Origin and path of an address at one of these origins. */
export const url = (...of: [string, ...string[]]) => leafOf(z.string(), { leaf: "url", of });
/** Free text: cleaned, cut at `max` characters, never a drift. `digits`: six digits in a row are not a code here. */
export const text = (max: number, { digits }: { readonly digits?: true } = {}) =>
  leafOf(z.string(), { leaf: "text", max, digits });
/** Free text, null where there is none of it: null or empty. */
export const textOrNull = (max: number, { digits }: { readonly digits?: true } = {}) =>
  leafOf(z.union([z.string(), z.null()]), { leaf: "text", max, digits, blank: null });
/**
 * A code for the account, of the id that the site has for it: the same in all sessions of an organization, another one for
 * another organization. The id stays on the device. Take one that never changes and is hard to guess, no phone number or e-mail.
 */
export const accountId = () => leafOf(z.string(), { leaf: "accountId" });
/** A name for a text that stays on the device: `h1`. The same text has the same name in all reads of an operation. */
export const handle = () => leafOf(z.string(), { leaf: "handle" });
/** Stays on the device, where a later header or parameter may take it. */
export const held = () => leafOf(z.literal(true), { leaf: "held" });
/** Whether the site's value is an argument of the operation: `same("cardNumber.last4", "last4")`. */
export const same = (argument: string, as: "text" | "id" | "last4" | "expiry" | "postcode" | "date") =>
  leafOf(z.boolean(), { leaf: "same", argument, as });

/** A list of at most `max`. */
export const list = <Item extends z.ZodType>(item: Item, max: number) => z.array(item).max(max);
/** The values of an object whose keys are data, at most `max`. The keys stay on the device. */
export const valuesOf = <Item extends z.ZodType>(item: Item, max: number) =>
  marked(z.array(item).max(max), { kind: "values" });
/** Decoration: null where the site's value does not fit, or is not there. */
export const orNull = <Inner extends z.ZodType>(inner: Inner) => marked(z.nullable(inner), { kind: "orNull" });
/** What stands at one key of an object, by which it comes: `within("data", …)`. */
export const within = <Key extends string, Inner extends z.ZodType>(key: Key, inner: Inner) =>
  z.object({ [key]: inner } as Record<Key, Inner>);
