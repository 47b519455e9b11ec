import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsLeaf, leaf, type PlainLeaf, writeLeaf } from "./leaf.ts";

/** What each leaf writes, said once more and apart from the code. */
const formats: Record<PlainLeaf["leaf"], RegExp> = {
  date: /^"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"$/,
  dates: /^\["(19|20)\d\d-\d\d-\d\d","(19|20)\d\d-\d\d-\d\d"\]$/,
  time: /^"(19|20)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"$/,
  money: /^"-?(0|[1-9]\d{0,8})\.\d{2}"$/,
  decimal: /^-?(0|[1-9]\d{0,8})(\.\d{1,2})?$/,
  integer: /^(0|-?[1-9]\d{0,9})$/,
  boolean: /^(true|false)$/,
  last4: /^"\d{4}"$/,
  expiry: /^"(0[1-9]|1[0-2])\/\d{2}"$/,
  currency: /^"[A-Z]{3}"$/,
  country: /^"[A-Z]{2}"$/,
  postcode: /^"[A-Z0-9][A-Z0-9 -]{1,9}"$/,
  id: /^"(?!\d{4,8}"$)[A-Za-z0-9][A-Za-z0-9._:~=+-]{0,63}"$/,
  url: /^"https:\/\/img\.example\/[!-~]{0,400}"$/,
  text: /^"(?:[^\p{Cc}\p{Cs}\p{Co}"\\]|\\["\\])*"$/u,
};
const samples: { readonly [Name in PlainLeaf["leaf"]]: Extract<PlainLeaf, { leaf: Name }> } = {
  date: { leaf: "date" },
  dates: { leaf: "dates" },
  time: { leaf: "time" },
  money: { leaf: "money" },
  decimal: { leaf: "decimal" },
  integer: { leaf: "integer" },
  boolean: { leaf: "boolean" },
  last4: { leaf: "last4" },
  expiry: { leaf: "expiry" },
  currency: { leaf: "currency" },
  country: { leaf: "country" },
  postcode: { leaf: "postcode" },
  id: { leaf: "id", max: 64 },
  url: { leaf: "url", of: ["https://img.example"] },
  text: { leaf: "text", max: 80 },
};
const names = Object.keys(samples) as PlainLeaf["leaf"][];

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));
const day = fc.tuple(
  fc.integer({ min: 1890, max: 2110 }),
  fc.integer({ min: 0, max: 13 }),
  fc.integer({ min: 0, max: 32 }),
);
const two = (value: number) => String(value).padStart(2, "0");
const iso = day.map(([year, month, date]) => `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`);
const slashed = day.map(([year, month, date]) => `${month}/${date}/${year}`);
const long = day.map(([year, month, date]) => `${["Jan", "Sept", "December", "Foo"][month % 4]} ${date}, ${year}`);
const clock = fc
  .tuple(
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.constantFrom("", ":07", ":61", ":07.123456"),
  )
  .map(([hours, minutes, rest]) => `${two(hours)}:${two(minutes)}${rest}`);
const zone = fc.constantFrom("Z", "+14:00", "-0930", "", "+99:00");
const amount = fc
  .tuple(
    fc.constantFrom("", "-", "(", "$", "-$", "($", "€", "$-"),
    fc.constantFrom("0", "85", "1,042", "1042", "999,999,999", "1,04"),
    fc.constantFrom("", ".00", ".17", ".5"),
    fc.constantFrom("", ")"),
  )
  .map((parts) => parts.join(""));
/** What sites write, nearly what sites write, and anything else that JSON can hold. */
const told = fc.oneof(
  iso,
  slashed,
  long,
  fc.tuple(iso, clock, zone).map(([date, time, where]) => `${date}T${time}${where}`),
  fc.tuple(slashed, slashed).map((both) => both.join(" - ")),
  fc.tuple(iso, long),
  amount,
  digits(1, 20),
  fc.constantFrom(
    "USD",
    "usd",
    "ZZZ",
    "US",
    "XX",
    "EU",
    "08/29",
    "08/2029",
    "2029-08",
    "13/29",
    "98101",
    "sw1a 1aa",
    " K1A 0B1",
  ),
  fc.webUrl(),
  fc.webPath().map((path) => `https://img.example${path}?token=1#a`),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(Number.POSITIVE_INFINITY, -0, 2 ** 53, -(2 ** 60), 999_999_999.999, 85.5, 3002.9999999999995),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(
      "\u200d",
      "\u202e",
      "\u0007",
      "\ud800",
      "\ue000",
      "é",
      "e\u0301",
      " ",
      "\n",
      "9",
      "👩",
      "\u3000",
      "\ufeff",
    ),
    maxLength: 200,
  }),
  fc.jsonValue(),
);

