import { expect, test } from "vitest";
import { toLoan } from "./loans.read.ts";

const asAnswered = { title: "The Overstory", author: "Richard Powers", dueOn: "Dec 4, 2026", renewalsLeft: 0 };

test("a loan as the site answers it becomes one of ours", () => {
  expect(toLoan(asAnswered)).toEqual({
    title: "The Overstory",
    author: "Richard Powers",
    dueDate: "12/04/2026",
    canRenew: false,
  });
});

test("a date in an unknown spelling is told, not guessed at", () => {
  const drift = expect.objectContaining({
    details: { reason: "schema_drift", expected: "Dec 4, 2026", seen: "4.12." },
  });
  expect(() => toLoan({ ...asAnswered, dueOn: "4.12." })).toThrow(drift);
});
