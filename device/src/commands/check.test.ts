import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

describe("check and uncheck", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(() => rig.close());
  const isChecked = (id: string) => rig.value(`document.getElementById(${JSON.stringify(id)}).checked`);
  const clicks =
    "<script>addEventListener('click', () => { document.body.dataset.n = 1 + Number(document.body.dataset.n ?? 0) }, true)</script>";

  test("by one click, or none where it is so already; a label leads to its box", async () => {
    await rig.show(
      `<label id=l>Terms <input type=checkbox id=c></label><input type=radio name=r id=one><input type=radio name=r id=two>${clicks}`,
    );
    for (const selector of ["#c", "#c", "text=Terms", "#two"])
      expect((await rig.run("check", { selector })).result).toEqual({});
    expect([await isChecked("c"), await isChecked("one"), await isChecked("two")]).toEqual([true, false, true]);
    expect((await rig.run("uncheck", { selector: "text=Terms" })).result).toEqual({});
    expect((await rig.run("uncheck", { selector: "#one" })).result).toEqual({});
    expect(await isChecked("c")).toBe(false);
  });

  test("a trial changes nothing, a position and force are the click's", async () => {
    await rig.show(`<input type=checkbox id=c><div id=cover style="position:fixed;inset:0"></div>`);
    expect((await rig.run("check", { selector: "#c", timeout: 500 })).error?.code).toBe("not_actionable");
    expect((await rig.run("check", { selector: "#c", trial: true, timeout: 500 })).error?.code).toBe("not_actionable");
    await rig.webview.evaluate("document.querySelector('#cover').remove(); null");
    expect((await rig.run("check", { selector: "#c", trial: true })).result).toEqual({});
    expect(await isChecked("c")).toBe(false);
    expect((await rig.run("check", { selector: "#c", position: { x: 3, y: 3 }, force: true })).result).toEqual({});
    expect(await isChecked("c")).toBe(true);
  });

  test("roles count, by aria-checked", async () => {
    await rig.show(
      `<div id=s role=switch aria-checked=false onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')">Wifi</div>`,
    );
    expect((await rig.run("check", { selector: "#s" })).result).toEqual({});
    expect((await rig.run("check", { selector: "#s" })).result).toEqual({});
    expect((await rig.run("getAttribute", { selector: "#s", name: "aria-checked" })).result).toEqual({ value: "true" });
  });

  test.each([
    ["check", "<p id=x>text</p>", "is not a checkbox or radio button"],
    ["uncheck", "<input type=radio id=x checked>", "cannot be unchecked"],
    ["uncheck", "<div role=radio id=x aria-checked=true>x</div>", "did not change whether it is checked"],
    ["check", "<input type=checkbox id=x onclick='return false'>", "did not change"],
    ["check", "<input type=checkbox id=x disabled>", "disabled"],
    ["check", "<input type=checkbox id=x style='display:none'>", "not visible"],
  ] as const)("%s %s is not_actionable", async (command, html, reason) => {
    await rig.show(html);
    const { error } = await rig.run(command, { selector: "#x", timeout: 1_500 });
    expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining(reason) });
  });
});
