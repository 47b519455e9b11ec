import { leaf as leafSchema } from "@passage/protocol/reads/leaf";
import { shape } from "@passage/protocol/reads/shape";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { shapeOf } from "./compile.ts";
import * as leaf from "./leaf.ts";
import {
  between,
  elements,
  heldBy,
  lastHeld,
  nameOfRead,
  oneOf,
  type ParamsOf,
  param,
  reads,
  request,
  seen,
} from "./read.ts";

const bill = z.object({
  id: leaf.id(),
  charges: leaf.money(),
  note: leaf.orNull(leaf.text(40)),
  due: leaf.date().nullable().optional(),
});

test("a schema becomes the shape that says the same", () => {
  const data = z.object({
    responseCode: z.literal("100"),
    bills: leaf.list(bill, 24),
    byId: leaf.valuesOf(leaf.boolean(), 5),
    due: z.union([leaf.money(), leaf.integer()]).nullable(),
    kind: z.enum(["Bill", "Payment"]),
    courier: leaf.textOrNull(60),
    state: z.discriminatedUnion("status", [
      z.object({ status: z.literal("ok"), token: leaf.held() }),
      z.object({ status: z.literal("no") }),
    ]),
  });
  const made = shapeOf(data);
  expect(shape.safeParse(made).error).toBe(undefined);
  expect(made).toEqual({
    type: "object",
    properties: {
      responseCode: { enum: ["100"] },
      bills: {
        type: "array",
        maxItems: 24,
        items: {
          type: "object",
          properties: {
            id: { leaf: "id", max: 64 },
            charges: { leaf: "money" },
            note: { orNull: { leaf: "text", max: 40 } },
            due: { anyOf: [{ leaf: "date" }, { type: "null" }] },
          },
          required: ["id", "charges", "note"],
        },
      },
      byId: { type: "object", additionalProperties: { leaf: "boolean" }, maxProperties: 5 },
      due: { anyOf: [{ leaf: "money" }, { leaf: "integer" }, { type: "null" }] },
      kind: { enum: ["Bill", "Payment"] },
      courier: { leaf: "text", max: 60, blank: null },
      state: {
        oneOf: [
          {
            type: "object",
            properties: { status: { enum: ["ok"] }, token: { leaf: "held" } },
            required: ["status", "token"],
          },
          { type: "object", properties: { status: { enum: ["no"] } }, required: ["status"] },
        ],
      },
    },
    required: ["responseCode", "bills", "byId", "due", "kind", "courier", "state"],
  });
  expectTypeOf<z.output<typeof data>["bills"][number]>().toEqualTypeOf<{
    id: string;
    charges: string;
    note: string | null;
    due?: string | null | undefined;
  }>();
});

test("each leaf function makes a leaf", () => {
  const made = [
    leaf.date({ order: "dmy" }),
    leaf.dates(),
    leaf.time(),
    leaf.money(0),
    leaf.decimal(),
    leaf.integer(0, 9),
    leaf.boolean(),
    leaf.last4(),
  ]
    .concat([
      leaf.expiry(),
      leaf.currency(),
      leaf.country(),
      leaf.postcode(),
      leaf.id(9, { digits: true }),
      leaf.url("https://a.example"),
    ] as never)
    .concat([leaf.text(5), leaf.textOrNull(5), leaf.handle(), leaf.held(), leaf.same("card.last4", "last4")] as never);
  expect(new Set(made.map((one) => leafSchema.parse(shapeOf(one)).leaf)).size).toBe(18);
});

