import { expect, test } from "vitest";
import { retryDelayMs } from "./follow.ts";

test("retries wait longer each time, up to 15 s, and never all at once", () => {
  const [least, most] = [() => 0, () => 1];
  expect([0, 1, 2, 5, 50, 5000].map((failures) => retryDelayMs(failures, most))).toEqual([
    500, 1000, 2000, 15_000, 15_000, 15_000,
  ]);
  expect(retryDelayMs(0, least)).toBe(250);
  expect(retryDelayMs(9, least)).toBe(7_500);
});
