import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alphanumeric, choices, chooser, password, token } from "../../test/arbitraries.ts";
import { type Encoder, encoders } from "../../test/encoders.ts";
import { Secrets } from "./secrets.ts";
import { Taint } from "./taint.ts";
import { looksRandom } from "./token-like.ts";

function watching(...values: string[]): Taint {
  const secrets = new Secrets();
  for (const value of values) secrets.addTyped("the secret", value);
  return new Taint(secrets);
}
const finds = (taint: Taint, payload: unknown) => taint.find(payload, "answer", { again: true }).length > 0;
const encode = (name: string) => encoders[name] as Encoder;

const surroundings = fc.constantFrom(
  "",
  "<p class=row>Your bill of $12.00 is due&nbsp;on 2026-11-21</p>",
  '{"ok":true,"items":[1,2,3]} ',
  "https://account.example/billing?id=5%20x ",
  "Größe — naïve: 12 € ",
);
const names = Object.keys(encoders);
const encoded = names.filter((name) => /base64|hex/i.test(name));

describe("a secret is found", () => {
  test.each(names)("%s, at any place", (name) => {
    const property = fc.property(
      fc.oneof(password, token),
      surroundings,
      surroundings,
      choices,
      (secret, before, after, stream) =>
        finds(watching(secret), { html: `${before} ${encode(name)(secret, chooser(stream))} ${after}` }),
    );
    fc.assert(property, { numRuns: 60 });
  });

  test.each(names)("%s of any other encoding", (outer) => {
    const inner = fc.constantFrom(...names);
    const property = fc.property(fc.oneof(password, token), inner, choices, (secret, name, stream) => {
      const choose = chooser(stream);
      return finds(watching(secret), { value: ["ok", encode(outer)(encode(name)(secret, choose), choose)] });
    });
    fc.assert(property, { numRuns: 100 });
  });

  test.each(["json", "url", "html names", "base64", "hex"])("%s twice, thrice", (name) => {
    const property = fc.property(password, choices, (secret, stream) => {
      const once = (text: string) => encode(name)(text, chooser(stream));
      const taint = watching(secret);
      return finds(taint, once(once(secret))) && finds(taint, once(once(once(secret))));
    });
    fc.assert(property, { numRuns: 40 });
  });

  test.each(["base64", "base64url", "hex"])("a code backwards in %s", (name) => {
    const property = fc.property(fc.stringMatching(/^[1-9]\d{5}$/), surroundings, choices, (code, around, stream) => {
      const backwards = encode("reversed")(code, () => 0);
      return finds(watching(code), { text: `${around} ${encode(name)(backwards, chooser(stream))} ${around}` });
    });
    fc.assert(property, { numRuns: 100 });
  });

  test.each(names)("a code in %s, with spaces between, beside a digit that a space parts from it", (name) => {
    const sign = fc.constantFrom(" ", "-");
    const code = fc.stringMatching(/^[1-9]\d{5}$/);
    const property = fc.property(code, sign, fc.nat(9), fc.nat(99), choices, (digits, gap, before, after, stream) => {
      const spaced = [...encode(name)(digits, chooser(stream))].join(gap);
      const texts = [before + gap + spaced, spaced + gap + after, before + gap + spaced + gap + after];
      for (const text of texts) expect(finds(watching(digits), { text }), text).toBe(true);
    });
    fc.assert(property, { numRuns: 100 });
  });

  test.each([
    ["0997", "0 \0 9 \0 9 \0 7&"],
    ["8697", "-78 \0 6 \0 9 \0 7.5"],
    ["2318", "f2\0\0\x003\0\0\x001\0\0\x008-7"],
  ])("the short code %s with signs between twice", (code, text) => expect(finds(watching(code), { text })).toBe(true));

  test.each([
    ["767867", "3-0-x-3-7-,- -0-x-3-6-,- -0-x-3-7-,- -0-x-3-8-,- -0-x-3-6-,- -0-x-3-7-31"],
    ["883510", "7-0-x-3-8-,- -0-x-3-8-,- -0-x-3-3-,- -0-x-3-5-,- -0-x-3-1-,- -0-x-3-0-37"],
    ["AK#3@-w4", "9,6 \0 4 1 4 b 2 3 3 3 4 0 2 d 7 7 3 4 7\x003"],
  ])("%s in spaced hex with digits around it", (secret, text) => expect(finds(watching(secret), { text })).toBe(true));

  test("hex of hex that ends in a 0 before an X", () => {
    const secret = "ппппппппр";
    const twice = encode("HEX")(
      encode("HEX")(secret, () => 0),
      () => 0,
    );
    for (const [before, after] of [
      ["", " X"],
      ["x", "x"],
      ["0x41, 0x42 x ", " x 0x41"],
    ])
      expect(finds(watching(secret), { text: `${before}${twice}${after}` }), `${before}…${after}`).toBe(true);
  });

  test("base64 of letters above ASCII with signs between them, wherever a group begins", () => {
    for (const secret of ["p_@Oztbn+FPD3", "k.@CnqY+h>ncnTlnq8", "p_@q:;r+-s!?t.,u--v;;w", "ab--cd..ef--gh"])
      for (const before of ["", "x", "x:", "x: "])
        for (const letters of ["bold letters", "wide letters", "with marks"]) {
          const text = Buffer.from(before + encode(letters)(secret, () => 0)).toString("base64");
          expect(finds(watching(secret), { value: text }), `${letters} of ${secret} after "${before}"`).toBe(true);
        }
  });

  test("in letters of other scripts", () => {
    for (const name of [
      "plain",
      "json \\u",
      "html hex",
      "url",
      "url in part",
      "base64",
      "base64, one on",
      "hex",
      "reversed",
      "dashes",
    ])
      expect(finds(watching("пароль-größe9"), encode(name)("пароль-größe9", Math.random)), name).toBe(true);
  });

  test("whose letters take more than a byte each, in base64 and hex", () => {
    for (const name of encoded)
      expect(finds(watching("AVFgAVA5"), encode(name)("ÁVFgÁVÁ5", Math.random)), name).toBe(true);
  });

  test.each(["b_1774", "p.42x", "17-74"])("short, with a sign in it, where it is the whole of a value: %s", (typed) => {
    for (const payload of [{ id: typed }, { html: `<td>${typed}</td>` }, { html: `x "${typed}" y` }])
      expect(finds(watching(typed), payload), JSON.stringify(payload)).toBe(true);
    expect(finds(watching("1774"), { amount: "$17.74", more: "1774.00" })).toBe(false);
  });

  test("made of signs alone", () => {
    const signs = `!@#$%^&*()`;
    for (const name of [
      "plain",
      "json",
      "json \\u",
      "html decimal",
      "url",
      "url in full",
      "base64",
      "base64, two on",
      "hex",
      "reversed",
    ])
      expect(finds(watching(signs), { text: `x ${encode(name)(signs, Math.random)} y` }), name).toBe(true);
    expect(finds(watching(signs), "!@#$%^& *()")).toBe(false);
  });
});

