import type { Leaf } from "@passage/protocol/reads/leaf";

/** The site's value where a leaf or a word of a list was looked for, or a part was picked: whole, before anything was made of it. */
export interface LookedUpValue {
  readonly as: Leaf["leaf"] | "enum" | "pick";
  readonly value: string | number;
}

/** What a projection looked at. Its outcome depends on these values whether it wrote them or not. */
export class LookedUp {
  readonly values: LookedUpValue[] = [];
  /** The keys of the objects in which names were looked for. */
  readonly keys = new Set<string>();

  /** Of a list its texts; of what can be in no leaf only its kind is told. */
  add(as: LookedUpValue["as"], value: unknown): void {
    for (const one of Array.isArray(value) ? value : [value])
      if (typeof one === "string" || typeof one === "number") this.values.push({ as, value: one });
  }
}
