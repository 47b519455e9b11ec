import { expect, test } from "vitest";
import { readProjection } from "./projection.ts";

const bills = {
  data: {
    bills: [
      { id: 1, to: { name: "Ada" }, "a b": true },
      { id: 2, to: null },
    ],
  },
  none: null,
};

test.each([
  ["", bills],
  ["data.bills[1].id", 2],
  ["data.bills[].id", [1, 2]],
  ["data.bills[].{id}", [{ id: 1 }, { id: 2 }]],
  [
    "data.bills[].{ id, who: to?.name }",
    [
      { id: 1, who: "Ada" },
      { id: 2, who: null },
    ],
  ],
  ['data.bills[0].{flag:"a b",id}', { flag: true, id: 1 }],
  ["{first:data.bills[0].id,lack:data.nope?}", { first: 1, lack: null }],
  [
    "data.bills[].{id,tags:tags?[]}",
    [
      { id: 1, tags: null },
      { id: 2, tags: null },
    ],
  ],
  ["none", null],
  ["data.bills[0].to.*", ["Ada"]],
])("%s", (path, expected) => {
  expect(readProjection(path)(bills)).toEqual(expected);
});

test("a list at the top, and lists in lists", () => {
  expect(readProjection("[].{x}")([{ x: 1 }])).toEqual([{ x: 1 }]);
  expect(readProjection("[0][]")([[1, 2]])).toEqual([1, 2]);
  expect(readProjection("a[].b[]")({ a: [{ b: [1] }, { b: [] }] })).toEqual([[1], []]);
});

test.each([
  ["data.bills[].to.name", "The response has no data.bills[1].to.name: data.bills[1].to is null"],
  ["data.bills[5]", "The response has no data.bills[5]: data.bills has 2 items"],
  ["data.bills.id", "The response has no data.bills.id: data.bills is a list"],
  ["data.bills.*.id", "The response has no data.bills.*: data.bills is a list"],
  ["data.*.id", "The response has no data.*.id: data.* is a list"],
  ["data[]", "The response has no data[]: data is an object"],
  ["data.bills[0].id.x", "The response has no data.bills[0].id.x: data.bills[0].id is a number"],
  ["nope", "The response has no nope: it has data, none"],
  ["constructor", "The response has no constructor: it has data, none"],
])("%s is not there: %s", (path, message) => {
  expect(() => readProjection(path)(bills)).toThrow(expect.objectContaining({ code: "extract_failed", message }));
});

test.each(["a.", ".a", "a[", "a[x]", "{a", "{}", "a}", "a b", "{a:}", "[].", "a[].{b}.c"])("%s is no path", (path) => {
  expect(() => readProjection(path)).toThrow(expect.objectContaining({ code: "invalid_params" }));
});
