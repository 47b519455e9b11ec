import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const select = (selector: string, values: string[], timeout = 5_000) =>
  rig.run("select", { selector, values, timeout });
const options = "<option value=1>One<option value=2>Two<option value=3 disabled>Three";
const heard = `<script>const seen = []; for (const type of ["input", "change"])
  document.addEventListener(type, (e) => { seen.push(type); document.body.dataset.seen = seen.join(" ") })</script>`;

test("by value and by label; input, then change", async () => {
  await rig.show(`<label>Number <select id=s>${options}</select></label>${heard}`);
  expect((await select("#s", ["2"])).result).toEqual({ values: ["2"] });
  expect(await rig.value("document.body.dataset.seen")).toBe("input change");
  expect((await select("#s", ["One"])).result).toEqual({ values: ["1"] });
  expect((await select("text=Number", ["Two"])).result).toEqual({ values: ["2"] });
  expect(await rig.value("document.querySelector('#s').value")).toBe("2");
});

test("several of a multiple select, exactly these", async () => {
  await rig.show(`<select id=s multiple><option selected>a<option>b<option>c</select>`);
  expect((await select("#s", ["c", "b"])).result).toEqual({ values: ["b", "c"] });
  expect((await select("#s", [])).result).toEqual({ values: [] });
});

test("a select that takes one: the first option that fits, or none", async () => {
  await rig.show(`<select id=s>${options}</select>${heard}`);
  expect((await select("#s", ["2", "1"])).result).toEqual({ values: ["1"] });
  expect((await select("#s", ["missing", "Two"])).result).toEqual({ values: ["2"] });
  expect((await select("#s", [])).result).toEqual({ values: [] });
  expect(await rig.value("document.querySelector('#s').selectedIndex")).toBe(-1);
});

test("an option that comes late is waited for", async () => {
  await rig.show(`<select id=s>${options}</select>`);
  const chosen = select("#s", ["late"]);
  await rig.webview.evaluate("document.querySelector('#s').add(new Option('Late', 'late')); null");
  expect((await chosen).result).toEqual({ values: ["late"] });
});

test.each([
  [`<select id=s>${options}</select>`, ["9"], "no option with that value or label"],
  [`<select id=s>${options}</select>`, ["3"], "the option is disabled"],
  [`<select id=s disabled>${options}</select>`, ["1"], "disabled"],
  ["<select id=s><optgroup disabled><option>a</optgroup></select>", ["a"], "the option is disabled"],
  ["<input id=s>", ["1"], "not a select"],
])("%s: %s is not_actionable", async (html, values, reason) => {
  await rig.show(html);
  expect((await select("#s", values, 4_000)).error).toMatchObject({
    code: "not_actionable",
    message: expect.stringContaining(reason),
  });
});

test("is strict", async () => {
  await rig.show("<select><option>a</select><select><option>a</select>");
  expect((await select("select", ["a"])).error?.code).toBe("strict_violation");
});
