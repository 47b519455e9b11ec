import type { EitherShape, ObjectShape, Shape } from "@passage/protocol/reads/shape";
import { shapeFault } from "@passage/protocol/reads/shape";
import type * as z from "zod";
import { markOf } from "./leaf.ts";

/**
 * The shape of a zod schema. zod can say more than a device checks; whatever it says more is refused here, since an author
 * would rely on a check that nobody makes.
 * @throws an Error with the place, and what to write instead.
 */
export function shapeOf(schema: z.ZodType): Shape {
  const shape = compile(schema, "");
  const fault = shapeFault(shape, "", 0);
  if (fault !== null) throw new Error(`A read cannot have this shape. ${fault}.`);
  return shape;
}

function compile(schema: z.ZodType, at: string): Shape {
  const def = defOf(schema);
  const mark = markOf(schema);
  if (mark?.kind === "leaf") return mark.leaf;
  if (mark?.kind === "orNull") return { orNull: compile(def.innerType as z.ZodType, at) };
  if (def.type === "array") return listOf(def, mark?.kind === "values", at);
  if (def.checks && def.checks.length > 0)
    throw refused(at, "a check", "the device makes none: choose a leaf with a closed format");
  switch (def.type) {
    case "object":
      return objectOf(def, at);
    case "nullable":
      return either([...membersOf(compile(def.innerType as z.ZodType, at)), { type: "null" }]);
    case "union":
      return unionOf(def, at);
    case "literal":
      return texts(def.values ?? [], at);
    case "enum":
      return texts(Object.values(def.entries ?? {}), at);
    case "optional":
      throw refused(at, "optional()", "only a property of an object can be absent");
    case "string":
    case "number":
    case "boolean":
    case "tuple":
      throw refused(
        at,
        `${def.type}()`,
        "write a leaf, such as text(80), money() or integer(0, 10), and add nothing to it",
      );
    default:
      throw refused(at, `${def.type}()`, "a shape has objects, lists, leaves, literals, unions and nullable()");
  }
}

/** What is looked at of a zod schema, all of it. */
interface Definition {
  readonly type: string;
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly check: string; readonly maximum?: number } };
  }[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: unknown;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

function defOf(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

function objectOf({ shape = {}, catchall }: Definition, at: string): ObjectShape {
  if (catchall !== undefined)
    throw refused(at, "a strict or loose object", "keys that are not named stay on the device: write z.object()");
  const entries = Object.entries(shape).map(([name, inner]) => {
    const def = defOf(inner);
    const isOptional = def.type === "optional" && markOf(inner) === undefined;
    const present = isOptional ? (def.innerType as z.ZodType) : inner;
    return { name, isOptional, shape: compile(present, `${at}.${name}`) };
  });
  return {
    type: "object",
    properties: Object.fromEntries(entries.map((one) => [one.name, one.shape])),
    required: entries.flatMap(({ name, isOptional }) => (isOptional ? [] : [name])),
  };
}

function listOf({ element, checks = [] }: Definition, isMap: boolean, at: string): Shape {
  const [limit, ...others] = checks.map((check) => check._zod.def);
  if (limit?.check !== "max_length" || limit.maximum === undefined || others.length > 0)
    throw refused(at, "a list without a maximum, or with another check", "write list(item, max)");
  const items = compile(element as z.ZodType, `${at}${isMap ? ".*" : "[]"}`);
  return isMap
    ? { type: "object", additionalProperties: items, maxProperties: limit.maximum }
    : { type: "array", items, maxItems: limit.maximum };
}

function unionOf({ options = [] }: Definition, at: string): Shape {
  const members = options.map((one) => (defOf(one).type === "null" ? ({ type: "null" } as const) : compile(one, at)));
  const objects = members.filter((one) => "properties" in one) as ObjectShape[];
  if (objects.length < 2)
    return either(members.flatMap((one) => ("type" in one && one.type === "null" ? [one] : membersOf(one as Shape))));
  if (objects.length < members.length)
    throw refused(at, "a union of objects and others", "make the objects a union of their own");
  return { oneOf: objects };
}

function membersOf(shape: Shape): EitherShape["anyOf"] {
  return "anyOf" in shape ? shape.anyOf : [shape];
}

function either(anyOf: EitherShape["anyOf"]): Shape {
  return { anyOf };
}

function texts(values: readonly unknown[], at: string): Shape {
  if (!values.every((value) => typeof value === "string"))
    throw refused(at, "a literal that is no text", "write integer(1, 1) or boolean()");
  return { enum: values };
}

function refused(at: string, what: string, instead: string): Error {
  return new Error(`${at === "" ? "The read" : at} has ${what}, which its shape cannot carry: ${instead}.`);
}
