import { providers } from "@passage/providers/catalog";
import type { Operation } from "@passage/providers/define";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import * as z from "zod";
import { writeReference } from "./reference.ts";

/** Writes the SDK's types of each provider's operations from their schemas; with --check, fails where they have drifted. */
const path = "connect/src/resources/catalog.generated.ts";

const catalog = object(
  Object.fromEntries(providers.map(({ id, operations }) => [id, object(Object.fromEntries(operations.map(entryOf)))])),
);
const text = await compile(catalog, "Catalog", {
  additionalProperties: false,
  bannerComment: `/** Generated from the schemas in \`providers/\` by "npm run schema". */`,
  style: { printWidth: 120 },
});

writeReference(path, text, "the catalog of providers");

function entryOf(operation: Operation): [name: string, schema: JSONSchema] {
  const { resource, action, description, arguments: given, result } = operation;
  const types = object({
    arguments: given ? typed(z.toJSONSchema(given, { io: "input" })) : { tsType: "undefined" },
    result: typed(z.toJSONSchema(result)),
  });
  return [`${resource}:${action}`, { ...types, description }];
}

/** A reference is a value that may be any JSON: zod repeats nothing else by reference. */
function typed(schema: object): JSONSchema {
  const { $defs, $schema, ...kept } = JSON.parse(JSON.stringify(schema), (_, value) =>
    value?.$ref ? { tsType: "unknown" } : value,
  );
  return kept;
}

function object(properties: Record<string, JSONSchema>): JSONSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
