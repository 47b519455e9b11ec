import type { Shape } from "@passage/protocol/reads/shape";
import { expect, test } from "vitest";
import { Egress, type EgressOptions } from "./gate.ts";
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
function sent(typed: string, leaf: Shape, it: unknown, inBatch = false, options: EgressOptions = {}): unknown {
  const egress = new Egress(new PrivatePhase(() => "https://a.example/"), options);
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

test.each<[string, string, string | undefined, string]>([
  ["a typed value", "730162", "730162", "blocked_secret"],
  ["a typed value among other signs", "swordfish9", "acc-swordfish9", "blocked_secret"],
  ["another value", "730162", "970418265", "sent"],
  // By chance: the device has made it.
  ["another value, of a code with a typed one in it", "1i3jqn", "970418265", "sent"],
  ["none of this device's", "1i3jqn", undefined, "blocked_secret"],
])("a code for an account that stands for %s", (_name, typed, id, outcome) => {
  const code = "acct_1i3jqnaqiwpd67ig7p52a6ln6";
  const idBehind = (given: string) => (given === code ? id : undefined);
  expect(sent(typed, { leaf: "accountId" }, code, false, { idBehind })).toBe(outcome);
});

test("a code for an account may stand for a cookie's value, which nobody finds by trying", () => {
  const egress = new Egress(new PrivatePhase(() => "https://a.example/"), { idBehind: () => "k7Qx92Lm04Zt" });
  const frames: { error?: object }[] = [];
  egress.attach((text) => frames.push(JSON.parse(text)) > 0);
  expect(egress.secrets.addStored("the cookie ban", "k7Qx92Lm04Zt")).toBe(true);
  const result = { status: "ok", data: { bills: [{ it: "acct_1i3jqnaqiwpd67ig7p52a6ln6" }] } };
  egress.send({ type: "client.command_response", id: "c", result }, readShape(reading({ leaf: "accountId" })));
  expect(frames).toMatchObject([{ result }]);
});

/** What becomes of a read whose data are these, each of the leaf, when the person has typed the value. */
function sentTogether(typed: string, leaf: Shape, ...data: unknown[]): unknown {
  const egress = new Egress(new PrivatePhase(() => "https://a.example/"));
  const frames: { error?: { code: string } }[] = [];
  egress.attach((text) => frames.push(JSON.parse(text)) > 0);
  egress.secrets.addTyped("the secret", typed);
  const shape: Shape = { type: "array", maxItems: 9, items: leaf };
  egress.send({ type: "client.command_response", id: "c", result: { status: "ok", data } }, readShape(shape));
  return frames[0]?.error?.code ?? "sent";
}

test.each<[string, Shape, unknown[]]>([
  ["20261104", { leaf: "date" }, ["2026-11-04"]],
  ["730162", { leaf: "money" }, ["730162.00"]],
  ["261037", { leaf: "integer" }, [730162]],
  ["4556737586899855", { leaf: "integer" }, [45567375, 86899855]],
  ["4556737586899855", { leaf: "money" }, ["455673.75", "868998.55"]],
  ["730162", { anyOf: [{ leaf: "integer" }, { leaf: "id", max: 20, digits: true }] }, [730, "162"]],
])("a typed number (%s) is found in leaves of a closed format, split over them too: %j", (typed, leaf, data) => {
  expect(sentTogether(typed, leaf, ...data)).toBe("blocked_secret");
});

test("leaves of a closed format are not undone from an encoding, others are", () => {
  // Its hex has no letters.
  expect(Buffer.from("pastdays").toString("hex")).toBe("7061737464617973");
  expect(sentTogether("pastdays", { leaf: "integer" }, 70617374, 64617973)).toBe("sent");
  expect(sentTogether("pastdays", { leaf: "id", max: 20, digits: true }, "70617374", "64617973")).toBe(
    "blocked_secret",
  );
});

test.each<[string, Shape, unknown[]]>([
  ["another value", { leaf: "money" }, ["swordfish9"]],
  ["another value beside one of the format", { leaf: "currency" }, ["USD", "swordfish9"]],
  ["another value in a list of its own", { leaf: "date" }, [["swordfish9"]]],
  ["a key", { type: "object", properties: {}, required: [] }, [{ swordfish9: 1 }]],
  ["what stands at a key", { type: "object", properties: {}, required: [] }, [{ it: "swordfish9" }]],
  ["another word", { enum: ["bills"] }, ["swordfish9"]],
])("the search does not rely on the shape having been kept: %s", (_what, leaf, data) => {
  expect(sentTogether("swordfish9", leaf, ...data)).toBe("blocked_secret");
});
