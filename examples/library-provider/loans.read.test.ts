import { expect, test } from "vitest";
import { toLoan } from "./loans.read.ts";

const asRead = { title: "The Overstory", author: "Richard Powers", dueOn: "2026-12-04", renewalsLeft: 0 };

test("a loan as the device reads it becomes one of ours", () => {
  expect(toLoan(asRead)).toEqual({
    title: "The Overstory",
    author: "Richard Powers",
    dueDate: "12/04/2026",
    canRenew: false,
  });
});

test("a loan with renewals left can be renewed", () => {
  expect(toLoan({ ...asRead, renewalsLeft: 2 })).toMatchObject({ canRenew: true });
});
