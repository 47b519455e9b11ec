import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeControls, table } from "./print.ts";

/** What a terminal or a bidirectional text layout acts upon, by Unicode's own names, so that the door's list is not compared with itself. */
const acts = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

const hostileText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u001b[2J", "\u009b31m", "\u202e", "\u2066", "\u2028", "\u007f", "\n", "\r", "\\", '"', "é", "𝕏"),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
});

test("[R1] nothing that a terminal acts upon is printed, whatever the text", () => {
  fc.assert(fc.property(hostileText, (text) => !acts.test(escapeControls(text))));
  expect(escapeControls("\u001b[40A\u001b[J over\u202e\n")).toBe("\\u001b[40A\\u001b[J over\\u202e\\n");
});

test("[R1] JSON that was escaped is JSON of the same value", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (name, value) => {
      expect(JSON.parse(escapeControls(JSON.stringify({ [name]: [value] })))).toEqual({ [name]: [value] });
    }),
  );
});

test("[R1] a table stays aligned, one line per row, with escapes in its cells", () => {
  const lines = table(
    ["NAME", "STATE"],
    [
      ["plain", "on"],
      ["\u001b[2J\n", "off"],
    ],
  );
  expect(lines).toEqual(["NAME         STATE", "plain        on", "\\u001b[2J\\n  off"]);
});
