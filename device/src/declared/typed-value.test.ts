import { expect, test } from "vitest";
import { demandKind } from "./typed-value.ts";

type Kind = Parameters<typeof demandKind>[0];

const kept: readonly [Kind, string][] = [
  ["cc-number", "4242424242424242"],
  ["cc-number", "3782 822463 10005"],
  ["cc-number", "4242-4242-4242-4242"],
  ["cc-exp", "08/29"],
  ["cc-exp", "08/2029"],
  ["cc-csc", "123"],
  ["cc-csc", "1234"],
  ["postal-code", "98101"],
  ["postal-code", "SW1A 1AA"],
  ["cc-name", "Ada O’Byron-Łukasz"],
  ["cc-name", "على‌رضا"],
  ["address", "1 Main St., Apt #4"],
  ["other", "any words, 漢字"],
];
test.each(kept)("a field of the kind %s takes %s", (kind, value) => {
  expect(() => demandKind(kind, value)).not.toThrow();
});

const refused: readonly [Kind, string][] = [
  ["cc-number", "4242424242"],
  ["cc-number", "42424242424242424242"],
  ["cc-number", "4242 4242 4242 4242 and more"],
  ["cc-number", "４２４２424242424242"],
  ["cc-exp", "13/29"],
  ["cc-exp", "a secret"],
  ["cc-csc", "12"],
  ["cc-csc", "12a"],
  ["postal-code", "a whole sentence of text"],
];
test.each(refused)("a field of the kind %s does not take %j, and the error has none of it", (kind, value) => {
  const message = () => {
    try {
      demandKind(kind, value);
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(message()).toContain(`of the kind ${kind}`);
  expect(message()).not.toContain(value);
});
