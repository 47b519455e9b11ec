import * as z from "zod";
import { isSessionLeaf } from "./leaf.ts";
import { leafPlaces } from "./place.ts";
import { type Shape, shapeFault } from "./shape.ts";

/** A shape as a developer's own session may ask for it: any but one with a leaf that needs an operation's manifest. */
export const freeShape = z
  .custom<Shape>()
  .superRefine((value, context) => {
    const message = shapeFault(value, "", 0) ?? operationLeaf(value);
    if (message !== null) context.addIssue({ code: "custom", message });
  })
  .describe(
    "What leaves the device of a JSON value: a small subset of JSON Schema that ends in leaves. Keys that it does not name stay on the device. An unknown keyword is refused with `invalid_params`.",
  );

function operationLeaf(shape: Shape): string | null {
  for (const [at, leaves] of leafPlaces(shape)) {
    const found = leaves.find(isSessionLeaf);
    if (found) return `${at || "the shape"}: the leaf ${found.leaf} is for the operations of a provider`;
  }
  return null;
}
