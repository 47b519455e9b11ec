import { expect, test } from "vitest";
import { MessageDescriptions } from "./describe-message.ts";

test("a request is noted whatever its batch holds", () => {
  const descriptions = new MessageDescriptions(() => "about:blank");
  const strange = [null, 1, "x", {}, { command: 7 }, { command: { toString: 1, valueOf: 1 } }];
  for (const commands of [...strange.map((one) => [one]), strange, "no list", null])
    expect(() =>
      descriptions.asked({ type: "server.command", id: "b", command: "batch", params: { commands } } as never),
    ).not.toThrow();
});