test.each(names)("what is written of a %s has its format, and is written the same again", (name) => {
  expect(leaf.safeParse(samples[name]).success).toBe(true);
  let written = 0;
  fc.assert(
    fc.property(told, (value) => {
      const out = writeLeaf(samples[name], value);
      if (out === undefined) return;
      written += 1;
      expect(JSON.stringify(out)).toMatch(formats[name]);
      expect(writeLeaf(samples[name], out)).toEqual(out);
      expect(fitsLeaf(samples[name], out)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(written).toBeGreaterThan(0);
});

test("a value that does not stand as it is written does not fit", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), told, (name, value) => {
      const fits = fitsLeaf(samples[name], value);
      expect(fits).toBe(
        JSON.stringify(writeLeaf(samples[name], value)) === JSON.stringify(value) && !Object.is(value, -0),
      );
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["date", "2026-11-04T17:30:00-05:00", "2026-11-04"],
  ["date", "11/4/2026", "2026-11-04"],
  ["date", "Nov 4, 2026", "2026-11-04"],
  ["date", "Sept. 4, 2026", "2026-09-04"],
  ["date", "2026-02-29", undefined],
  ["date", "2028-02-29", "2028-02-29"],
  ["date", "2026-04-31", undefined],
  ["date", "13/01/2026", undefined],
  ["date", "1899-12-31", undefined],
  ["date", "2026-11-04Tnoon", undefined],
  ["date", 20261104, undefined],
  ["dates", "10/05/2026 - 11/04/2026", ["2026-10-05", "2026-11-04"]],
  ["dates", "10/05/2026", undefined],
  ["time", "2026-11-04T23:30:00.123-01:30", "2026-11-05T01:00:00Z"],
  ["time", "2026-11-04T17:30:00", undefined],
  ["time", "2026-02-31T10:00:00Z", undefined],
  ["money", "$1,042.17", "1042.17"],
  ["money", "($5.00)", "-5.00"],
  ["money", "(-$5.00)", undefined],
  ["money", "-$0.00", "0.00"],
  ["money", 85.5, "85.50"],
  ["money", 0, "0.00"],
  ["money", 85, undefined],
  ["money", "85", undefined],
  ["money", 999_999_999.999, undefined],
  ["decimal", 3002.9999999999995, 3003],
  ["decimal", Number.POSITIVE_INFINITY, undefined],
  ["integer", -0, 0],
  ["integer", 1.5, undefined],
  ["last4", "4242", "4242"],
  ["last4", 4242, undefined],
  ["expiry", "2029-08", "08/29"],
  ["currency", "ABC", undefined],
  ["postcode", "sw1a  1aa", "SW1A 1AA"],
  ["id", 2 ** 53, undefined],
  ["id", 2 ** 53 - 1, "9007199254740991"],
  ["id", "123456", undefined],
  ["id", "pm_1001", "pm_1001"],
  ["id", "a/b", undefined],
  ["url", "https://img.example/a.png?sig=1", "https://img.example/a.png"],
  ["url", "https://user:pw@img.example/a.png", undefined],
  ["url", "https://img.example.evil/a.png", undefined],
  ["text", "  👨‍👩‍👧 diner\u202e \n", "👨‍👩‍👧 diner"],
  ["text", "Order 1234567, table 12", "Order #, table 12"],
  ["text", 7, undefined],
] as const)("%s of %j is %j", (name, value, expected) => {
  expect(writeLeaf(samples[name], value)).toEqual(expected);
});

test("options of leaves", () => {
  expect(writeLeaf({ leaf: "date", order: "dmy" }, "4/11/2026")).toBe("2026-11-04");
  expect(writeLeaf({ leaf: "money", places: 0 }, "¥1,042")).toBe("1042");
  expect(writeLeaf({ leaf: "money", places: 0 }, 10.5)).toBe(undefined);
  expect(writeLeaf({ leaf: "money", places: 3 }, "1.250")).toBe("1.250");
  expect(writeLeaf({ leaf: "integer", min: 1, max: 5 }, 6)).toBe(undefined);
  expect(writeLeaf({ leaf: "id", max: 8, digits: true }, 123_456)).toBe("123456");
  expect(writeLeaf({ leaf: "id", max: 3 }, "abcd")).toBe(undefined);
  expect(writeLeaf({ leaf: "text", max: 4 }, "👨‍👩‍👧 diner")).toBe("👨‍👩");
  expect(writeLeaf({ leaf: "text", max: 20, blank: null }, " \u200b ")).toBe(null);
  expect(writeLeaf({ leaf: "text", max: 20, digits: true }, "1234567")).toBe("1234567");
});

test.each([
  { leaf: "json" },
  { leaf: "text" },
  { leaf: "text", max: 501 },
  { leaf: "id", max: 65 },
  { leaf: "date", format: "x" },
  { leaf: "same", argument: "a b", as: "text" },
])("%j is no leaf", (value) => {
  expect(leaf.safeParse(value).success).toBe(false);
});
