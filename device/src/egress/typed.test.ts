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
  ["https://a.example/in?page=2", "https://a.example/in?page=2"],
])("an address with something that was typed is matched without it: %s", (address, seen) => {
  expect(typed().typed.matchable(address, false)).toBe(seen);
});

test("in a private phase addresses lose what may be secret, typed or not", () => {
  expect(typed().typed.matchable("https://a.example/cb?code=8271ab9912&ok=true", true)).toBe(
    "https://a.example/cb?code=&ok=true",
  );
});
