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
