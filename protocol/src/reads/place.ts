import { isSessionLeaf, type Leaf } from "./leaf.ts";
import { isNullShape, type NullShape, type Shape } from "./shape.ts";

/**
 * The places of a shape's leaves, without indexes: `bills[].statementId`, `ordersMap.*.uuid`. A later read names a place to
 * say which of the values seen there it may ask with.
 */
export function leafPlaces(shape: Shape): ReadonlyMap<string, readonly Leaf[]> {
  const places = new Map<string, Leaf[]>();
  const walk = (shape: Shape | NullShape, at: string): void => {
    if (isNullShape(shape) || "enum" in shape) return;
    if ("leaf" in shape) places.set(at, [...(places.get(at) ?? []), shape]);
    else if ("orNull" in shape) walk(shape.orNull, at);
    else if ("items" in shape) walk(shape.items, `${at}[]`);
    else if ("additionalProperties" in shape) walk(shape.additionalProperties, joinPlace(at, "*"));
    else if ("anyOf" in shape) for (const one of shape.anyOf) walk(one, at);
    else if ("oneOf" in shape) for (const one of shape.oneOf) walk(one, at);
    else for (const [name, inner] of Object.entries(shape.properties)) walk(inner, joinPlace(at, name));
  };
  walk(shape, "");
  return places;
}

export function joinPlace(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

/** Whether a value that was read at the place may be asked with again: it has left the device, or is held there. */
export function canBeAskedWith(leaves: readonly Leaf[] | undefined, as: "seen" | "held"): boolean {
  if (!leaves) return false;
  return leaves.some((leaf) => (as === "held" ? leaf.leaf === "held" : !isSessionLeaf(leaf) && leaf.leaf !== "dates"));
}
