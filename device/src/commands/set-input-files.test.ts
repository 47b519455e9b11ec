import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/plain",
  data: Buffer.from(text).toString("base64"),
});
const give = (selector: string, files: ReturnType<typeof file>[]) =>
  rig.run("setInputFiles", { selector, files, timeout: 1_000 });
const held = () =>
  rig.value(
    `Promise.all([...document.querySelector("input").files].map(async (one) => [one.name, one.type, await one.text()]))`,
  );

test("the page gets the files, input and change, also where the input is hidden; an empty list takes them away", async () => {
  await rig.show(`<label>Bill <input type=file multiple style="display:none"></label><script>const seen = [];
    for (const type of ["input", "change"]) document.addEventListener(type, () => { seen.push(type); document.body.dataset.seen = seen })</script>`);
  expect((await give("input", [file("a.txt", "één"), file("b.txt", "")])).result).toEqual({});
  expect(await held()).toEqual([
    ["a.txt", "text/plain", "één"],
    ["b.txt", "text/plain", ""],
  ]);
  expect(await rig.value("document.body.dataset.seen")).toBe("input,change");
  expect((await give("text=Bill", [file("c.txt", "c")])).result).toEqual({});
  expect(await held()).toEqual([["c.txt", "text/plain", "c"]]);
  await give("input", []);
  expect(await held()).toEqual([]);
});

test.each([
  ["<input id=x>", "not an input of type file"],
  ["<input id=x type=file>", "takes one file"],
  ["<input id=x type=file webkitdirectory>", "takes a folder"],
])("%s is not_actionable", async (html, reason) => {
  await rig.show(html);
  const { error } = await give("#x", [file("a", "a"), file("b", "b")]);
  expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining(reason) });
});

test("what is not base64, or too much of it, is invalid_params", async () => {
  await rig.show("<input type=file multiple>");
  expect((await give("input", [{ ...file("a", "a"), data: "%" }])).error?.code).toBe("invalid_params");
  const half = file("big", "x".repeat(300_000));
  expect((await give("input", [half])).result).toEqual({});
  expect((await give("input", [half, half])).error?.message).toContain("700000 characters");
});
