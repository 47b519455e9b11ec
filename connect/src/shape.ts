/**
 * What a value is read as. The device parses it and writes it anew: a date as `2026-11-29`, a time as `2026-11-29T12:00:00Z`, money
 * as `"85.00"`, an expiry as `12/29`. A value that is none of it does not fit.
 */
export type Leaf =
  | { leaf: "date" | "dates"; order?: "mdy" | "dmy" }
  | { leaf: "money"; places?: 0 | 2 | 3 }
  | { leaf: "integer"; min?: number; max?: number }
  | { leaf: "time" | "decimal" | "boolean" | "last4" | "expiry" | "currency" | "country" | "postcode" }
  | { leaf: "id"; max: number; digits?: true }
  /** An https address of one of these origins. */
  | { leaf: "url"; of: readonly string[] }
  /** Cut to `max` characters (at most 500) and cleaned. `digits: true` keeps long rows of digits. */
  | { leaf: "text"; max: number; digits?: true; blank?: null };

/**
 * What leaves the device of a JSON value: a small subset of JSON Schema that ends in leaves. Keys that it does not name stay on the
 * device. An unknown keyword is refused with `invalid_params`.
 */
export type Shape =
  | Leaf
  /** One of these texts. */
  | { enum: readonly string[] }
  | { type: "object"; properties: { readonly [key: string]: Shape }; required: readonly string[] }
  /** The values of an object whose keys are data, as a list. */
  | { type: "object"; additionalProperties: Shape; maxProperties: number }
  | { type: "array"; items: Shape; maxItems: number }
  /** The first that fits; each is written as another kind of JSON. */
  | { anyOf: readonly (Shape | { type: "null" })[] }
  /** Objects that one required key with a text of its own tells apart. */
  | { oneOf: readonly Shape[] }
  /** Decoration: null where it does not fit, and `drift` says so. */
  | { orNull: Shape };

/** What a shape's value is in TypeScript. */
export type ShapeValue<S> = S extends { leaf: "integer" | "decimal" }
  ? number
  : S extends { leaf: "boolean" }
    ? boolean
    : S extends { leaf: "dates" }
      ? [from: string, to: string]
      : S extends { leaf: "text"; blank: null }
        ? string | null
        : S extends { leaf: string }
          ? string
          : S extends { enum: readonly (infer Word)[] }
            ? Word
            : S extends { type: "null" }
              ? null
              : S extends { properties: infer Properties; required: readonly (infer Required)[] }
                ? {
                    -readonly [Key in keyof Properties as Key extends Required ? Key : never]: ShapeValue<
                      Properties[Key]
                    >;
                  } & {
                    -readonly [Key in keyof Properties as Key extends Required ? never : Key]?: ShapeValue<
                      Properties[Key]
                    >;
                  }
                : S extends { additionalProperties: infer Item }
                  ? ShapeValue<Item>[]
                  : S extends { items: infer Item }
                    ? ShapeValue<Item>[]
                    : S extends { anyOf: readonly (infer Member)[] }
                      ? ShapeValue<Member>
                      : S extends { oneOf: readonly (infer Case)[] }
                        ? ShapeValue<Case>
                        : S extends { orNull: infer Inner }
                          ? ShapeValue<Inner> | null
                          : never;

/** Where a response does not fit: the place without indexes, what was expected and seen there, and how often. */
export interface Drift {
  at: string;
  expected: string;
  seen: "absent" | "null" | "boolean" | "number" | "text" | "list" | "object" | "too many";
  count: number;
}
