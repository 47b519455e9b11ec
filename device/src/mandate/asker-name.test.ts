import fc from "fast-check";
import { expect, test } from "vitest";
import { askerName } from "./asker-name.ts";

const allowed = new Set(" &+-–—.,()/!?@#:*_%™®©·・");

test("whatever character of Unicode is put after or around a name, none that could end its quotation is left", () => {
  const left: string[] = [];
  for (let code = 0; code < 0x110000; code++) {
    const one = String.fromCodePoint(code).normalize("NFC");
    if (/\p{C}/u.test(one)) continue;
    const isPart = /[\p{L}\p{N}]/u.test(one) || allowed.has(one);
    for (const name of [`Acme${one}`, `Acme ${one}`, `${one}${one} Acme`])
      if (!isPart && /[^ A-Za-z\p{M}]/u.test(askerName(name).normalize("NFD"))) left.push(code.toString(16));
  }
  expect(left).toEqual([]);
});

test.each([..."\"'`´¨“”„‟‘’‚‛«»‹›❛❜❝❞❟❠❮❯〝〞〟＂＇′″‴⁗‵‶ʹʺʻʼʽˈˊˮ˝״׳ײߴߵᐦᑊᛌꞌ🙶🙷🙸「」『』⹂⸃"])(
  "%s does not end a quotation",
  (quote) => {
    for (const name of [`Acme${quote}`, `Acme${quote}${quote}`, `Acme ${quote} x ${quote}`, `${quote}Acme`])
      expect(askerName(name)).toMatch(/^Acme( x)?$/);
  },
);

test("of any text with quotes in it, one apostrophe between two letters is the most that is left of them", () => {
  const parts = fc.constantFrom(
    "a",
    "é",
    "7",
    " ",
    "\u0301",
    "\u030e",
    "'",
    "’",
    '"',
    "”",
    "❞",
    "″",
    "\u200b",
    "\u202e",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (texts) => {
      const name = askerName(texts.join(""));
      expect(name.replace(/(?<=[\p{L}\p{M}\p{N}])['’](?=[\p{L}\p{N}])/gu, "")).toMatch(/^[\p{L}\p{M}\p{N} …]*$/u);
      expect(name).not.toMatch(/(?<![\p{L}\p{M}\p{N}])\p{M}/u);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "McDonald's",
  "Ben & Jerry’s (Vermont), Inc.",
  "マクドナルド・ジャパン",
  "Crédit Agricole",
  "ธนาคารกรุงเทพ",
  "E*TRADE",
  "אבג 123",
  "स्टेट बैंक",
])("%s stays as it is", (name) => expect(askerName(name)).toBe(name.normalize("NFC")));
