import { expect, test } from "vitest";
import { manifest, origin } from "../../test/shop-manifest.ts";
import { declaredPlace, isBelow } from "./places.ts";

test.each([
  ["/bill", "/bill", true],
  ["/bill/7", "/bill", true],
  ["/bill/7", "/bill/", true],
  ["/billing", "/bill", false],
  ["/bill", "/bill/", false],
  ["/anything", "/", true],
])("%s is at or below %s: %s", (path, declared, below) => {
  expect(isBelow(path, declared)).toBe(below);
});

test.each([
  ["a step's address", `${origin}/bill/summary?name=Ada#code`, `${origin}/bill/summary`],
  ["a page below a read's", `${origin}/bill/of/ada@mail.example/token`, `${origin}/bill/`],
  ["another page", `${origin}/customer/ada@mail.example`, "other"],
  ["another origin", "https://evil.example/bill/summary", "other"],
  ["no address", "ada byron", "other"],
])("of %s only what is declared is told", (_name, address, told) => {
  expect(declaredPlace([manifest], address)).toBe(told);
});
