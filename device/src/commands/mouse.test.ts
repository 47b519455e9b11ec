import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

describe("click", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(() => rig.close());
  const click = (selector: string, timeout = 10_000) => rig.run("click", { selector, timeout });
  const count = "<script>addEventListener('click', (e) => { document.body.dataset.hit = e.target.id }, true)</script>";
  const hit = () => rig.value("document.body.dataset.hit ?? null");

  test("gives the whole sequence, with coordinates", async () => {
    await rig.show(`<button id=b>Go</button><script>
      const seen = [];
      for (const type of ["pointerover", "mouseover", "pointermove", "pointerdown", "mousedown", "focus", "pointerup", "mouseup", "click"])
        b.addEventListener(type, (e) => { seen.push(type); document.body.dataset.seen = seen.join(" ");
          if (type === "click") document.body.dataset.click = [e.isTrusted, e.clientX > 0, e.detail, document.activeElement.id] })
    </script>`);
    expect((await click("#b")).result).toEqual({});
    const order = "pointerover mouseover pointermove pointerdown mousedown focus pointerup mouseup click";
    expect(await rig.value("document.body.dataset.seen")).toBe(order);
    expect(await rig.value("document.body.dataset.click")).toBe(`${rig.trusts},true,1,b`);
  });

  test("activates checkboxes, labels, links and submit buttons", async () => {
    rig.site.page("/sent", "<h1 id=sent>sent</h1>");
    await rig.show(
      "<form action=/sent><label id=l>Agree <input type=checkbox id=c></label><button>Send</button></form>",
    );
    await click("#c");
    expect(await rig.value("document.querySelector('#c').checked")).toBe(true);
    await click("#l");
    await click("role=button[name='Send']");
    expect((await rig.run("waitForSelector", { selector: "#sent" })).result).toEqual({});
  });

  test("a covered element is not clicked, and the cover is named", async () => {
    await rig.show(`${count}<button id=b>Go</button><div id=cover style="position:fixed;inset:0"><p>wait</p></div>`);
    const { error } = await click("#b", 2_000);
    expect(error).toMatchObject({ code: "not_actionable" });
    expect(error?.message).toContain('covered by <div id="cover">');
    expect(error?.details?.log).toContain('the element is covered by <div id="cover">');
    expect(await hit()).toBe(null);
  });

  test("waits until the cover goes", async () => {
    await rig.show(`${count}<button id=b>Go</button><div id=cover style="position:fixed;inset:0"></div>`);
    const clicked = rig.run("click", { selector: "#b" });
    await rig.webview.evaluate("setTimeout(() => document.querySelector('#cover').remove(), 50); null");
    expect((await clicked).result).toEqual({});
    expect(await hit()).toBe("b");
  });

  test("waits until it is enabled and stands still", async () => {
    await rig.show(
      `${count}<style>@keyframes m{from{margin-left:99px}}#b{animation:m .2s}</style><button id=b disabled>Go</button>`,
    );
    const clicked = rig.run("click", { selector: "#b" });
    await rig.webview.evaluate("setTimeout(() => { document.querySelector('#b').disabled = false }, 60); null");
    expect((await clicked).result).toEqual({});
    expect(await hit()).toBe("b");
  });

  test("scrolls, also under a sticky bar", async () => {
    await rig.show(`${count}<header id=bar style="position:sticky;top:0;height:60vh;background:#eee">bar</header>
      <div style="height:3000px"></div><button id=b>Go</button><div style="height:3000px"></div>`);
    expect((await click("#b")).result).toEqual({});
    expect(await hit()).toBe("b");
  });

  test("opacity 0 counts as visible; off-screen scrolls into view", async () => {
    await rig.show(
      `${count}<button id=b style="opacity:0">Go</button><button id=far style="margin-top:5000px">Far</button>`,
    );
    expect((await click("#b")).result).toEqual({});
    expect((await click("#far")).result).toEqual({});
    expect(await hit()).toBe("far");
  });

  test("reaches into open shadow roots", async () => {
    await rig.show(`${count}<x-card></x-card><script>
      const root = document.querySelector("x-card").attachShadow({ mode: "open" });
      root.innerHTML = "<x-inner></x-inner>";
      const inner = root.querySelector("x-inner").attachShadow({ mode: "open" });
      inner.innerHTML = "<button id=deep>Deep</button>";
      inner.querySelector("button").onclick = () => { document.body.dataset.deep = "yes" };
    </script>`);
    expect((await click("text=Deep")).result).toEqual({});
    expect(await rig.value("document.body.dataset.deep")).toBe("yes");
  });

  test("strict: more than one match is an error that lists them", async () => {
    await rig.show("<button id=one>Save</button><button class=two>Save</button><input value=secret type=button>");
    const { error } = await click("button");
    expect(error?.code).toBe("strict_violation");
    expect(error?.details?.matches).toEqual(['<button id="one">Save</button>', '<button class="two">Save</button>']);
    expect((await click("input, button")).error?.message).not.toContain("secret");
    await rig.show(
      `<ul><li id=a><b><button>Buy</button></b></li><li id=b><button>Buy</button></li></ul><p><button>Sell</button><button>Sell</button></p>`,
    );
    expect((await click("text=Buy")).error?.details?.matches).toEqual([
      '<button>Buy</button> in <li id="a">',
      '<button>Buy</button> in <li id="b">',
    ]);
    expect((await click("text=Sell")).error?.details?.matches).toEqual([
      "<button>Sell</button> (nth=0)",
      "<button>Sell</button> (nth=1)",
    ]);
  });

  test("no match times out, a broken selector does not wait", async () => {
    await rig.show("<p>empty</p>");
    const missing = await click("#none", 500);
    expect(missing.error).toMatchObject({ code: "timeout" });
    expect(missing.error?.details?.log?.[0]).toBe("waiting for selector #none (clickable)");
    for (const selector of ["div:nope(", "magic=thing", "css=[[", "xpath=//["]) {
      expect((await rig.run("click", { selector })).error?.code).toBe("invalid_selector");
    }
    expect((await rig.send("click", {})).error?.code).toBe("invalid_params");
  });

  test("a click that opens a dialog is answered", async () => {
    await rig.show("<button id=b onclick='document.body.dataset.hit = confirm(1)'>Go</button>");
    expect((await rig.run("click", { selector: "#b" })).result).toEqual({});
    expect(await hit()).toBe("false");
  });

  test("follows an element that is rendered anew", async () => {
    await rig.show(`${count}<div id=root></div><script>
      let n = 0;
      const draw = () => { root.innerHTML = "<button id=b" + (n++ < 12 ? " disabled" : "") + ">Go</button>" };
      setInterval(() => n < 14 && draw(), 15); draw();
    </script>`);
    expect((await click("#b")).result).toEqual({});
    expect(await hit()).toBe("b");
  });
});
