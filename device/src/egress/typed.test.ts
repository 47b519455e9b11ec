import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { Secrets } from "./secrets.ts";
import { Typed } from "./typed.ts";

function typed(): { secrets: Secrets; typed: Typed } {
  const secrets = new Secrets();
  secrets.addTyped("the password", "swordfish9");
  secrets.addToken("cookie sid", "x7Kq92LmPz04RtYw");
  return { secrets, typed: new Typed(secrets) };
}

test.each([
  ["it says swordfish9", true],
  ["c3dvcmRmaXNoOQ==", true],
  ["%73wordfish9", true],
  ["swordfish", false],
  ["x7Kq92LmPz04RtYw", false],
  ["", false],
])("%s: %s", (text, holds) => {
  expect(typed().typed.holds(text)).toBe(holds);
});

test("what is being typed counts, and what was typed later", () => {
  const { secrets, typed: watched } = typed();
  expect(watched.holds("marlin 42")).toBe(false);
  secrets.typing("f1", "the password", "marlin 42");
  expect(watched.holds("?p=marlin%2042")).toBe(true);
  secrets.settle();
  expect(watched.holds("marlin 42")).toBe(true);
});

test.each([
  ["https://a.example/in?p=swordfish9&page=2", "https://a.example/in"],
  ["https://a.example/in#swordfish9", "https://a.example/in"],
  ["https://a.example/in/swordfish9?x=1", "https://a.example"],
  ["https://a.example/in?ref=x7Kq92LmPz04RtYw", "https://a.example/in"],
  ["https://a.example/in?code=h7Kq2Zp9Wm4Xv8Rt&ok=1", "https://a.example/in?code=&ok=1"],
  ["https://a.example/in?page=2", "https://a.example/in?page=2"],
])("an address that is told is matched without secrets: %s", (address, seen) => {
  expect(typed().typed.matchable(address, "whole")).toBe(seen);
});

test.each([
  [
    "open",
    "https://a.example/o/12345678/x?code=wordy&ok=true#/bills",
    "https://a.example/o/12345678/x?code=&ok=true#/bills",
  ],
  ["private", "https://a.example/o/12345678/x?code=wordy&ok=true", "https://a.example/o/00000000/x?code=&ok=true"],
  ["private", "https://a.example/reset/h7Kq2Zp9Wm4Xv8Rt#tab=bills", "https://a.example/reset/:id#tab=bills"],
  [
    "private",
    "https://a.example/?h7Kq2Zp9Wm4Xv8Rt=1&sortBy=billDate&id=6",
    "https://a.example/?=1&sortBy=billDate&id=6",
  ],
] as const)("what is withheld of an address is not matched (%s): %s", (how, address, seen) => {
  expect(typed().typed.matchable(address, how)).toBe(seen);
});

test("a body is asked about as a read would tell it", () => {
  const watched = typed().typed;
  expect(watched.told('{"sid":"x7Kq92LmPz04RtYw","ok":true}')).toBe('{"sid":"[masked]","ok":true}');
  expect(watched.told('{"echo":"swordfish9"}')).toBeNull();
  expect(watched.told("bills")).toBe("bills");
});

const rows = ["letters", "hex", "base64url", "digits"] as const;
/** Random secrets of so many signs, all of one kind. */
function secretOf(kind: (typeof rows)[number], length: number): string {
  const signs = {
    letters: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    hex: "0123456789abcdef",
    digits: "0123456789",
  };
  const of = kind === "base64url" ? `${signs.letters}0123456789-_` : signs[kind];
  return Array.from({ length }, () => of[randomInt(of.length)]).join("");
}

test.each(rows.flatMap((kind) => [6, 16, 24].map((length) => [kind, length] as const)))(
  "no pattern tells two codes of %s apart, %i of them, wherever the address is withheld",
  (kind, length) => {
    const watched = typed().typed;
    for (let run = 0; run < 100; run++) {
      const codes = [secretOf(kind, length), secretOf(kind, length)];
      for (const at of ["/cb?code=*&ok=true", "/cb?next=a&token=*", "/cb#access_token=*", "/cb?page=2&otp=*"])
        for (const how of ["open", "private"] as const) {
          const [one, two] = codes.map((code) => watched.matchable(`https://a.example${at.replace("*", code)}`, how));
          expect(one).toBe(two);
        }
    }
  },
);

test.each(["hex", "base64url", "digits"] as const)("nor those of %s under any other name", (kind) => {
  const watched = typed().typed;
  for (let run = 0; run < 100; run++)
    for (const at of ["/cb?q=*", "/cb#*", "/cb?*=1", "/cb#/in/*"]) {
      const [one, two] = [20, 20].map((length) =>
        watched.matchable(`https://a.example${at.replace("*", `1a2b3${secretOf(kind, length)}`)}`, "open"),
      );
      expect(one).toBe(two);
    }
});
