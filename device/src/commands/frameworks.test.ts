import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { frameworkPage, frameworks } from "../../test/frameworks.ts";
import { Rig } from "../../test/rig.ts";

describe("forms", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(() => rig.close());
  const state = async () => JSON.parse((await rig.run("textContent", { selector: "#state" })).result.text);

  test.each(frameworks)("%s takes what fill, type, check, select and clear do", async (framework) => {
    await rig.show(await frameworkPage(framework));
    await rig.run("fill", { selector: "#name", value: "Ada" });
    await rig.run("fill", { selector: "#notes", value: "two\nlines" });
    await rig.run("check", { selector: "#agreed" });
    await rig.run("select", { selector: "#plan", values: ["Plan B"] });
    expect(await state()).toEqual({ name: "Ada", agreed: true, plan: "b", notes: "two\nlines" });
    await rig.run("uncheck", { selector: "#agreed" });
    await rig.run("clear", { selector: "#name" });
    await rig.run("type", { selector: "#name", text: "Grace é" });
    await rig.run("select", { selector: "#plan", values: ["a"] });
    expect(await state()).toEqual({ name: "Grace é", agreed: false, plan: "a", notes: "two\nlines" });
    expect(await rig.value("document.querySelector('#name').value")).toBe("Grace é");
  });

  test("a mask that only knows keys gets keys", async () => {
    await rig.show(`<input id=f placeholder="(___) ___"><script>
      let digits = "";
      const draw = () => { f.value = digits && "(" + digits.slice(0, 3) + ") " + digits.slice(3) };
      f.addEventListener("keydown", (e) => {
        if (e.key === "Backspace") digits = f.selectionEnd - f.selectionStart > 1 ? "" : digits.slice(0, -1);
        else if (/^\\d$/.test(e.key)) digits += e.key;
        else return;
        e.preventDefault(); draw();
      });
      f.addEventListener("input", draw);
    </script>`);
    const answer = await rig.run("fill", { selector: "#f", value: "555123" });
    expect(answer.result).toEqual({});
    expect(await rig.value("document.querySelector('#f').value")).toBe("(555) 123");
    await rig.run("fill", { selector: "#f", value: "777" });
    expect(await rig.value("document.querySelector('#f').value")).toBe("(777) ");
    expect(rig.frames.join()).not.toContain("555123");
  });

  test("a mask that formats what it is given needs no keys", async () => {
    await rig.show(`<input id=f><script>
      let keys = 0; f.addEventListener("keydown", () => { document.body.dataset.keys = ++keys });
      f.addEventListener("input", () => { f.value = f.value.replace(/\\D/g, "").replace(/(\\d{4})(?=\\d)/g, "$1 ") });
    </script>`);
    await rig.run("fill", { selector: "#f", value: "4242424242424242" });
    expect(await rig.value("document.querySelector('#f').value")).toBe("4242 4242 4242 4242");
    expect(await rig.value("document.body.dataset.keys ?? null")).toBe(null);
  });
});