describe("what a shape cannot carry is refused, with its place", () => {
  const id = leaf.id();
  test.each<[string, z.ZodType, RegExp]>([
    ["free text", z.string(), /string\(\)/],
    ["free JSON", z.json(), /lazy\(\)|union|which its shape cannot carry/],
    ["a check on a leaf", id.min(3), /^\.a has a check/],
    ["a check on an object", z.object({ b: id }).refine(() => true), /a check/],
    ["a pattern", z.string().regex(/a/), /a check/],
    ["a number", z.number(), /number\(\)/],
    ["coerce", z.coerce.number(), /number\(\)/],
    ["a default", id.default("x"), /default\(\)/],
    ["prefault", id.prefault("x"), /prefault\(\)/],
    ["catch", id.catch("x"), /catch\(\)/],
    ["a transform", id.transform(Number), /pipe\(\)/],
    ["a pipe", id.pipe(z.string()), /pipe\(\)/],
    ["readonly", id.readonly(), /readonly\(\)/],
    ["a loose object", z.looseObject({ b: id }), /strict or loose/],
    ["a strict object", z.strictObject({ b: id }), /strict or loose/],
    ["a catchall", z.object({ b: id }).catchall(z.string()), /strict or loose/],
    ["an intersection", z.intersection(z.object({ b: id }), z.object({ c: id })), /intersection\(\)/],
    ["a record", z.record(z.string(), id), /record\(\)/],
    ["a tuple", z.tuple([id, id]), /tuple\(\)/],
    ["a map", z.map(z.string(), id), /map\(\)/],
    ["any", z.any(), /any\(\)/],
    ["unknown", z.unknown(), /unknown\(\)/],
    ["a date", z.date(), /date\(\)/],
    ["a lazy schema", z.lazy(() => id), /lazy\(\)/],
    ["a list without a maximum", z.array(id), /without a maximum/],
    ["a list with a minimum too", leaf.list(id, 3).min(1), /another check/],
    ["a list with a maximum twice", leaf.list(id, 3).max(2), /another check/],
    ["a union of texts", z.union([id, leaf.date()]), /different kinds of JSON/],
    [
      "a union of objects with nothing to tell them by",
      z.union([z.object({ b: id }), z.object({ c: id })]),
      /no required key/,
    ],
    [
      "a union of an optional constant",
      z.union([z.object({ b: z.literal("x").optional() }), z.object({ b: z.literal("y") })]),
      /no required key/,
    ],
    [
      "a union of objects and text",
      z.union([z.object({ b: z.literal("x") }), z.object({ b: z.literal("y") }), id]),
      /objects and others/,
    ],
    ["a literal that is no text", z.literal(1), /no text/],
    ["optional within a list", leaf.list(id.optional(), 3), /optional\(\)/],
  ])("%s", (_, schema, message) => {
    expect(() => shapeOf(z.object({ a: schema }))).toThrow(message);
  });
});

const site = "https://www.shop.example";
const shop = reads({
  app: request({
    what: "the app's token, which stays here",
    on: `${site}/`,
    get: "/v1/app",
    data: z.object({ token: leaf.held() }),
  }),
  bills: request({
    what: "your bills",
    on: `${site}/bills/`,
    post: "/v1/bills",
    after: { post: "/v1/app", withinMs: 5_000 },
    headers: { authorization: heldBy("app", "token", "Bearer ") },
    json: { after: param("after"), year: param("year"), kind: param("kind"), token: param("token") },
    params: {
      after: seen("bills", "bills[].id", { orEmpty: true }),
      year: between(2000, 2099),
      kind: oneOf("open", "paid"),
      token: lastHeld("app", "token"),
    },
    data: leaf.within("bills", leaf.list(bill, 24)),
  }),
  labels: elements({
    what: "the amounts",
    on: `${site}/bills/`,
    rows: { css: "li", atLeast: 1 },
    fields: { amount: { pick: "\\$([0-9.]+)" } },
    data: leaf.list(z.object({ amount: leaf.money() }), 24),
  }),
});

test("reads have names with digests, and typed parameters and data", () => {
  expect(nameOfRead(shop.bills)).toMatch(/^bills@[0-9a-f]{8}$/);
  expect(shop.bills.declaration).toMatchObject({
    source: "request",
    method: "POST",
    path: "/v1/bills",
    after: { method: "POST" },
  });
  expect(shop.labels.declaration).toMatchObject({ source: "page", rows: { atLeast: 1 } });
  expectTypeOf<ParamsOf<typeof shop.bills.params>>().toEqualTypeOf<{
    readonly after: string;
    readonly year: number;
    readonly kind: "open" | "paid";
    readonly token: true | "";
  }>();
  expectTypeOf<z.output<typeof shop.bills.data>["bills"][number]["charges"]>().toEqualTypeOf<string>();
  const widened = request({
    what: "the app's token, which stays here",
    on: `${site}/`,
    get: "/v1/app",
    data: z.object({ token: leaf.text(80) }),
  });
  expect(nameOfRead(reads({ app: widened }).app)).not.toBe(nameOfRead(shop.app));
  expect(() => nameOfRead(request({ what: "elsewhere", on: `${site}/`, get: "/", data: z.object({}) }))).toThrow(
    /not among/,
  );
  expect(() => request({ what: "elsewhere", on: `${site}/`, get: "/../x", data: z.object({}) })).toThrow(
    /cannot be declared/,
  );
});
