import * as z from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

const cache = new WeakMap<z.ZodType, JsonSchema>();

/**
 * The JSON Schema of an input, closed: each object takes only the fields that it names (`additionalProperties: false`), apart
 * from records and loose objects. Zod's own parsing ignores unknown fields, which the socket protocols rely on.
 */
export function closedSchema(schema: z.ZodType): JsonSchema {
  const known = cache.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: close }) as JsonSchema;
  cache.set(schema, made);
  return made;
}

/** An override of `z.toJSONSchema` that closes objects. The parts of an intersection stay open: each would refuse the others' fields. */
export function close({ jsonSchema, path }: { jsonSchema: Record<string, unknown>; path: (string | number)[] }): void {
  if (jsonSchema.properties && jsonSchema.additionalProperties === undefined && !path.includes("allOf"))
    jsonSchema.additionalProperties = false;
}

export interface UnknownField {
  readonly path: readonly (string | number)[];
  /** The names that its object takes. */
  readonly known: readonly string[];
}

/** The fields of `value` that a closed schema does not name. Wrong types are not looked at: validation reports those. */
export function unknownFields(schema: JsonSchema, value: unknown): UnknownField[] {
  return search(schema, value, [], schema);
}

function search(schema: JsonSchema, value: unknown, path: UnknownField["path"], root: JsonSchema): UnknownField[] {
  if (typeof value !== "object" || value === null) return [];
  if (typeof schema.$ref === "string") return search(resolve(schema.$ref, root), value, path, root);
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (alternatives) {
    const fitting = alternatives.filter((one) => one.type === undefined || one.type === typeOf(value));
    const found = fitting.map((one) => search(one, value, path, root));
    return found.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (Array.isArray(value)) {
    const { prefixItems = [], items } = schema as { prefixItems?: JsonSchema[]; items?: JsonSchema | boolean };
    return value.flatMap((item, index) => {
      const inner = prefixItems[index] ?? items;
      return typeof inner === "object" ? search(inner, item, [...path, index], root) : [];
    });
  }
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const { additionalProperties: others } = schema;
  return Object.entries(value).flatMap(([name, field]) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : others;
    if (inner === false) return [{ path: [...path, name], known: Object.keys(properties) }];
    return typeof inner === "object" ? search(inner as JsonSchema, field, [...path, name], root) : [];
  });
}

function typeOf(value: object): "array" | "object" {
  return Array.isArray(value) ? "array" : "object";
}

/** `#` or `#/$defs/name`: what a recursive schema refers to. */
function resolve(reference: string, root: JsonSchema): JsonSchema {
  const steps = reference.split("/").slice(1);
  return steps.reduce<JsonSchema>((schema, step) => (schema[step] ?? {}) as JsonSchema, root);
}
