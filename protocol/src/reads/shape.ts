import * as z from "zod";
import { fitsLeaf, jsonKind, type Leaf, leaf } from "./leaf.ts";

/**
 * What leaves the device of a JSON value: a small subset of JSON Schema that ends in leaves. Keys that a shape does not name
 * stay on the device; what does not fit is drift.
 */
export type Shape =
  | Leaf
  | EnumShape
  | ObjectShape
  | ValuesShape
  | ListShape
  | EitherShape
  | CasesShape
  | DecorationShape;

/** One of these texts. */
export interface EnumShape {
  readonly enum: readonly string[];
}
export interface ObjectShape {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}
/** The values of an object whose keys are data: they leave as a list, the keys stay. */
export interface ValuesShape {
  readonly type: "object";
  readonly additionalProperties: Shape;
  readonly maxProperties: number;
}
export interface ListShape {
  readonly type: "array";
  readonly items: Shape;
  readonly maxItems: number;
}
/** The first that fits. No two of them are written as the same kind of JSON. */
export interface EitherShape {
  readonly anyOf: readonly (Shape | NullShape)[];
}
export interface NullShape {
  readonly type: "null";
}
/** Objects that are told apart by one required key with a text of its own in each. */
export interface CasesShape {
  readonly oneOf: readonly ObjectShape[];
}
/** Decoration: what does not fit is null, and the drift is reported beside the data. */
export interface DecorationShape {
  readonly orNull: Shape;
}

const deepest = 24;
const mostItems = 10_000;
const key = z.string().min(1).max(128);
const count = z.number().int().min(1).max(mostItems);
const words = z.array(z.string().min(1).max(64)).min(1).max(64);
/** A shape within a shape: `shapeFault` goes into it, and says where a fault is. */
export const innerShape = z.unknown();
const nullShape = z.strictObject({ type: z.literal("null") });
/** What a shape can be besides a leaf, by the keyword that tells. */
export const shapeForms = {
  enum: z.strictObject({ enum: words }).describe("One of these texts."),
  properties: z.strictObject({
    type: z.literal("object"),
    properties: z.record(key, innerShape),
    required: z.array(key),
  }),
  additionalProperties: z
    .strictObject({ type: z.literal("object"), additionalProperties: innerShape, maxProperties: count })
    .describe("The values of an object whose keys are data, as a list."),
  items: z.strictObject({ type: z.literal("array"), items: innerShape, maxItems: count }),
  anyOf: z
    .strictObject({
      anyOf: z
        .array(z.union([innerShape, nullShape]))
        .min(2)
        .max(6),
    })
    .describe("The first that fits; each is written as another kind of JSON."),
  oneOf: z
    .strictObject({ oneOf: z.array(innerShape).min(2).max(16) })
    .describe("Objects that one required key with a text of its own tells apart."),
  orNull: z
    .strictObject({ orNull: innerShape })
    .describe("Decoration: null where it does not fit, and `drift` says so."),
};
const forms = { ...shapeForms, leaf };

/** A shape of a manifest. One with a keyword that is not known here is no shape: it is never passed over. */
export const shape = z.custom<Shape>().superRefine((value, context) => {
  const fault = shapeFault(value, "", 0);
  if (fault !== null) context.addIssue({ code: "custom", message: fault });
});

/** What is wrong with the shape and where, or null. */
export function shapeFault(value: unknown, at: string, depth: number): string | null {
  const where = at === "" ? "the shape" : at;
  if (depth > deepest) return `${where}: is deeper than ${deepest} levels`;
  if (!isObject(value)) return `${where}: is no object`;
  const form = (Object.keys(forms) as (keyof typeof forms)[]).find((name) => Object.hasOwn(value, name));
  if (!form) return `${where}: has none of ${Object.keys(forms).join(", ")}`;
  const parsed = forms[form].safeParse(value);
  if (!parsed.success)
    return `${where}: ${parsed.error.issues.map((one) => [one.path.join("."), one.message].filter(Boolean).join(" ")).join("; ")}`;
  const one = value as unknown as Shape;
  const deeper = (inner: unknown, step: string) => shapeFault(inner, at + step, depth + 1);
  if ("leaf" in one || "enum" in one) return null;
  if ("orNull" in one) return deeper(one.orNull, "?");
  if ("items" in one) return deeper(one.items, "[]");
  if ("additionalProperties" in one) return deeper(one.additionalProperties, ".*");
  if ("properties" in one) return objectFault(one, where, deeper);
  if ("anyOf" in one) return eitherFault(one, where, deeper);
  return (
    firstFault(one.oneOf, (inner) => deeper(inner, "")) ??
    (caseKey(one) === null ? `${where}: no required key has a text of its own in each case` : null)
  );
}

