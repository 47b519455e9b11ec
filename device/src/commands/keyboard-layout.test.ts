import { expect, test } from "vitest";
import { readKey } from "./keyboard-layout.ts";

test.each([
  ["a", { key: "a", code: "KeyA", keyCode: 65, text: "a", modifiers: [] }],
  ["A", { key: "A", code: "KeyA", keyCode: 65, text: "A", modifiers: [] }],
  ["KeyA", { key: "a", code: "KeyA", keyCode: 65, text: "a", modifiers: [] }],
  ["Shift+a", { key: "A", code: "KeyA", keyCode: 65, text: "A", modifiers: ["Shift"] }],
  ["Shift+Digit2", { key: "@", code: "Digit2", keyCode: 50, text: "@", modifiers: ["Shift"] }],
  ["Control+a", { key: "a", code: "KeyA", keyCode: 65, text: "", modifiers: ["Control"] }],
  ["ControlOrMeta+Shift+z", { key: "Z", code: "KeyZ", keyCode: 90, text: "", modifiers: ["Control", "Shift"] }],
  ["Enter", { key: "Enter", code: "Enter", keyCode: 13, text: "\r", modifiers: [] }],
  ["Shift+Enter", { key: "Enter", code: "Enter", keyCode: 13, text: "\r", modifiers: ["Shift"] }],
  ["Tab", { key: "Tab", code: "Tab", keyCode: 9, text: "", modifiers: [] }],
  ["ArrowDown", { key: "ArrowDown", code: "ArrowDown", keyCode: 40, text: "", modifiers: [] }],
  ["F5", { key: "F5", code: "F5", keyCode: 116, text: "", modifiers: [] }],
  [" ", { key: " ", code: "Space", keyCode: 32, text: " ", modifiers: [] }],
  ["+", { key: "+", code: "Equal", keyCode: 187, text: "+", modifiers: [] }],
  ["Control++", { key: "+", code: "Equal", keyCode: 187, text: "", modifiers: ["Control"] }],
  ["Shift", { key: "Shift", code: "ShiftLeft", keyCode: 16, text: "", modifiers: [] }],
])("%s", (written, stroke) => {
  expect(readKey(written, false)).toEqual(stroke);
});

test("ControlOrMeta is Meta on a Mac", () => {
  expect(readKey("ControlOrMeta+a", true).modifiers).toEqual(["Meta"]);
});

test.each(["Return", "a+b", "Control", "Ctrl+a", "ß", "toString"])("%s", (written) => {
  if (written === "Control") expect(readKey(written, false).key).toBe("Control");
  else expect(() => readKey(written, false)).toThrow("there is no key");
});
