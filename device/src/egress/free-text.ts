import type { Leaf } from "@passage/protocol/reads/leaf";
import { isNullShape, type NullShape, type Shape } from "@passage/protocol/reads/shape";

/** Leaves in which the site's own spelling can stand. All others are of a closed format. */
const free: ReadonlySet<Leaf["leaf"]> = new Set<Leaf["leaf"]>(["text", "id", "url", "postcode"]);

/** Of what a read's shape has written only the leaves that can hold any text, as a list. */
export function freeText(shape: Shape, written: unknown): unknown[] {
  const found: unknown[] = [];
  walk([shape], written, found);
  return found;
}

/** @param shapes one of which the value was written by. */
function walk(shapes: readonly (Shape | NullShape)[], value: unknown, found: unknown[]): void {
  const each = shapes.flatMap(alternatives);
  if (typeof value !== "object" || value === null) {
    if (each.some((shape) => "leaf" in shape && free.has(shape.leaf))) found.push(value);
  } else if (Array.isArray(value)) {
    const items = each.flatMap((shape) =>
      "items" in shape ? [shape.items] : "additionalProperties" in shape ? [shape.additionalProperties] : [],
    );
    for (const one of value) walk(items, one, found);
  } else
    for (const [key, one] of Object.entries(value)) {
      const properties = each.flatMap((shape) => ("properties" in shape ? [shape.properties[key]] : []));
      walk(
        properties.filter((shape) => shape !== undefined),
        one,
        found,
      );
    }
}

function alternatives(shape: Shape | NullShape): (Shape | NullShape)[] {
  if (isNullShape(shape)) return [];
  if ("orNull" in shape) return alternatives(shape.orNull);
  if ("anyOf" in shape) return shape.anyOf.flatMap(alternatives);
  return "oneOf" in shape ? [...shape.oneOf] : [shape];
}