type Deeper = (inner: unknown, step: string) => string | null;

function objectFault({ properties, required }: ObjectShape, where: string, deeper: Deeper): string | null {
  const unknown = required.find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) return `${where}: requires ${unknown}, which is none of its properties`;
  if (Object.hasOwn(properties, "__proto__")) return `${where}: a property cannot be __proto__`;
  return firstFault(Object.entries(properties), ([name, inner]) => deeper(inner, `.${name}`));
}

function eitherFault({ anyOf }: EitherShape, where: string, deeper: Deeper): string | null {
  const others = anyOf.filter((one) => !isNullShape(one));
  const fault = firstFault(others, (inner) => deeper(inner, ""));
  if (fault !== null) return fault;
  const kinds = others.flatMap((one) => kindsOf(one as Shape));
  const told = others.length < anyOf.length ? [...kinds, "null"] : kinds;
  if (others.length === 0 || anyOf.length - others.length > 1 || new Set(told).size < told.length)
    return `${where}: its members are not written as different kinds of JSON (${told.join(", ")})`;
  return null;
}

/** The kinds of JSON that a shape is written as. */
function kindsOf(shape: Shape): string[] {
  if ("leaf" in shape) return shape.leaf === "text" && shape.blank === null ? ["text", "null"] : [jsonKind(shape)];
  if ("enum" in shape) return ["text"];
  if ("orNull" in shape) return [...kindsOf(shape.orNull), "null"];
  if ("anyOf" in shape) return shape.anyOf.flatMap((one) => (isNullShape(one) ? ["null"] : kindsOf(one)));
  return "items" in shape || "additionalProperties" in shape ? ["list"] : ["object"];
}

function firstFault<Item>(items: readonly Item[], faultOf: (item: Item) => string | null): string | null {
  for (const item of items) {
    const fault = faultOf(item);
    if (fault !== null) return fault;
  }
  return null;
}

/** The key that tells the cases apart: required in each, with one text, and no two the same. */
export function caseKey({ oneOf }: CasesShape): string | null {
  const texts = (name: string) =>
    oneOf.map(({ properties, required }) => {
      const told = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return told && "enum" in told && told.enum.length === 1 && required.includes(name) ? told.enum[0] : undefined;
    });
  const isTelling = (all: readonly unknown[]) => !all.includes(undefined) && new Set(all).size === all.length;
  return Object.keys(oneOf[0]?.properties ?? {}).find((name) => isTelling(texts(name))) ?? null;
}

export function isNullShape(shape: Shape | NullShape): shape is NullShape {
  return "type" in shape && shape.type === "null";
}

/** Whether the value is one that a device can have answered for this shape: each leaf as it is written, and no other key. */
export function fitsShape(shape: Shape | NullShape, value: unknown): boolean {
  if (isNullShape(shape)) return value === null;
  if ("leaf" in shape) return fitsLeaf(shape, value);
  if ("enum" in shape) return typeof value === "string" && shape.enum.includes(value);
  if ("orNull" in shape) return value === null || fitsShape(shape.orNull, value);
  if ("anyOf" in shape) return shape.anyOf.some((one) => fitsShape(one, value));
  if ("oneOf" in shape) return shape.oneOf.some((one) => fitsShape(one, value));
  if ("items" in shape) return fitsList(shape.items, shape.maxItems, value);
  if ("additionalProperties" in shape) return fitsList(shape.additionalProperties, shape.maxProperties, value);
  return (
    isObject(value) &&
    shape.required.every((name) => Object.hasOwn(value, name)) &&
    Object.keys(value).every((name) => {
      const inner = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
      return inner !== undefined && fitsShape(inner, value[name]);
    })
  );
}

function fitsList(items: Shape, max: number, value: unknown): boolean {
  return Array.isArray(value) && value.length <= max && value.every((one) => fitsShape(items, one));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
