import type { RequestRead } from "@passage/protocol/reads/declaration";
import { readDeclaration } from "@passage/protocol/reads/declaration";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountCodes } from "./account-codes.ts";
import { fillRequest, type Params } from "./filled-request.ts";
import { project } from "./projection.ts";
import { ReadBudget, readLimits } from "./read-budget.ts";
import { ReadMemory } from "./read-memory.ts";

const origin = "https://www.shop.example";
const list = {
  type: "object",
  properties: { ids: { type: "array", items: { leaf: "text", max: 500 }, maxItems: 50 } },
  required: ["ids"],
} as const;
const declaration = {
  source: "request",
  what: "your bills",
  on: { origin, path: "/" },
  method: "POST",
  path: "/v1/{id}/bills",
  query: { id: { $param: "id" }, fixed: "a&b" },
  headers: { authorization: { $held: { read: "app", at: "token" }, prefix: "Bearer " } },
  params: {
    id: { seen: { read: "bills", at: "ids[]" }, orEmpty: true },
    kind: { of: ["open", "paid"] },
    year: { integer: [2000, 2099] },
    zip: { argument: "billingZip" },
    cursor: { held: { read: "app", at: "token" } },
  },
  shape: null,
} as const;
const params = { id: "a", kind: "open", year: 2026, zip: "98101", cursor: true };
const json = {
  ...declaration,
  json: {
    a: [{ $param: "id" }],
    'b"': { $param: "year" },
    kind: { $param: "kind" },
    zip: { $param: "zip" },
    cursor: { $param: "cursor" },
  },
};
const form = {
  ...declaration,
  form: {
    id: { $param: "id" },
    action: "get&list=1",
    year: { $param: "year" },
    kind: { $param: "kind" },
    zip: { $param: "zip" },
    cursor: { $param: "cursor" },
  },
};

function memoryWith(ids: readonly string[], token = "eyJ.t"): ReadMemory {
  const memory = new ReadMemory();
  memory.sent("bills", project(list, { ids }, memory.leafSession(new AccountCodes(undefined))));
  const held = { type: "object", properties: { token: { leaf: "held" } }, required: ["token"] } as const;
  memory.hold("app", project(held, { token }, memory.leafSession(new AccountCodes(undefined))));
  return memory;
}

const fill = (read: unknown, given: Params, memory = memoryWith(["a"])) =>
  fillRequest(readDeclaration.parse(read) as RequestRead, given, memory);

test("a request with its holes filled", () => {
  expect(fill(json, params)).toEqual({
    method: "POST",
    path: "/v1/a/bills?id=a&fixed=a%26b",
    headers: { "content-type": "application/json", authorization: "Bearer eyJ.t" },
    body: JSON.stringify({ a: ["a"], 'b"': "2026", kind: "open", zip: "98101", cursor: "eyJ.t" }),
  });
});

/** Values that would become something else where a text is pasted into a text. */
const hostile = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "%2e%2e",
    "../admin",
    "a/b",
    "a?b=c",
    "a#b",
    "a&action=delete",
    '","admin":true,"x":"',
    "\\",
    "ü",
    "a b",
    "+",
    "%",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
);

test("whatever a site once wrote and is asked with again stays one segment, one field and one text", () => {
  fc.assert(
    fc.property(hostile, (wild) => {
      const memory = memoryWith([wild]);
      const [id = ""] = [
        ...(project(list, { ids: [wild] }, memory.leafSession(new AccountCodes(undefined))).seen.get("ids[]") ?? []),
      ];
      if (/^\.{0,2}$/.test(id)) {
        expect(() => fill(json, { ...params, id }, memory)).toThrow(/segment|allows/);
        return;
      }
      const { path, body = "" } = fill(json, { ...params, id }, memory);
      const url = new URL(path, origin);
      expect(url.origin).toBe(origin);
      expect(url.pathname.split("/").map(decodeURIComponent)).toEqual(["", "v1", id, "bills"]);
      expect([...url.searchParams]).toEqual([
        ["id", id],
        ["fixed", "a&b"],
      ]);
      expect(url.hash).toBe("");
      expect(Object.keys(JSON.parse(body))).toEqual(["a", 'b"', "kind", "zip", "cursor"]);
      expect(JSON.parse(body).a).toEqual([id]);
      const told = [...new URLSearchParams(fill(form, { ...params, id }, memory).body)];
      expect(told.map(([name]) => name)).toEqual(["id", "action", "year", "kind", "zip", "cursor"]);
      expect(told[0]).toEqual(["id", id]);
    }),
  );
});

