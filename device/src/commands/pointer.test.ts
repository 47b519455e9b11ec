import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Person } from "../../test/person.ts";
import { hostUnderTest, Rig } from "../../test/rig.ts";
import type { TrustedInput } from "../webview.ts";

/** The options of click, and hover. What every click does is in mouse.test.ts. */
describe("the mouse", () => {
  let rig: Rig;
  let person: Person;
  beforeAll(async () => {
    rig = await Rig.open({ cdpPort: 0 });
    person = await Person.at(rig.host.cdpPort as number);
  });
  afterAll(async () => {
    await person.leave();
    await rig.close();
  });

  const heard = `<button id=b style="width:100px;height:40px;border:5px solid;padding:0">Go</button><script>
    const seen = [];
    for (const type of ["click", "dblclick", "auxclick", "contextmenu"])
      b.addEventListener(type, (e) => {
        e.preventDefault();
        seen.push([type, e.button, e.detail, e.offsetX, e.offsetY, [e.altKey, e.ctrlKey, e.metaKey, e.shiftKey].map(Number).join("")].join());
        document.body.dataset.seen = seen.join(" ");
      });
    </script>`;
  const seen = () => rig.value("document.body.dataset.seen ?? null");

  test("position counts from the padding box; modifiers are held and let go", async () => {
    await rig.show(heard);
    expect(
      (await rig.run("click", { selector: "#b", position: { x: 7, y: 9 }, modifiers: ["Shift", "Alt"] })).result,
    ).toEqual({});
    expect((await rig.run("click", { selector: "#b", position: { x: 1, y: 1 } })).result).toEqual({});
    expect(await seen()).toBe("click,0,1,7,9,1001 click,0,1,1,1,0000");
  });

  test("the middle button is not there: it would paste what was selected last, in whatever program", async () => {
    await rig.show(heard);
    for (const more of [{}, { force: true }, { clickCount: 2 }]) {
      const { error } = await rig.run("click", { selector: "#b", button: "middle", ...more });
      expect(error).toMatchObject({ code: "blocked_private", details: { reason: "clipboard" } });
      expect(error?.message).toContain("The middle button is not available");
    }
    expect(await seen()).toBeNull();
  });

  test("buttons and counts", async () => {
    await rig.show(heard);
    const at = { selector: "#b", position: { x: 2, y: 2 } };
    await rig.run("click", { ...at, clickCount: 2 });
    expect(await seen()).toBe("click,0,1,2,2,0000 click,0,2,2,2,0000 dblclick,0,2,2,2,0000");
    await rig.show(heard);
    await rig.run("click", { ...at, button: "right" });
    const kinds = ((await seen()) as string).split(" ").map((one) => one.split(",").slice(0, 2).join());
    expect(kinds.toSorted()).toEqual(["auxclick,2", "contextmenu,2"]);
  });

  test.runIf(hostUnderTest === "chromium")(
    "a release whose press went elsewhere is no click, and it is made again",
    async () => {
      await rig.show(heard);
      const input = rig.webview.trustedInput as { click: TrustedInput["click"] };
      const { click } = input;
      input.click = async ({ x, y }) => {
        input.click = click;
        await person.releaseAt(x, y);
      };
      expect((await rig.run("click", { selector: "#b" })).result).toEqual({});
      expect(input.click).toBe(click);
      expect(await seen()).toMatch(/^click,0,1,[\d.,]+$/);
    },
  );

  test("trial waits and does not click; force clicks what is covered, disabled or moving, but never outside", async () => {
    await rig.show(heard);
    expect((await rig.run("click", { selector: "#b", trial: true })).result).toEqual({});
    expect(
      (await rig.run("click", { selector: "#b", position: { x: 5000, y: 5000 }, timeout: 1_500 })).error?.code,
    ).toBe("not_actionable");
    expect(
      (await rig.run("click", { selector: "#b", position: { x: 5000, y: 1 }, force: true, timeout: 1_500 })).error
        ?.code,
    ).toBe("not_actionable");
    expect(await seen()).toBe(null);
    await rig.show(`<button id=b disabled>Go</button><div id=cover style="position:fixed;inset:0"></div><script>
      for (const id of ["b", "cover"]) document.getElementById(id).addEventListener("click", () => { document.body.dataset.seen = id })</script>`);
    expect((await rig.run("click", { selector: "#b", trial: true, timeout: 1_500 })).error?.message).toContain(
      "disabled",
    );
    expect((await rig.run("click", { selector: "#b", force: true })).result).toEqual({});
    expect(await seen()).toBe("cover");
    await rig.webview.evaluate("document.querySelector('#cover').remove(); delete document.body.dataset.seen; null");
    expect((await rig.run("click", { selector: "#b", force: true })).result).toEqual({});
    expect(await seen()).toBe(null);
  });

  test("hover comes over, moves and leaves, and is not stopped by disabled", async () => {
    await rig.show(`<div id=top style="height:80px">Top</div><button id=off disabled style="display:block">Off</button><script>
      const seen = [];
      for (const id of ["top", "off"]) for (const type of ["pointerover", "mouseenter", "pointermove", "pointerleave", "mouseleave", "mouseout"])
        document.getElementById(id).addEventListener(type, (e) => { seen.push(id + ":" + type); document.body.dataset.seen = seen.join(" ") })</script>`);
    expect((await rig.run("hover", { selector: "#top", trial: true })).result).toEqual({});
    expect(await seen()).toBe(null);
    expect((await rig.run("hover", { selector: "#top" })).result).toEqual({});
    expect(await seen()).toBe("top:pointerover top:mouseenter top:pointermove");
    expect((await rig.run("hover", { selector: "#off" })).result).toEqual({});
    const after = ((await seen()) as string).split(" ");
    expect(after).toEqual(
      expect.arrayContaining(["top:mouseout", "top:pointerleave", "top:mouseleave", "off:pointerover"]),
    );
  });

  test("pressure is a mouse's", async () => {
    await rig.show(`<button id=b>Go</button><script>const seen = [];
      for (const type of ["pointermove", "pointerdown", "pointerup"])
        b.addEventListener(type, (e) => { seen.push(e.pressure); document.body.dataset.seen = seen.join() })</script>`);
    await rig.run("click", { selector: "#b" });
    expect(await seen()).toBe("0,0.5,0");
  });

  test("a position of an element larger than the window is scrolled to", async () => {
    await rig.show(`<div style="width:300px;height:200px;overflow:auto"><button id=b style="width:2000px;height:2000px"
      onclick="document.body.dataset.seen = event.offsetX + ' ' + event.offsetY">Go</button></div>`);
    for (const position of [
      { x: 1900, y: 1910 },
      { x: 4, y: 7 },
      { x: 1000, y: 12 },
    ]) {
      expect((await rig.run("click", { selector: "#b", position })).result).toEqual({});
      expect(await seen()).toBe(`${position.x} ${position.y}`);
    }
    await rig.show(
      `<button id=b style="width:2000px;height:2000px" onclick="document.body.dataset.seen = event.offsetX">Go</button>`,
    );
    expect((await rig.run("click", { selector: "#b", position: { x: 1900, y: 1910 } })).result).toEqual({});
    expect(await seen()).toBe("1900");
  });

  test("display: contents is clicked where its content is", async () => {
    await rig.show(`<div style="height:2000px"></div><p>text <button id=b style="display:contents"
      onclick="document.body.dataset.seen = 'clicked'">click me</button></p>`);
    expect((await rig.run("click", { selector: "#b" })).result).toEqual({});
    expect(await seen()).toBe("clicked");
  });

  test("force does without the checks, and not without a box", async () => {
    await rig.show(`<button id=b style="display:none">Go</button>`);
    for (const command of ["click", "hover"] as const)
      expect((await rig.run(command, { selector: "#b", force: true, timeout: 10_000 })).error).toMatchObject({
        code: "not_actionable",
        message: "The element is not visible: it has no box",
      });
  });

  test("what comes over the element as the pointer does is kept from the click, and named", async () => {
    await rig.show(`<button id=b>Go</button><div id=late style="position:fixed;inset:0;display:none">wait</div><script>
      for (const id of ["b", "late"]) for (const type of ["pointerdown", "click"])
        document.getElementById(id).addEventListener(type, () => { document.body.dataset.seen = id });
      addEventListener("pointermove", () => { late.style.display = "block" })</script>`);
    const { error } = await rig.run("click", { selector: "#b", timeout: 1_500 });
    expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining('<div id="late"') });
    expect(await seen()).toBe(null);
    await rig.webview.evaluate("document.querySelector('#late').remove(); null");
    expect((await rig.run("click", { selector: "#b" })).result).toEqual({});
    expect(await seen()).toBe("b");
  });

  test("an element that is drawn anew as the pointer comes is clicked when it is there", async () => {
    await rig.show(`<div id=root><button id=b>Go</button></div><script>
      let moves = 0;
      root.addEventListener("pointermove", () => { if (moves++ < 2) root.innerHTML = "<button id=b>Go</button>" });
      root.addEventListener("click", (e) => { document.body.dataset.seen = e.target.id })</script>`);
    expect((await rig.run("click", { selector: "#b" })).result).toEqual({});
    expect(await seen()).toBe("b");
  });

  test("a hover that something covers is not_actionable", async () => {
    await rig.show(`<p id=p>x</p><div id=cover style="position:fixed;inset:0"></div>`);
    const { error } = await rig.run("hover", { selector: "#p", timeout: 1_500 });
    expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining('<div id="cover">') });
  });

  test("pointerdown that is prevented takes the mouse events; a press that is let go elsewhere clicks what holds both", async () => {
    await rig.show(`<div id=outer><button id=b onpointerdown="event.preventDefault()">Go</button></div><script>
      const seen = []; for (const type of ["mousedown", "mouseup", "click"])
        b.addEventListener(type, () => { seen.push(type); document.body.dataset.seen = seen.join(" ") })</script>`);
    await rig.run("click", { selector: "#b" });
    expect(await seen()).toBe("click");
    await rig.show(`<div id=outer style="width:100px;height:100px"><div id=a style="height:100px">a</div></div><script>
      a.addEventListener("pointerdown", () => a.insertAdjacentHTML("beforebegin", "<div id=new style='height:100px'>new</div>"));
      addEventListener("click", (e) => { document.body.dataset.seen = e.target.id })</script>`);
    await rig.run("click", { selector: "#a" });
    expect(await seen()).toBe("outer");
  });
});
