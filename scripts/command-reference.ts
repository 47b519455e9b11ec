import { batch, commandGroups } from "@passage/protocol/commands";
import { commonErrors } from "@passage/protocol/commands/row";
import { errorCodes } from "@passage/protocol/errors";
import * as z from "zod";
import { writeReference } from "./reference.ts";

/** Writes `docs/commands.md` from the command table; with --check, fails where it has drifted. */
const path = "docs/commands.md";

/** The part of JSON Schema that the table's schemas come out as. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: string[];
  const?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
  description?: string;
  $ref?: string;
}

const headings = {
  navigation: "Navigation",
  actions: "Actions",
  waits: "Waits",
  reads: "Reads",
  network: "Network and extraction",
} as const satisfies Record<keyof typeof commandGroups, string>;

const text = `# Commands

What a developer's own session can have the device do: \`browser.click({ selector })\` over the Sessions API,
\`{"type":"worker.command","command":"click","params":{…}}\` on the wire. The operations of a provider have none of these but
\`updateStatus\`: they declare reads and steps ([providers.md](providers.md)). Generated from \`protocol/src/commands.ts\` by
\`npm run schema\`.

**Selectors** are Playwright's: css, \`text=\`, \`role=button[name="Pay"]\`, \`label=\`, \`data-testid=\`, \`xpath=\`, chained with \`>>\`, with
\`nth=\`, \`visible=\`, \`:has-text()\` and the like. They pierce open shadow roots. A selector must match one element: an error lists what
matched. \`frame=<selector> >> …\`, or \`… >> internal:control=enter-frame >> …\`, goes on inside a frame, of another origin too where the
device can look there.

**Actions wait** until the element can take them, as in Playwright: click, check and uncheck until it is visible, enabled, stable over
two frames, scrolled into view and not covered; hover the same but for enabled; fill and clear until it is visible, enabled and
editable; select until it is visible and enabled. Two differences from Playwright, so that \`ok\` means that the element was acted on:
press, type and focus wait until the element has the focus, and fill fails where an input of a fixed format (date, number, colour)
does not keep the value.

**An action is ok only when the element received it.** The device sees the event arrive, through frames that are scaled or scrolled
too; whatever else is in its place is kept from it and named in the error. \`force\` skips the checks and clicks the place, whatever is
there, but fails on an element without a box.

**Data is never changed on its way.** A number in JSON that a JavaScript number cannot hold exactly (an id over 2^53, a decimal with
more digits than a double has) is returned as a string with its digits as written; every other number is a number, so \`42.10\` is
42.1. This holds for \`fetchInPage\` and \`extract\`. \`captureBody\` and \`as: "text"\` return the text as it is, without its byte order
mark. Text is decoded by its byte order mark, else the charset of its Content-Type, else the charset that an HTML or XML document
names, else as UTF-8, and HTML and plain text that is not UTF-8 as windows-1252. A body that is not text, or is not in its charset, is
an error and never text with replaced characters: ask for it \`as: "base64"\`. What \`evaluate\` returns has been through the page's own
JavaScript: have an expression return a large number as text.

**An action that starts a navigation** resolves once the new document has committed, so that the next command is about the new page.
Downloads, status 204 and changes of the fragment are not waited for. A new page that does not answer before the deadline fails the
command with \`timeout\`, although the action was sent. \`navigate\` replaces a navigation that the page has started.

**Every command can also fail with** ${commonErrors.map((code) => `\`${code}\``).join(", ")}.

${Object.entries(commandGroups)
  .map(
    ([group, rows]) =>
      `## ${headings[group as keyof typeof headings]}\n\n${Object.entries(rows).map(command).join("\n")}`,
  )
  .join("\n")}
## batch

${batch.summary} \`browser.batch([{ command: "click", params: { selector } }, …])\` returns their results in order; the first failure
rejects with \`details.index\`. Each command keeps its own deadline.

${table("takes", schemaOf(batch.params, "input"))}
## Errors

| code | what it means |
|---|---|
${[...new Set([...commonErrors, ...Object.values(commandGroups).flatMap(errorsOf)])]
  .map((code) => `| \`${code}\` | ${errorCodes[code].title} |`)
  .join("\n")}
`;

writeReference(path, text, "the command table");

function errorsOf(rows: (typeof commandGroups)[keyof typeof commandGroups]): (keyof typeof errorCodes)[] {
  return Object.values(rows).flatMap(({ errors }) => errors);
}

function command([name, row]: [
  string,
  { summary: string; params: z.ZodType; result: z.ZodType; errors: readonly string[] },
]) {
  const errors = row.errors.length > 0 ? `Fails with ${row.errors.map((code) => `\`${code}\``).join(", ")}.\n` : "";
  return [`### ${name}`, row.summary, table("takes", schemaOf(row.params, "input")), answer(row.result), errors]
    .map((part) => part.trimEnd())
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

function answer(result: z.ZodType): string {
  const schema = schemaOf(result, "output");
  return Object.keys(schema.properties ?? {}).length === 0 ? "" : table("answers", schema).trimEnd();
}

/** One table, or one for each kind of a union. */
function table(title: string, schema: Schema): string {
  const kinds = schema.oneOf ?? schema.anyOf;
  if (kinds) return kinds.map((kind) => table(title, kind)).join("\n");
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const mark = schema.required?.includes(name) ? "" : "?";
    return `| \`${name}${mark}\` | ${cell(typeOf(field))} | ${cell(field.description ?? "")} |`;
  });
  return rows.length === 0 ? "" : `| ${title} | | |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function typeOf(schema: Schema): string {
  const { anyOf, oneOf, items, properties, additionalProperties } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  if (schema.$ref) return "JSON";
  const kinds = anyOf ?? oneOf;
  if (kinds) return kinds.map(typeOf).join(" or ");
  if (schema.type === "array") return items ? `list of ${typeOf(items)}` : "list";
  if (properties)
    return `{ ${Object.entries(properties)
      .map(([name, field]) => `${name}${schema.required?.includes(name) ? "" : "?"}: ${typeOf(field)}`)
      .join(", ")} }`;
  if (typeof additionalProperties === "object") return `object of ${typeOf(additionalProperties)}`;
  return [schema.type ?? "JSON"].flat().join(" or ");
}

/** In code, `<` stands for itself. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/`[^`]*`|</g, (found) => (found === "<" ? "&lt;" : found));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema;
}