test.each<[string, Record<string, string | number | boolean>]>([
  ["a value that was not seen", { id: "b" }],
  ["a value that was seen, in other letters", { id: "A" }],
  ["one that is not of the list", { kind: "all" }],
  ["a number out of range", { year: 1999 }],
  ["a number as a text", { year: "2026" }],
  ["no whole number", { year: 2026.5 }],
  ["a held value itself", { cursor: "eyJ.t" }],
  ["a parameter more", { other: "x" }],
  ["__proto__", JSON.parse('{"__proto__":"x"}')],
])("%s is refused, and named by no value", (_, change) => {
  const given = Object.fromEntries([...Object.entries(params), ...Object.entries(change)]);
  expect(() => fill(json, given)).toThrow(/^params[^A-Z0-9]*(manifest)/);
});

test("a parameter that is left out is refused", () => {
  const { kind, ...rest } = params;
  expect(() => fill(json, rest)).toThrow("params.kind");
});

test("an argument keeps its first value, and is compared without leaving the device", () => {
  const memory = memoryWith(["a"]);
  memory.bind("cardNumber", "4242 4242 4242 4242");
  memory.bind("cardNumber", "4242 4242 4242 4242");
  memory.bind("expirationDate", "08/29");
  expect(() => memory.bind("cardNumber", "4000 0000 0000 0002")).toThrow(/another value than before/);
  expect(memory.argument("cardNumber.last4")).toBe(undefined);
  memory.give("cardNumber");
  memory.give("expirationDate");
  expect(memory.argument("cardNumber.last4")).toBe("4242");
  expect(memory.argument("cvv")).toBe(undefined);
  const same = (argument: string, as: "last4" | "expiry", value: unknown) =>
    memory.leafSession(new AccountCodes(undefined)).isSame({ leaf: "same", argument, as }, value);
  expect(same("cardNumber.last4", "last4", "4242")).toBe(true);
  expect(same("cardNumber.last4", "last4", "0002")).toBe(false);
  expect(same("expirationDate", "expiry", "2029-08")).toBe(true);
  expect(same("expirationDate", "expiry", "no date")).toBe(undefined);
  expect(same("cvv", "last4", "4242")).toBe(undefined);
});

test("a handle stands for one text, in all reads of the operation", () => {
  const memory = memoryWith([]);
  expect(["pm_1", "pm_2", "pm_1"].map((text) => memory.leafSession(new AccountCodes(undefined)).handle(text))).toEqual([
    "h1",
    "h2",
    "h1",
  ]);
  expect(["pm_3", "pm_2"].map((text) => memory.leafSession(new AccountCodes(undefined)).handle(text))).toEqual([
    "h3",
    "h2",
  ]);
});

test("a header cannot be broken by what is held", () => {
  expect(() => fill(json, params, memoryWith(["a"], "a\r\nx: y"))).toThrow(/^The header authorization/);
  expect(() => fill(json, params, new ReadMemory())).toThrow(/^params/);
});

test("reads are counted, and so are their bytes, their text and their drifts", () => {
  const texts = (count: number, length: number) =>
    project(
      list,
      { ids: Array(count).fill("x".repeat(length)) },
      memoryWith([]).leafSession(new AccountCodes(undefined)),
    );
  const budget = new ReadBudget();
  for (let read = 0; read < 20; read += 1) budget.demand(texts(25, 500));
  expect(() => budget.demand(texts(50, 500))).toThrow(`${readLimits.textLength} characters`);
  expect(() => new ReadBudget().demand({ ...texts(1, 1), data: "x".repeat(readLimits.readBytes) })).toThrow(
    /65536 bytes/,
  );
  const many = new ReadBudget();
  for (let read = 0; read < readLimits.reads; read += 1) many.begin();
  expect(() => many.begin()).toThrow("500 reads");
  many.renew();
  expect(() => many.begin()).not.toThrow();
  const drifting = new ReadBudget();
  for (let read = 0; read < 3; read += 1)
    drifting.demand(project(list, {}, memoryWith([]).leafSession(new AccountCodes(undefined))));
  expect(() => drifting.begin()).toThrow("did not fit");
});
