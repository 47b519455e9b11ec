import { expect, test } from "vitest";
import * as z from "zod";
import { declarationOf, type JsonSchema, typeOf } from "./typescript-of.ts";

const of = (schema: z.ZodType, io: "input" | "output" = "output") =>
  z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;

test("an object becomes an interface with its descriptions and defaults", () => {
  const query = z
    .object({
      limit: z.number().default(20).describe("Items per page."),
      since: z.number().default(86_400),
      after: z.string().nullable().optional().describe("An event's id."),
      payload: z.unknown().optional(),
      "x-kind": z.literal("a"),
    })
    .describe("What to list.");
  expect(declarationOf("ListQuery", of(query, "input"))).toBe(`/** What to list. */
export interface ListQuery {
/** Items per page. Default 20. */
limit?: number | undefined;
/** Default 86,400. */
since?: number | undefined;
/** An event's id. */
after?: string | null | undefined;
payload?: unknown;
"x-kind": "a";
}
`);
});

test.each<[string, z.ZodType, string]>([
  ["a list of alternatives", z.array(z.enum(["a", "b"])), '("a" | "b")[]'],
  ["a list of objects", z.array(z.object({ id: z.string() })), "{ id: string; }[]"],
  ["what may be null", z.object({ id: z.string().nullable() }).nullable(), "{ id: string | null; } | null"],
  [
    "alternatives within alternatives",
    z.union([z.union([z.string(), z.boolean()]), z.null()]),
    "string | boolean | null",
  ],
  ["a record", z.record(z.string(), z.number()), "Record<string, number>"],
  ["a result without fields", z.object({}), "Record<string, never>"],
])("%s", (_, schema, expected) => {
  expect(typeOf(of(schema))).toBe(expected);
});

test("the description of a nullable field's value is the field's", () => {
  const time = z.number().int().describe("Epoch milliseconds.");
  expect(typeOf(of(z.object({ endedAt: time.nullable() })))).toContain("/** Epoch milliseconds. */");
});

test("a type for constants has read-only lists and no undefined", () => {
  const leaf = z.object({ of: z.array(z.string()), order: z.enum(["mdy", "dmy"]).optional() });
  expect(typeOf(of(leaf), { ofConstants: true })).toBe('{ of: readonly string[]; order?: "mdy" | "dmy"; }');
});

test("a description cannot end its comment, and a long one is wrapped", () => {
  const text = `${"word ".repeat(40)}*/ end`;
  const lines = declarationOf("Name", of(z.string().describe(text))).split("\n");
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.every((line) => line.length <= 120)).toBe(true);
  expect(lines.filter((line) => line.includes("*/"))).toEqual([" */"]);
});

test("what has no TypeScript yet is refused", () => {
  expect(() => typeOf({ type: "date" })).toThrow("date");
});
