import { canonicalJson } from "@passage/protocol/canonical-json";
import type { Leaf } from "@passage/protocol/reads/leaf";
import { fitsShape, type ObjectShape, type Shape, shape } from "@passage/protocol/reads/shape";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LeafSession, project, projectJson } from "./projection.ts";

const none: LeafSession = { accountId: () => undefined, handle: () => "h1", isSame: () => true };
const leaves: readonly Leaf[] = [
  { leaf: "date" },
  { leaf: "dates" },
  { leaf: "time" },
  { leaf: "money" },
  { leaf: "decimal" },
  { leaf: "integer", min: -5, max: 5_000 },
  { leaf: "boolean" },
  { leaf: "last4" },
  { leaf: "id", max: 20 },
  { leaf: "text", max: 12 },
  { leaf: "text", max: 12, blank: null },
];
const keys = ["a", "b", "status", "constructor", "toString", "é"];
const nullable = (one: Shape): Shape => ({ anyOf: [one, { type: "null" }] });
const { shapes } = fc.letrec<{ shapes: Shape; object: ObjectShape }>((tie) => ({
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom(...keys), tie("shapes"), { maxKeys: 4 }),
      fc.array(fc.boolean(), { minLength: 4 }),
    )
    .map(([properties, required]) => ({
      type: "object",
      properties: Object.fromEntries(Object.entries(properties)),
      required: Object.keys(properties).filter((_, index) => required[index]),
    })),
  shapes: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Shape>(...leaves, { enum: ["x", "success"] }),
    fc.constant<Shape>({ anyOf: [{ leaf: "money" }, { leaf: "integer" }] }),
    fc.constantFrom(...leaves.filter((one) => one.leaf !== "text")).map(nullable),
    tie("object"),
    tie("shapes").map((items): Shape => ({ type: "array", items, maxItems: 3 })),
    tie("shapes").map((values): Shape => ({ type: "object", additionalProperties: values, maxProperties: 3 })),
    tie("shapes").map((inner): Shape => ({ orNull: inner })),
    fc
      .tuple(tie("object"), tie("object"))
      .map(([one, other]): Shape => ({ oneOf: [tagged(one, "success"), tagged(other, "x")] })),
  ),
}));

function tagged({ properties, required }: ObjectShape, text: string): ObjectShape {
  const others = required.filter((key) => key !== "status");
  return { type: "object", properties: { ...properties, status: { enum: [text] } }, required: [...others, "status"] };
}

const wild = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("2026-11-04", "$85.00", 85.5, 12, "4242", "pm_1", "2026-11-04T10:00:00Z", "\u202eabc\ud800", true),
);
/** A value that fits the shape, or nearly. */
function near(shape: Shape): fc.Arbitrary<unknown> {
  if ("leaf" in shape) return fc.oneof({ weight: 9, arbitrary: told(shape) }, { weight: 1, arbitrary: wild });
  if ("enum" in shape) return fc.constantFrom(...shape.enum);
  if ("orNull" in shape) return fc.oneof(near(shape.orNull), wild);
  if ("anyOf" in shape)
    return fc.oneof(
      ...shape.anyOf.map((one) => ("type" in one && one.type === "null" ? fc.constant(null) : near(one as Shape))),
    );
  if ("oneOf" in shape) return fc.oneof(...shape.oneOf.map(near));
  if ("items" in shape) return fc.array(near(shape.items), { maxLength: 3 });
  if ("additionalProperties" in shape)
    return fc.dictionary(fc.string(), near(shape.additionalProperties), { maxKeys: 3 });
  const entries = Object.entries(shape.properties).map(([key, inner]) => [key, near(inner)] as const);
  return fc
    .record(Object.fromEntries(entries))
    .chain((value) => fc.record({ other: wild, ["__proto__"]: wild }).map((more) => ({ ...more, ...value })));
}

function told({ leaf }: Leaf): fc.Arbitrary<unknown> {
  const samples: { readonly [Name in Leaf["leaf"]]?: readonly unknown[] } = {
    date: ["11/4/2026", "2026-11-04"],
    dates: ["11/4/2026 - 12/3/2026"],
    time: ["2026-11-04T10:00:00.5+01:00"],
    money: ["$1,042.17", 85.5],
    decimal: [1.005, 3],
    integer: [4],
    boolean: [true, false],
    last4: ["4242"],
    id: ["pm_1", 77],
    text: ["  a \u202e b ", "", "long enough to be cut somewhere"],
  };
  return fc.constantFrom(...(samples[leaf] ?? [null]));
}

test("what is projected fits its shape, has no other key, and is projected to itself", () => {
  let projected = 0;
  fc.assert(
    fc.property(
      shapes.chain((one) =>
        fc.tuple(fc.constant(one), fc.oneof({ weight: 3, arbitrary: near(one) }, { weight: 1, arbitrary: wild })),
      ),
      ([one, value]) => {
        expect(shape.safeParse(one).error).toBe(undefined);
        const { data, drift } = project(one, value, none);
        for (const { count, at, expected } of drift) expect(count * at.length * expected.length).toBeGreaterThan(0);
        if (data === undefined) {
          expect(drift.length).toBeGreaterThan(0);
          return;
        }
        projected += 1;
        expect(fitsShape(one, data)).toBe(true);
        const again = projectJson(one, canonicalJson(data), none);
        expect(again).toMatchObject({ data, drift: [] });
      },
    ),
    { numRuns: 3_000 },
  );
  expect(projected).toBeGreaterThan(1_000);
});

const bill: Shape = {
  type: "object",
  properties: { id: { leaf: "id", max: 20 }, amount: { leaf: "money" }, note: { orNull: { leaf: "text", max: 9 } } },
  required: ["id", "amount", "note"],
};
const bills: Shape = {
  type: "object",
  properties: { bills: { type: "array", items: bill, maxItems: 12 } },
  required: ["bills"],
};

