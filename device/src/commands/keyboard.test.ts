import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

describe("press", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(() => rig.close());

  const press = (key: string, selector?: string) =>
    rig.run("press", { key, ...(selector && { selector }), timeout: 800 });
  const valueIn = (selector: string) => rig.value(`document.querySelector(${JSON.stringify(selector)}).value`);
  const heard = `<script>addEventListener("keydown", (e) => { const { key, code, keyCode, ctrlKey, shiftKey, isTrusted } = e;
    document.body.dataset.last = JSON.stringify({ key, code, keyCode, ctrlKey, shiftKey, isTrusted }) }, true)</script>`;

  test("types what the key types, and tells the page its name, code and number", async () => {
    await rig.show(`<input id=i>${heard}`);
    for (const key of ["a", "A", "Shift+b", "Digit7", "Space", "+", "é"]) await press(key, "#i");
    expect(await valueIn("#i")).toBe("aAB7 +");
    await press("Shift+b", "#i");
    const last = JSON.parse((await rig.value("document.body.dataset.last")) as string);
    expect(last).toEqual({
      key: "B",
      code: "KeyB",
      keyCode: 66,
      ctrlKey: false,
      shiftKey: true,
      isTrusted: rig.trusts,
    });
  });

  test.each(["Control+c", "Meta+x", "Control+v", "Control+Shift+V", "Shift+Insert", "Shift+Delete"])(
    "%s would use the person's clipboard",
    async (key) => {
      await rig.show("<input id=i value=mine>");
      await press("Control+a", "#i");
      expect((await press(key, "#i")).error).toMatchObject({
        code: "blocked_private",
        details: { reason: "clipboard" },
      });
      expect(await valueIn("#i")).toBe("mine");
    },
  );

  test("Enter submits the form, through its button", async () => {
    await rig.show(`<form id=f><input id=i name=q><button>Go</button></form>
      <script>f.addEventListener("submit", (e) => { e.preventDefault(); document.body.dataset.by = e.submitter?.textContent })</script>`);
    expect((await press("Enter", "#i")).result).toEqual({});
    expect(await rig.value("document.body.dataset.by")).toBe("Go");
  });

  test("Enter that submits to another page", async () => {
    const to = rig.site.page("/found", "<h1 id=found>Found</h1>");
    await rig.show("<form action=/found><input id=i></form>");
    expect((await press("Enter", "#i")).result).toEqual({});
    expect((await rig.run("textContent", { selector: "#found" })).result).toEqual({ text: "Found" });
    expect(rig.page.url()).toContain(to);
  });

  test("Enter in a textarea is a new line, on a link or button a click; a page that prevents it keeps it", async () => {
    await rig.show(`<textarea id=t>x</textarea><button id=b onclick="document.title = 'clicked'">Go</button>
      <input id=stop onkeydown="event.preventDefault()">`);
    await press("End", "#t");
    await press("Enter", "#t");
    expect(((await valueIn("#t")) as string).length).toBe(2);
    await press("Enter", "#b");
    expect(await rig.value("document.title")).toBe("clicked");
    await press("a", "#stop");
    expect(await valueIn("#stop")).toBe("");
  });

  test("Tab and Shift+Tab move the focus; without a selector the key goes there", async () => {
    await rig.show("<input id=one><input disabled><input id=two>");
    await press("Tab", "#one");
    await press("x");
    expect([await valueIn("#one"), await valueIn("#two")]).toEqual(["", "x"]);
    await press("Shift+Tab");
    await press("y");
    expect([await valueIn("#one"), await valueIn("#two")]).toEqual(["y", "x"]);
  });

  test("Control+a selects, Backspace deletes", async () => {
    await rig.show(`<input id=i value=old>${heard}`);
    await press("Control+a", "#i");
    expect(JSON.parse((await rig.value("document.body.dataset.last")) as string)).toMatchObject({
      key: "a",
      ctrlKey: true,
    });
    await press("Backspace");
    expect(await valueIn("#i")).toBe("");
  });

  test("unknown keys are invalid_params, and what takes no focus is not_actionable", async () => {
    await rig.show("<p id=p>x</p><input id=off disabled>");
    for (const key of ["Entr", "é", "Ctrl+a", "Control+", "ab"]) {
      expect((await press(key)).error).toMatchObject({
        code: "invalid_params",
        message: expect.stringContaining("no key"),
      });
    }
    for (const selector of ["#p", "#off"]) expect((await press("a", selector)).error?.code).toBe("not_actionable");
    expect((await press("a", "#none")).error?.code).toBe("timeout");
  });

  test("type gives each character its keys, and text that no key types as it is", async () => {
    await rig.show(
      `<input id=i><script>let keys = ""; i.addEventListener("keydown", (e) => { keys += e.key; document.body.dataset.keys = keys })</script>`,
    );
    expect((await rig.run("type", { selector: "#i", text: "Aé 1!" })).result).toEqual({});
    expect(await valueIn("#i")).toBe("Aé 1!");
    expect(await rig.value("document.body.dataset.keys")).toBe("A 1!");
    await rig.show("<textarea id=t></textarea>");
    await rig.run("type", { selector: "#t", text: "a\r\nb" });
    expect(await valueIn("#t")).toBe("a\nb");
  });

  test("delay is between the keys of type, and between down and up of press", async () => {
    await rig.show(`<input id=i><script>const at = []; for (const type of ["keydown", "keyup"])
      i.addEventListener(type, (e) => { at.push(e.timeStamp); document.body.dataset.at = at.join() })</script>`);
    const times = async () => ((await rig.value("document.body.dataset.at")) as string).split(",").map(Number);
    await rig.run("type", { selector: "#i", text: "abc", delay: 60 });
    const [first = 0, , second = 0, , third = 0] = await times();
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(50);
    await rig.run("press", { selector: "#i", key: "x", delay: 80 });
    const [down = 0, up = 0] = (await times()).slice(-2);
    expect(up - down).toBeGreaterThanOrEqual(70);
  });

  test("focus, which stays; what takes none is not_actionable", async () => {
    await rig.show(`<input id=i onfocus="document.title = 'focused'"><p id=p>x</p>`);
    expect((await rig.run("focus", { selector: "#i" })).result).toEqual({});
    expect(await rig.value("[document.title, document.activeElement.id]")).toEqual(["focused", "i"]);
    await rig.webview.evaluate("document.body.append(document.createElement('iframe'))");
    expect((await rig.run("focus", { selector: "iframe" })).result).toEqual({});
    expect(await rig.value("document.activeElement.localName")).toBe("iframe");
    for (const command of ["focus", "type"])
      expect((await rig.send(command, { selector: "#p", text: "x", timeout: 400 })).error?.code).toBe("not_actionable");
  });

  test("what is typed is in no frame, not even where it fails", async () => {
    await rig.show(`<form action=/found><input id=i name=q></form>`);
    rig.site.page("/found", "<input id=i autofocus>");
    const before = rig.frames.length;
    await rig.run("type", { selector: "#i", text: "canary" });
    await rig.run("type", { selector: "#none", text: "canary", timeout: 50 });
    expect(rig.frames.slice(before).join()).not.toContain("canary");
  });
});
