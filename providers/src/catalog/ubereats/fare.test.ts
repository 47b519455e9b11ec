import fc from "fast-check";
import { expect, test } from "vitest";
import { orderTotal } from "./fare.ts";

const row = (label: string, rawValue: number, key: string | null = null) => ({ label, key, rawValue });
const receipt = [row("Subtotal", 31.25), row("Tax on Delivery Fees", 0.48), row("Tax", 2.03), row("Promotion", -3.73)];

test.each([
  ["cents with noise", 3002.9999999999995, [...receipt, row("Total", 30.029999999999998)], 3003, true],
  ["cents, no total row", 3003, receipt, 3003, true],
  ["the currency's unit", 30.03, receipt, 3003, true],
  ["a total named by its key", 3003, [...receipt, row("Gesamt", 30.03, "eats_fare.total")], 3003, true],
  ["another sum", 4100, receipt, 4100, false],
  ["no receipt", 0, [], 0, null],
  ["no total", null, receipt, 3003, null],
  ["nothing", null, [], null, null],
])("%s", (_, totalPrice, rows, totalCents, agrees) => {
  expect(orderTotal(totalPrice, rows)).toEqual({ totalCents, agrees });
});

test("a sum of dollars, told in cents as the site tells it, is that sum", () => {
  const cents = fc.integer({ min: -50_00, max: 500_00 });
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 12 }), (charges) => {
      const rows = charges.map((charge, index) => row(`Row ${index}`, charge / 100));
      const noisy = rows.reduce((sum, { rawValue }) => sum + rawValue, 0) * 100;
      const exact = charges.reduce((sum, charge) => sum + charge, 0);
      expect(orderTotal(noisy, rows)).toEqual({ totalCents: exact, agrees: true });
    }),
  );
});
