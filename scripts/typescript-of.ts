/** The part of JSON Schema that the protocol's schemas come out as. A `$ref` is a type's name. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
}

interface Printing {
  /** For types that people write as constants: lists and indexed objects are read-only, and a field is there or absent, never undefined. */
  readonly ofConstants?: boolean;
}

/** Leaves room within the formatter's line for a field that stands deep. */
const commentWidth = 104;

/** The declaration of an exported type with its description. An object becomes an interface. */
export function declarationOf(name: string, schema: JsonSchema, printing: Printing = {}): string {
  const text = typeOf(schema, printing);
  const declaration = schema.properties ? `interface ${name} ${text}` : `type ${name} = ${text};`;
  return `${commentOf(schema.description)}export ${declaration}\n`;
}

/** The type that a value of the schema has. Lines are broken and indented by a formatter. */
export function typeOf(schema: JsonSchema, printing: Printing = {}): string {
  if (schema.$ref !== undefined) return schema.$ref;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = alternativesOf(schema);
  if (alternatives) return unionOf(alternatives, printing);
  if (Array.isArray(schema.type))
    return unionOf(
      schema.type.map((type) => ({ ...schema, type })),
      printing,
    );
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return listOf(schema.items ?? {}, printing);
    case "object":
      return objectOf(schema, printing);
    case undefined:
      return "unknown";
    default:
      throw new Error(`A schema has the type ${schema.type}, which has no TypeScript here yet`);
  }
}

/** A JSDoc comment with the line break after it, or nothing. */
export function commentOf(text: string | undefined): string {
  if (!text) return "";
  const safe = text.replaceAll("*/", "*\\/");
  if (safe.length <= commentWidth) return `/** ${safe} */\n`;
  return ["/**", ...wrapped(safe, commentWidth).map((line) => ` * ${line}`), " */", ""].join("\n");
}

function unionOf(alternatives: readonly JsonSchema[], printing: Printing): string {
  const types = alternatives.map((one) => ({ comment: commentOf(one.description), type: typeOf(one, printing) }));
  const isNullable = alternatives.filter(({ type }) => type !== "null").length < 2;
  if (isNullable || types.every(({ comment }) => comment === "")) return types.map(({ type }) => type).join(" | ");
  return types.map(({ comment, type }) => `\n${comment}| ${type}`).join("");
}

/** With those of an alternative that is itself nothing but alternatives. */
function alternativesOf({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] | undefined {
  return (anyOf ?? oneOf)?.flatMap((one) => (one.description ? one : (alternativesOf(one) ?? one)));
}

function listOf(items: JsonSchema, printing: Printing): string {
  const item = typeOf(items, printing);
  const isUnion = alternativesOf(items) !== undefined || (items.enum ?? []).length > 1;
  return `${printing.ofConstants ? "readonly " : ""}${isUnion ? `(${item})` : item}[]`;
}

function objectOf(schema: JsonSchema, printing: Printing): string {
  const fields = Object.entries(schema.properties ?? {});
  const { additionalProperties: values } = schema;
  if (fields.length > 0) return block(fields.map((field) => fieldOf(field, schema, printing)));
  // What an object without fields takes may have others beside it; what it returns has none.
  if (typeof values !== "object") return `Record<${values === false ? "string" : "never"}, never>`;
  const value = typeOf(values, printing);
  // A type may only name itself in an index signature.
  return values.$ref
    ? `{ ${printing.ofConstants ? "readonly " : ""}[key: string]: ${value} }`
    : `Record<string, ${value}>`;
}

/** On one line where nothing has a comment and it fits; an interface is set by the formatter all the same. */
function block(fields: readonly string[]): string {
  const isPlain = fields.every((field) => !field.includes("\n"));
  return isPlain ? `{ ${fields.join(" ")} }` : `{\n${fields.join("\n")}\n}`;
}

function fieldOf([name, field]: [string, JsonSchema], { required }: JsonSchema, printing: Printing): string {
  const type = typeOf(field, printing);
  const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
  const comment = commentOf([textOf(field), defaultOf(field)].filter(Boolean).join(" "));
  if (required?.includes(name)) return `${comment}${key}: ${type};`;
  return `${comment}${key}?: ${type}${type === "unknown" || printing.ofConstants ? "" : " | undefined"};`;
}

/** A field that may be null says what its value is. */
function textOf({ description, anyOf }: JsonSchema): string | undefined {
  const [only, ...others] = anyOf?.filter(({ type }) => type !== "null") ?? [];
  return description ?? (others.length === 0 ? only?.description : undefined);
}

function defaultOf({ default: value }: JsonSchema): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return `Default ${value.toLocaleString("en")}.`;
  return `Default \`${typeof value === "string" ? value : JSON.stringify(value)}\`.`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
