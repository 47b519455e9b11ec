import type { Shape } from "@passage/protocol/reads/shape";
import { expect, test } from "vitest";
import { Egress } from "./gate.ts";
import { PrivatePhase } from "./private-phase.ts";
import { batchShape, readShape } from "./shapes.ts";

const object = (properties: Record<string, Shape>): Shape => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});
/** A read whose one datum has the leaf. */
const reading = (leaf: Shape) => object({ bills: { type: "array", maxItems: 9, items: object({ it: leaf }) } });

/** What becomes of a read's datum when the person has typed the value. */
function sent(typed: string, leaf: Shape, it: unknown, inBatch = false): unknown {
  const egress = new Egress(new PrivatePhase(() => "https://a.example/"));
  const frames: { result?: unknown; error?: { code: string } }[] = [];
  egress.attach((text) => frames.push(JSON.parse(text)) > 0);
  egress.secrets.addTyped("the PIN", typed);
  const result = { status: "ok", data: { bills: [{ it }, { it }] } };
  const shape = readShape(reading(leaf));
  const whole = inBatch ? { results: [{ result }] } : result;
  egress.send({ type: "client.command_response", id: "c", result: whole }, inBatch ? batchShape([shape]) : shape);
  return frames[0]?.error?.code ?? (JSON.stringify(frames[0]?.result) === JSON.stringify(whole) ? "sent" : frames[0]);
}

test.each<[string, Shape, unknown]>([
  ["4821", { leaf: "last4" }, "4821"],
  ["4821", { leaf: "integer" }, 4821],
  ["4821", { leaf: "decimal" }, 4821],
  ["4821", { orNull: { leaf: "integer" } }, 4821],
  ["4821", { anyOf: [{ leaf: "integer" }, { type: "null" }] }, 4821],
  ["plans", { enum: ["plans", "bills"] }, "plans"],
  ["4821", { leaf: "money" }, "48.21"],
])("a short typed value (%s) does not refuse %j", (typed, leaf, it) => {
  expect(sent(typed, leaf, it)).toBe("sent");
  expect(sent(typed, leaf, it, true)).toBe("sent");
});

test.each<[string, Shape, unknown]>([
  ["4821", { leaf: "text", max: 80 }, "4821"],
  ["a7k2q", { leaf: "id", max: 20 }, "a7k2q"],
  ["a7k2q", { anyOf: [{ leaf: "integer" }, { leaf: "id", max: 20 }] }, "a7k2q"],
  ["94107", { leaf: "postcode" }, "94107"],
  ["48213", { orNull: { leaf: "text", max: 80 } }, "48 213"],
  // Six characters are no accident any more.
  ["730162", { leaf: "integer" }, 730162],
  ["swordfish9", { enum: ["swordfish9"] }, "swordfish9"],
])("a typed value (%s) refuses %j", (typed, leaf, it) => {
  expect(sent(typed, leaf, it)).toBe("blocked_secret");
  expect(sent(typed, leaf, it, true)).toBe("blocked_secret");
});
