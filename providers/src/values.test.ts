import fc from "fast-check";
import { expect, test } from "vitest";
import { usDate } from "./dates.ts";
import { parseAmount } from "./money.ts";

test.each([
  ["$1,042.17", 1042.17],
  ["$85.00", 85],
  ["85", null],
  ["0", 0],
  [8500, null],
  [85.5, 85.5],
  ["$85.5", null],
  ["-$5.00", -5],
  ["($5.00)", -5],
  ["$0.00", 0],
  ["", null],
  ["free", null],
  ["($5.00", null],
  ["1,04.17", null],
  [Number.NaN, null],
  [null, null],
])("parseAmount(%j) is %j", (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});

test("an amount in the site's spelling comes back as itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
      const text = (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
      expect(parseAmount(text)).toBe(cents / 100);
    }),
  );
});

test.each([
  ["2026-11-02", "11/02/2026"],
  ["2026-11-02T00:00:00.000Z", "11/02/2026"],
  ["2026-11-02T23:59:59-08:00", "11/02/2026"],
  ["1/2/2026", "01/02/2026"],
  ["2026-13-02", undefined],
  ["Nov 2", undefined],
  [undefined, undefined],
])("usDate(%j) is %j", (text, date) => {
  expect(usDate(text)).toBe(date);
});
