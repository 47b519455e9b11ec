import { PassageError } from "@passage/protocol/errors";
import { expect, expectTypeOf, test } from "vitest";
import { type Issued, pageOver } from "./page.ts";

/** A page whose device gives these answers. */
function pageThatAnswers(results: unknown[]) {
  const issued: Issued[] = [];
  const page = pageOver(
    async (request) => {
      issued.push(request);
      return { results };
    },
    (url) => url,
  );
  return { page, issued };
}

test("one request, and a result a command, each of its command's type", async () => {
  const { page, issued } = pageThatAnswers([
    { result: {} },
    { result: { values: ["b"] } },
    { result: { url: "https://shop.example/", later: "field" } },
  ]);
  const results = await page.batch([
    ["fill", { selector: "#code", value: "1" }],
    ["select", { selector: "select", values: ["b"] }],
    ["url"],
  ]);
  expectTypeOf(results).toEqualTypeOf<[Record<string, never>, { values: string[] }, { url: string }]>();
  expect(results).toEqual([{}, { values: ["b"] }, { url: "https://shop.example/" }]);
  const commands = [
    { command: "fill", params: { selector: "#code", value: "1" } },
    { command: "select", params: { selector: "select", values: ["b"] } },
    { command: "url", params: {} },
  ];
  expect(issued).toEqual([{ command: "batch", params: { commands } }]);
});

test("the first error rejects, with its place", async () => {
  const { page } = pageThatAnswers([{ result: {} }, { error: { code: "not_actionable", message: "covered" } }]);
  const batch = page.batch([["updateStatus"], ["click", { selector: "#pay" }], ["url"]]);
  await expect(batch).rejects.toThrow(PassageError);
  await expect(batch).rejects.toMatchObject({
    code: "not_actionable",
    message: "covered",
    details: { index: 1, command: "click" },
  });
});

test.each([
  ["lacks", [{ result: { url: "a" } }]],
  ["does not fit", [{ result: { url: "a" } }, { result: { title: 1 } }]],
])("a result that %s is invalid_message", async (_what, results) => {
  const { page } = pageThatAnswers(results);
  await expect(page.batch([["url"], ["title"]])).rejects.toMatchObject({
    code: "invalid_message",
    details: { index: 1 },
  });
});

// The proof is the type check of this file.
test("types: what a batch takes", () => {
  const { page } = pageThatAnswers([]);
  const use = async () => {
    // @ts-expect-error: a selector is required
    await page.batch([["click"]]);
    // @ts-expect-error: there is no such command
    await page.batch([["fly", {}]]);
    // @ts-expect-error: none is no batch
    await page.batch([]);
  };
  expectTypeOf(use).returns.resolves.toBeVoid();
});