test("drift has its place without indexes, the kind that was seen, and how often", () => {
  const rows = [
    { id: "a1", total: "$85.00", note: "x" },
    { id: "a2", total: "$86.00", note: "x" },
    { id: null, amount: "a secret", note: "x" },
  ];
  expect(project(bills, { bills: rows }, none)).toMatchObject({
    data: undefined,
    drift: [
      { at: "bills[].amount", expected: "money", seen: "absent", count: 2 },
      { at: "bills[].id", expected: "id", seen: "null", count: 1 },
      { at: "bills[].amount", expected: "money", seen: "text", count: 1 },
    ],
  });
});

test("decoration that does not fit is null, and its drift stands beside the data", () => {
  const { data, drift } = project(
    bills,
    {
      bills: [
        { id: "a1", amount: 85.5, note: 7 },
        { id: "a2", amount: 0 },
      ],
    },
    none,
  );
  expect(data).toEqual({
    bills: [
      { id: "a1", amount: "85.50", note: null },
      { id: "a2", amount: "0.00", note: null },
    ],
  });
  expect(drift).toEqual([
    { at: "bills[].note", expected: "text", seen: "number", count: 1 },
    { at: "bills[].note", expected: "text", seen: "absent", count: 1 },
  ]);
});

test("of decoration that does not fit, nothing was seen or held", () => {
  const inner: Shape = {
    type: "object",
    properties: { id: { leaf: "id", max: 20 }, token: { leaf: "held" }, amount: { leaf: "money" } },
    required: ["id", "token", "amount"],
  };
  const whole: Shape = { type: "object", properties: { extra: { orNull: inner } }, required: ["extra"] };
  const { data, drift, seen, held } = project(whole, { extra: { id: "a1", token: "t", amount: "a secret" } }, none);
  expect({ data, drift }).toEqual({
    data: { extra: null },
    drift: [{ at: "extra.amount", expected: "money", seen: "text", count: 1 }],
  });
  expect([[...seen], [...held]]).toEqual([[], []]);
});

test("a list that is too long, a map of data, a case that is not known", () => {
  expect(project(bills, { bills: Array(13).fill({}) }, none).drift).toEqual([
    { at: "bills[]", expected: "at most 12", seen: "too many", count: 1 },
  ]);
  const map: Shape = { type: "object", additionalProperties: { leaf: "integer" }, maxProperties: 2 };
  expect(project(map, { "sam@example.com": 1, secret: 2 }, none)).toMatchObject({ data: [1, 2], drift: [] });
  expect(project(map, { key: "a" }, none).drift).toEqual([{ at: "*", expected: "integer", seen: "text", count: 1 }]);
  const cases: Shape = {
    oneOf: [
      {
        type: "object",
        properties: { status: { enum: ["success"] }, n: { leaf: "integer" } },
        required: ["status", "n"],
      },
      { type: "object", properties: { status: { enum: ["failure"] } }, required: ["status"] },
    ],
  };
  expect(project(cases, { status: "failure", n: 1 }, none).data).toEqual({ status: "failure" });
  expect(project(cases, { status: "success" }, none).drift).toEqual([
    { at: "n", expected: "integer", seen: "absent", count: 1 },
  ]);
  expect(project(cases, { status: "secret" }, none).drift).toEqual([
    { at: "status", expected: "success or failure", seen: "text", count: 1 },
  ]);
});

test("what is seen and held is kept by its place, and only what the shape names", () => {
  const session: Shape = {
    type: "object",
    properties: { token: { leaf: "held" }, ids: { type: "array", items: { leaf: "id", max: 9 }, maxItems: 9 } },
    required: ["token", "ids"],
  };
  const { data, held, seen } = project(session, { token: "eyJ.secret", ids: ["a", "b", "a"], other: "x" }, none);
  expect(data).toEqual({ token: true, ids: ["a", "b", "a"] });
  expect([...held]).toEqual([["token", "eyJ.secret"]]);
  expect([...seen]).toEqual([["ids[]", new Set(["a", "b"])]]);
});

test("an id that JavaScript's numbers cannot hold keeps its digits", () => {
  const ids: Shape = { type: "array", items: { leaf: "id", max: 20 }, maxItems: 3 };
  expect(projectJson(ids, "[9007199254740993, 123]", none)).toMatchObject({
    data: ["9007199254740993", "123"],
  });
});

const text: Shape = { type: "object", properties: { a: { leaf: "text", max: 5 } }, required: ["a"] };
test.each([
  ['{"a":1,"a":"two"}', { a: "two" }],
  ['\ufeff{"a":"x"}', { a: "x" }],
  ['{"a":"\\ud800x\\u0000"}', { a: "x" }],
  ['{"__proto__":{"a":"x"}}', undefined],
  ['{"a":"x","__proto__":{"b":1},"constructor":{"prototype":1}}', { a: "x" }],
  ['{"a":1e400}', undefined],
  [`${'{"b":'.repeat(10_000)}1${"}".repeat(10_000)}`, undefined],
  [`{"b":${"[".repeat(10_000)}${"]".repeat(10_000)},"a":"x"}`, { a: "x" }],
  [`{"a":"${"x".repeat(4 * 1_048_576)}"}`, { a: "xxxxx" }],
  ["<html>", undefined],
  ["", undefined],
])("%.40s", (json, expected) => {
  const { data, drift } = projectJson(text, json, none);
  expect(data).toEqual(expected);
  expect(JSON.stringify(drift)).not.toMatch(/two|html|ufeff/);
  expect(Object.getPrototypeOf(data ?? {})).toBe(Object.prototype);
});
