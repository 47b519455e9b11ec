import { expect, test } from "vitest";
import { ReadMemory } from "./read-memory.ts";

test.each(["Ada O’Byron-Łukasz", "على\u200cرضا", "क्\u200dष", "any words, 漢字", "e\u0301"])(
  "an argument may be %j",
  (value) => {
    expect(() => new ReadMemory().bind("name", value)).not.toThrow();
  },
);

const marks = [
  ..."\n\r\t\u0000\u001b\u007f\u0085\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2028\u2029",
];
const more = [..."\u2060\u2064\u2066\u2800\u3164\ufe0f\ufeff\uffa0\u{e0041}\u{e0100}\u{1d173}\ue000"];
test.each([...marks, ...more])(
  "an argument with %j is refused, typed or sent, and the error has none of it",
  (mark) => {
    const value = `1 Main${mark} Street`;
    const memory = new ReadMemory();
    const refused = { code: "invalid_params", message: expect.not.stringContaining("Main") };
    expect(() => memory.bind("street", value)).toThrow(expect.objectContaining(refused));
    expect(() => memory.param("street", { argument: "street" }, value)).toThrow(expect.objectContaining(refused));
    expect(memory.argument("street")).toBe(undefined);
  },
);
