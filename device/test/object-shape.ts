import type { ObjectShape, Shape } from "@passage/protocol/reads/shape";

/** A JSON object with these properties; all are required unless said otherwise. */
export function objectOf(properties: Record<string, Shape>, required = Object.keys(properties)): ObjectShape {
  return { type: "object", properties, required };
}
