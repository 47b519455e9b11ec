import type { Shape } from "@passage/protocol/reads/shape";
import { expect, test } from "vitest";
import { AccountCodes } from "./account-codes.ts";
import { projectJson } from "./projection.ts";
import { ReadMemory } from "./read-memory.ts";

const bill: Shape = {
  type: "object",
  properties: { id: { leaf: "id", max: 9 }, day: { orNull: { leaf: "date" } } },
  required: ["id", "day"],
};
const years: Shape = { type: "array", maxItems: 9, items: { type: "array", maxItems: 9, items: bill } };
const map: Shape = {
  type: "object",
  properties: { by: { type: "object", additionalProperties: bill, maxProperties: 9 } },
  required: ["by"],
};
const session = { accountId: () => undefined, handle: () => null, isSame: () => undefined };
const row = (id: string, day: string | null) => ({ id, day });

/** The ids of what leaves, and of what counts as sent. */
function newest(shape: Shape, value: unknown, rows: string, most: number): unknown {
  const told = projectJson(shape, JSON.stringify(value), session, { rows, by: "day", most });
  const ids = JSON.stringify(told.data).match(/id":"\w+/g) ?? [];
  return { ids: ids.map((one) => one.slice(5)).join(""), seen: [...(told.seen.get(`${rows}.id`) ?? [])].join("") };
}

test.each([
  [1, "a"],
  [2, "ab"],
  [3, "abcd"],
  [4, "abcde"],
  [9, "abcde"],
])("the newest %i, in whichever list they are; rows of one day are not parted", (most, ids) => {
  const lists = [
    [row("a", "2026-11-04"), row("b", "11/3/2026")],
    [row("c", "2026-11-02"), row("d", "2026-11-02"), row("e", null)],
  ];
  expect(newest(years, lists, "[][]", most)).toEqual({ ids, seen: ids });
});

test("whatever their order, and as the values of a map", () => {
  const by = { x: row("a", "2026-11-01"), y: row("b", "2026-11-03"), z: row("c", "2026-11-02") };
  expect(newest(map, { by }, "by.*", 2)).toEqual({ ids: "bc", seen: "bc" });
});

test("the number of a handle does not tell how many texts the older rows have", () => {
  const shape: Shape = {
    type: "array",
    maxItems: 99,
    items: {
      type: "object",
      properties: { day: { leaf: "date" }, to: { leaf: "handle" } },
      required: ["day", "to"],
    },
  };
  const rows = Array.from({ length: 40 }, (_, index) => ({ day: `2026-10-${10 + (index % 20)}`, to: `shop ${index}` }));
  const text = JSON.stringify([...rows, { day: "2026-11-04", to: "shop 7" }]);
  const codes = new AccountCodes({ salt: "0".repeat(64), provider: "shop", makeCode: async () => "" });
  const told = projectJson(shape, text, new ReadMemory().leafSession(codes), { rows: "[]", by: "day", most: 1 });
  expect(told.data).toEqual([{ day: "2026-11-04", to: "h1" }]);
});
