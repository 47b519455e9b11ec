import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  await rig.show("<h1>x</h1>");
});
afterAll(() => rig.close());

const evaluate = (expression: string, timeout = 5_000) => rig.run("evaluate", { expression, timeout });

describe("evaluate", () => {
  test.each([
    ["1 + 1", 2],
    ["null", null],
    ["undefined", null],
    ["NaN", null],
    ["-0", 0],
    ["'\\u0000\\u2028\"\\\\'", '\u0000\u2028"\\'],
    [
      "({ a: [1.5, true, null, undefined], b: { c: 'd' }, e: undefined })",
      { a: [1.5, true, null, null], b: { c: "d" } },
    ],
    ["new Date(0)", "1970-01-01T00:00:00.000Z"],
    ["(async () => ({ ok: await 1 }))()", { ok: 1 }],
    ["new Promise((done) => setTimeout(done, 5, 'later'))", "later"],
    ["() => 1", null],
    ["Symbol('x')", null],
    ["const a = 2; a * 2", 4],
    ["document.title;", ""],
  ])("%s", async (expression, value) => {
    const { result, error } = await evaluate(expression);
    expect(error).toBeUndefined();
    expect(result.value).toEqual(value);
  });

  test.each([
    ["throw new TypeError('no good')", "TypeError: no good"],
    ["Promise.reject(new Error('later'))", "Error: later"],
    ["Promise.reject('plain')", "plain"],
    ["1 +", "SyntaxError"],
    ["10n", "BigInt"],
    ["const ring = {}; ring.self = ring; ring", "circular"],
  ])("%s is evaluate_failed, by its message alone", async (expression, message) => {
    const { error } = await evaluate(expression);
    expect(error?.code).toBe("evaluate_failed");
    expect(error?.message).toContain(message);
    expect(error?.message).not.toMatch(/\n {4}at /);
  });

  test("a promise that never settles is answered at the deadline", async () => {
    expect((await evaluate("new Promise(() => {})", 150)).error?.code).toBe("timeout");
    expect((await evaluate("2")).result).toEqual({ value: 2 });
  });

  test("a document that leaves takes its expression with it", async () => {
    const { error } = await evaluate("location.href = '/elsewhere', new Promise((done) => setTimeout(done, 3000))");
    expect(error?.code).toBe("evaluate_failed");
    expect(error?.message).toContain("navigated");
  });

  test("values beyond the frame limit are refused with their size's name", async () => {
    await rig.show("<h1>x</h1>");
    expect((await evaluate("'x'.repeat(1_100_000)")).error?.code).toBe("payload_too_large");
  });
});
