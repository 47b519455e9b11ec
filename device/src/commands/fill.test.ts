import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const fill = (selector: string, value: string, timeout = 10_000) => rig.run("fill", { selector, value, timeout });
const valueIn = (selector: string) => rig.value(`document.querySelector(${JSON.stringify(selector)}).value`);
const failure = async (html: string, value: string) => {
  await rig.show(html);
  return (await fill("#f", value, 800)).error;
};

describe("fill", () => {
  test.each([
    ["text", "Ada"],
    ["email", "ada@site.example"],
    ["password", "hunter2"],
    ["number", "12.5"],
    ["date", "2026-11-20"],
    ["time", "13:45"],
    ["color", "#aabbcc"],
    ["range", "40"],
  ])("an input of type %s", async (type, value) => {
    await rig.show(`<input id=f type=${type}>`);
    const answer = await fill("#f", value);
    expect(answer).toEqual({ type: "client.command_response", id: answer.id, result: {} });
    expect(await valueIn("#f")).toBe(value);
  });

  test("textarea, contenteditable, color", async () => {
    await rig.show(`<textarea id=t>old</textarea><input type=color id=s value="#e66465">
      <div id=c contenteditable>old <b>text</b></div><script>
      for (const id of ["t", "s", "c"]) document.getElementById(id).addEventListener("input", (e) => document.body.dataset[id] = e.target.id)</script>`);
    await fill("#t", "two\r\nlines");
    expect(await valueIn("#t")).toBe("two\nlines");
    await fill("#s", "#AbCd00");
    expect(await valueIn("#s")).toBe("#abcd00");
    await fill("#c", "new");
    expect(await rig.value("document.querySelector('#c').textContent")).toBe("new");
    await fill("#c", "");
    expect(await rig.value("document.querySelector('#c').textContent.trim()")).toBe("");
    expect(await rig.value("({ ...document.body.dataset })")).toEqual({ t: "t", s: "s", c: "c" });
  });

  test("a controlled input, as React makes one, takes the value", async () => {
    await rig.show(`<input id=f><p id=state></p><script>
      let state = "", tracked = "";
      const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      Object.defineProperty(f, "value", { configurable: true, get() { return native.get.call(f) },
        set(next) { tracked = String(next); native.set.call(f, next) } });
      const render = () => { f.value = state; f.setAttribute("value", state); document.getElementById("state").textContent = state };
      document.addEventListener("input", () => {
        const now = native.get.call(f);
        if (now !== tracked) { tracked = now; state = now.toUpperCase() }
        render();
      });
    </script>`);
    await fill("#f", "ada");
    expect((await rig.run("textContent", { selector: "#state" })).result).toEqual({ text: "ADA" });
    expect(await valueIn("#f")).toBe("ADA");
  });

  test("input bubbles, then change; the label leads to its control", async () => {
    await rig.show(`<label>Your name <input id=f></label><label for=g>City</label><input id=g><script>
      const seen = []; for (const type of ["focusin", "input", "change"])
        document.addEventListener(type, (e) => { seen.push(type); document.body.dataset.seen = seen.join(" ") })</script>`);
    await fill("label=your name", "Ada");
    expect(await valueIn("#f")).toBe("Ada");
    expect(await rig.value("document.body.dataset.seen")).toBe("focusin input change");
    await fill("text=City", "Paris");
    expect(await valueIn("#g")).toBe("Paris");
  });

  test("maxlength holds, as it does for a person", async () => {
    await rig.show("<input id=f maxlength=4>");
    await fill("#f", "123456");
    expect(await valueIn("#f")).toBe("1234");
  });

  test.each([
    ["readonly", "<input id=f readonly value=kept>", "read-only"],
    ["disabled", "<input id=f disabled value=kept>", "disabled"],
    ["hidden", "<input id=f value=kept style='display:none'>", "not visible"],
  ])("a %s input is left alone", async (_name, html, reason) => {
    const error = await failure(html, "new");
    expect(error?.code).toBe("not_actionable");
    expect(error?.message).toContain(reason);
    expect(await valueIn("#f")).toBe("kept");
  });

  test.each([
    ["<input id=f type=checkbox>", "type checkbox cannot be filled; click it"],
    ["<input id=f type=file>", "type file cannot be filled"],
    ["<button id=f>Go</button>", "not an input"],
    ["<input id=f type=number>", "does not fit an input of type number"],
    ["<input id=f type=date>", "does not fit an input of type date"],
    ["<select id=f><option>One</select>", "not an input, textarea or contenteditable; use select"],
    ["<input id=f type=color>", "does not fit an input of type color"],
  ])("%s is not_actionable at once", async (html, reason) => {
    const error = await failure(html, "canary-value");
    expect(error?.code).toBe("not_actionable");
    expect(error?.message).toContain(reason);
  });

  test("the value is in no frame", async () => {
    await rig.show("<input id=f><input id=f2>");
    await fill("#f", "canary-value");
    await fill("input", "canary-value");
    await fill("#none", "canary-value", 50);
    expect(rig.frames.join()).not.toContain("canary-value");
  });
});
