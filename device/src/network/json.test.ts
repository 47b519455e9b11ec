import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson, parseJsonFast } from "./json.ts";

test.each([
  ["0", 0],
  ["-0.00", 0],
  ["42.10", 42.1],
  ["1e2", 100],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  ["12345678901234567890", "12345678901234567890"],
  ["-12345678901234567890", "-12345678901234567890"],
  ["10000000000000000000000", 1e22],
  ["0.1000000000000000000", 0.1],
  ["0.1234567890123456789", "0.1234567890123456789"],
  ["1234567890123.45", 1234567890123.45],
  ["12345678901234567.89", "12345678901234567.89"],
  ["1.5E+300", 1.5e300],
  ["1e999", "1e999"],
  ["1e-999", "1e-999"],
  ["123456789e-400", "123456789e-400"],
])("%s is %j", (source, value) => {
  const parsed = parseJson(`{"a":[${source}]}`) as { a: unknown[] };
  expect(JSON.stringify(parsed.a)).toBe(JSON.stringify([value]));
});

test("a number stands for what was written, or is what was written", () => {
  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,24})?([eE][+-]?\d{1,2})?$/);
  fc.assert(
    fc.property(digits, (source) => {
      const value = parseJson(source);
      if (typeof value === "string") expect(value).toBe(source);
      else expect(scaled(String(value))).toBe(scaled(source));
    }),
  );
});

/** The number in units of 10^-160. */
function scaled(number: string): bigint {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) * 10n ** BigInt(160 + Number(exponent) - fraction.length);
}

test("the fast way keeps each digit too, wherever the long number stands", () => {
  for (let pad = 0; pad < 40; pad++)
    for (const number of ["123456789012345", "9007199254740993", "12345678901234567890", "0.1234567890123456789"]) {
      const text = `${" ".repeat(pad)}[1,22,${number},"333"]`;
      expect(parseJsonFast(text)).toEqual(parseJson(text));
    }
});
