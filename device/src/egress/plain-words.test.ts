import { expect, test } from "vitest";
import { PlainWords } from "./plain-words.ts";

test("a request is noted whatever its batch holds", () => {
  const words = new PlainWords(() => "about:blank");
  const strange = [null, 1, "x", {}, { command: 7 }, { command: { toString: 1, valueOf: 1 } }];
  for (const commands of [...strange.map((one) => [one]), strange, "no list", null])
    expect(() =>
      words.asked({ type: "server.command", id: "b", command: "batch", params: { commands } } as never),
    ).not.toThrow();
});
