import { expect, test } from "vitest";
import { leafPlaces } from "./place.ts";
import { fitsShape, type Shape, shape } from "./shape.ts";

const text = { leaf: "text", max: 20 };
const object = (properties: object, required = Object.keys(properties)) => ({ type: "object", properties, required });

test.each<[string, unknown, string | RegExp]>([
  ["no object", null, "the shape: is no object"],
  ["a list", [text], "the shape: is no object"],
  ["free text", { type: "string" }, /^the shape: has none of enum, properties/],
  ["free JSON", {}, /^the shape: has none of/],
  ["a list without a maximum", { type: "array", items: text }, /maxItems/],
  ["a list of too many", { type: "array", items: text, maxItems: 10_001 }, /maxItems/],
  ["a map without a maximum", { type: "object", additionalProperties: text }, /maxProperties/],
  [
    "an unknown keyword",
    { ...object({ a: text }), additionalProperties: false },
    /Unrecognized key: "additionalProperties"/,
  ],
  ["a pattern", { ...text, pattern: "a" }, /Unrecognized key: "pattern"/],
  [
    "an unknown keyword within",
    object({ a: { type: "array", items: { ...text, minLength: 1 }, maxItems: 3 } }),
    /^\.a\[\]: .*minLength/,
  ],
  ["a required key that is none", object({ a: text }, ["b"]), "the shape: requires b, which is none of its properties"],
  ["__proto__", JSON.parse('{"type":"object","properties":{"__proto__":{"leaf":"date"}},"required":[]}'), /__proto__/],
  [
    "two texts",
    { anyOf: [text, { leaf: "date" }] },
    "the shape: its members are not written as different kinds of JSON (text, text)",
  ],
  ["two nulls", { anyOf: [{ leaf: "integer" }, { type: "null" }, { type: "null" }] }, /different kinds/],
  ["null twice over", { anyOf: [{ orNull: { leaf: "integer" } }, { type: "null" }] }, /number, null, null/],
  ["only null", { anyOf: [{ type: "null" }, { type: "null" }] }, /different kinds/],
  ["two objects", { anyOf: [object({ a: text }), object({ b: text })] }, /object, object/],
  ["cases without a telling key", { oneOf: [object({ a: text }), object({ a: text })] }, /no required key/],
  [
    "cases of the same text",
    { oneOf: [object({ a: { enum: ["x"] } }), object({ a: { enum: ["x"] } })] },
    /no required key/,
  ],
  [
    "an optional telling key",
    { oneOf: [object({ a: { enum: ["x"] } }, []), object({ a: { enum: ["y"] } })] },
    /no required key/,
  ],
  [
    "a shape without an end",
    Array(28)
      .fill(0)
      .reduce((inner) => ({ type: "array", items: inner, maxItems: 1 }), text),
    /deeper than 24/,
  ],
])("%s is no shape", (_, value, fault) => {
  const { error } = shape.safeParse(value);
  expect(error?.issues[0]?.message).toMatch(fault);
});

const order = object({
  id: { leaf: "id", max: 64 },
  total: { anyOf: [{ leaf: "money" }, { leaf: "integer" }, { type: "null" }] },
  items: { type: "array", items: object({ title: text }), maxItems: 2 },
  by: { type: "object", additionalProperties: { leaf: "boolean" }, maxProperties: 2 },
  state: { oneOf: [object({ kind: { enum: ["a"] } }), object({ kind: { enum: ["b"] }, at: { leaf: "time" } })] },
  note: { orNull: text },
}) as Shape;
const fitting = {
  id: "a1",
  total: "85.00",
  items: [{ title: "x" }],
  by: [true, false],
  state: { kind: "b", at: "2026-11-04T10:00:00Z" },
  note: null,
};

test("a value as the device writes it fits", () => {
  expect(shape.safeParse(order).error).toBe(undefined);
  expect(fitsShape(order, fitting)).toBe(true);
  expect([...leafPlaces(order).keys()]).toEqual(["id", "total", "items[].title", "by.*", "state.at", "note"]);
});

test.each([
  { id: "a 1" },
  { total: 85.5 },
  { total: "85" },
  { items: [{ title: " x" }] },
  { items: [{ title: "x", price: 1 }] },
  { items: [{ title: "x" }, { title: "x" }, { title: "x" }] },
  { by: { a: true } },
  { state: { kind: "a", at: "2026-11-04T10:00:00Z" } },
  { state: { kind: "b", at: "2026-11-04T10:00:00.000Z" } },
  { note: undefined },
  { more: 1 },
])("one that has %j does not", (change) => {
  expect(fitsShape(order, { ...fitting, ...change })).toBe(false);
});