describe("a secret that is split is found", () => {
  const pieces = (secret: string, size: number) => secret.match(new RegExp(`.{1,${size}}`, "gs")) as string[];
  const sizes = fc.integer({ min: 1, max: 7 });

  test("over fields, elements, keys and character codes of one message", () => {
    const property = fc.property(fc.oneof(password, token), sizes, (secret, size) => {
      const parts = pieces(secret, size);
      const taint = watching(secret);
      const ways = [
        parts,
        parts.map((part) => [{ part }]),
        Object.fromEntries(parts.map((part, index) => [`n${index}`, part])),
        parts
          .map((part, index) => ({ [`${index}_`.repeat(0) + part]: index }))
          .map((one) => ({ deeper: one }))
          .map(({ deeper }) => deeper),
        [...secret].map((one) => one.charCodeAt(0)),
        [...secret].map((one) => ({ code: one.charCodeAt(0), about: "x" })),
        [...parts].reverse().map((part) => [...part].reverse().join("")),
      ];
      return ways.every((way) => finds(taint, { value: way }));
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("over messages: the one that completes it is refused", () => {
    const property = fc.property(
      password,
      sizes,
      fc.constantFrom("plain", "base64", "hex", "reversed"),
      (secret, size, name) => {
        const taint = watching(secret);
        const parts = pieces(encode(name)(secret, Math.random), size);
        const refused = parts.findIndex((part) => taint.find({ text: part }, "answer").length > 0);
        return refused >= 0;
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  test("over messages as keys or numbers, but not over kinds of messages", () => {
    const taint = watching("hunter22", "730162");
    expect(taint.find({ hunt: 1 }, "answer")).toEqual([]);
    expect(taint.find({ er22: 2 }, "answer")).toEqual(["the secret"]);
    const digits = [7, 3, 0, 1, 6, 2].map((digit) => taint.find({ value: digit }, "answer").length);
    expect(digits).toEqual([0, 0, 0, 0, 0, 1]);
    expect(taint.find({ url: "/hunt" }, "event")).toEqual([]);
    expect(taint.find({ text: "er22" }, "answer")).toEqual([]);
  });

  test("a message that is sent again is not taken for two", () => {
    const taint = watching("hunthunt");
    expect(taint.find({ text: "hunt" }, "answer")).toEqual([]);
    expect(taint.find({ text: "hunt" }, "answer", { again: true })).toEqual([]);
    expect(taint.find({ text: "hunt" }, "answer")).toEqual(["the secret"]);
  });
});

describe("a part of a random secret is found", () => {
  test("twelve characters of it, in any encoding of the list", () => {
    const property = fc.property(
      token.filter(looksRandom),
      fc.nat(),
      fc.constantFrom(...names),
      choices,
      (secret, from, name, stream) => {
        const letters = secret.replace(/[^A-Za-z0-9]/g, "");
        const start = from % (letters.length - 13);
        // Base64 shows the characters in the middle of a piece only.
        const part = letters.slice(start, start + (encoded.includes(name) ? 14 : 12));
        return finds(watching(letters), { text: encode(name)(part, chooser(stream)) });
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("half of a shorter one; nothing less, and no part of a password", () => {
    const taint = watching("aB3dE6gH9jK2mN5p", "correct horse battery");
    expect(finds(taint, "x aB3dE6gH y")).toBe(true);
    expect(finds(taint, "x aB3dE6g y")).toBe(false);
    expect(finds(taint, "horse battery")).toBe(false);
    expect(finds(taint, "correct-horse-battery")).toBe(true);
  });
});

describe("odd payloads", () => {
  test("of any JSON value are searched without an error", () => {
    const taint = watching("hunter2hunter2");
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.string({ unit: "binary" }), (value, text) => {
        expect(taint.find({ value, text }, "answer")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("ten thousand levels deep, with lone surrogates, NULs and broken escapes around the secret", () => {
    let deep: unknown = { password: "hunter2hunter2" };
    for (let depth = 0; depth < 10_000; depth++) deep = depth % 2 ? [deep] : { deep };
    expect(finds(watching("hunter2hunter2"), deep)).toBe(true);
    for (const odd of ["\ud800", "\udc00\ud800", "\0\0", "\\", "%", "&#;", "=====", "\u{1f600}", "\u0301", "\ufffd"])
      expect(finds(watching("hunter2hunter2"), `${odd}hunter2${odd}hunter2${odd}`), JSON.stringify(odd)).toBe(true);
    for (const odd of ["\\u12", "\\u{", "%G1", "&#x;", "&amp", "0x", "\\x", "%u00"])
      expect(finds(watching("hunter2hunter2"), `${odd}hunter2hunter2${odd}`), odd).toBe(true);
  });

  test("a payload that is full of the secret is no slower than a harmless one", () => {
    const taint = watching("hunter2hunter2", "aB3dE6gH9jK2mN5pQ8sT");
    const time = (payload: unknown) => {
      const times = Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        taint.find(payload, "answer", { again: true });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      });
      return Math.min(...times);
    };
    const harmless = time("Your bill, line".repeat(30_000));
    expect(time("hunter2hunter2 ".repeat(30_000))).toBeLessThan(10 * harmless + 20);
    expect(time("hunter2hunter".repeat(35_000))).toBeLessThan(10 * harmless + 20);
  });
});

test("random texts hold no secret", () => {
  const taint = watching("hunter2hunter2", "730162", "4821");
  const text = fc.array(fc.oneof(alphanumeric, fc.constantFrom(..." .,-/:%&\\;=")), { maxLength: 2_000 });
  const property = fc.property(text, (characters) => !finds(taint, { text: `x${characters.join("")}` }));
  fc.assert(property, { numRuns: 200 });
});

describe("what left before it was known as a secret", () => {
  const value = "q7Zk2mVw9Tr4Xb8LpD3n";
  const told = (taint: Taint, payload: unknown) => taint.find(payload, "answer");

  test("a token that left in the clear is not held back later on, and nothing else is for it", () => {
    const secrets = new Secrets();
    const taint = new Taint(secrets);
    expect(told(taint, { id: value })).toEqual([]);
    secrets.addToken("the cookie", value);
    for (let times = 0; times < 3; times++) expect(told(taint, { title: "Your orders" })).toEqual([]);
    expect(told(taint, { id: value })).toEqual([]);
    secrets.addToken("another", `${value}q`.toLowerCase());
    secrets.addToken("a new one", "Hy5Gc1Jf6Ns0Ke7WuQ2a");
    expect(told(taint, { id: "Hy5Gc1Jf6Ns0Ke7WuQ2a" })).toEqual(["a new one"]);
  });

  test("one of which only a part left is held back, and nothing else is for it", () => {
    const secrets = new Secrets();
    const taint = new Taint(secrets);
    told(taint, { id: value.slice(0, 14) });
    secrets.addToken("the cookie", value);
    expect(told(taint, { title: "Your orders" })).toEqual([]);
    expect(told(taint, { id: value })).toEqual(["the cookie"]);
  });

  test("a page full of guesses frees none of what a person types, nor a code", () => {
    const secrets = new Secrets();
    const taint = new Taint(secrets);
    told(taint, { guesses: ["correct horse", "482913", "Tr0ub4dor&3x9Q"] });
    secrets.addTyped("the password", "correct horse");
    secrets.addTyped("the passcode", "Tr0ub4dor&3x9Q");
    secrets.addToken("the code", "482913");
    expect(told(taint, { title: "Your orders" })).toEqual([]);
    for (const guess of ["correct horse", "482913", "Tr0ub4dor&3x9Q"]) expect(told(taint, { guess })).toHaveLength(1);
  });
});
