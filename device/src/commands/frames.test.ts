import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";
import { Site } from "../../test/site.ts";

const inner = (body: string) => `<style>body{margin:0}</style>${body}<p id=out></p><script>
  addEventListener("click", (e) => { out.textContent = "clicked " + e.target.id + " " + e.isTrusted }, true)</script>`;
const form = inner(`<input id=note name=note><label><input type=checkbox id=agree>Agree</label>
  <select id=plan><option value=a>A<option value=b>B</select><button id=pay>Pay</button>
  <input type=file id=bill><ul><li>one<li>two</ul>`);

describe("in frames of the same origin", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
    rig.site.page("/inner", form);
    rig.site.page(
      "/middle",
      "<div style='height:150px'></div><iframe id=deep src=/inner width=300 height=200></iframe>",
    );
  });
  afterAll(() => rig.close());
  const text = async (selector: string) => (await rig.run("textContent", { selector })).result?.text;

  test.each([
    ["enter-frame", "#pay-frame >> internal:control=enter-frame >> "],
    ["a readable path", "frame=#pay-frame >> "],
    ["any selector for the frame", "frame=xpath=//iframe[@title='Card'] >> "],
  ])("every command works there, by %s", async (_how, path) => {
    await rig.show("<div style='height:2000px'></div><iframe id=pay-frame title=Card src=/inner width=300 height=300>");
    const run = async (command: "click" | "check" | "hover" | "clear" | "focus", id: string) =>
      expect((await rig.run(command, { selector: `${path}${id}` })).result).toEqual({});
    expect((await rig.run("fill", { selector: `${path}#note`, value: "12" })).result).toEqual({});
    expect((await rig.run("inputValue", { selector: `${path}label=Agree` })).result).toEqual({ value: "on" });
    expect((await rig.run("inputValue", { selector: `${path}#note` })).result).toEqual({ value: "12" });
    await run("clear", "#note");
    await rig.run("type", { selector: `${path}#note`, text: "ab" });
    await rig.run("press", { selector: `${path}#note`, key: "Backspace" });
    expect((await rig.run("inputValue", { selector: `${path}#note` })).result).toEqual({ value: "a" });
    await run("check", "#agree");
    await rig.run("select", { selector: `${path}#plan`, values: ["b"] });
    expect((await rig.run("inputValue", { selector: `${path}#plan` })).result).toEqual({ value: "b" });
    await run("hover", "#pay");
    await run("click", "role=button[name='Pay']");
    expect(await text(`${path}#out`)).toBe(`clicked pay ${rig.trusts}`);
    expect((await rig.run("count", { selector: `${path}li` })).result).toEqual({ count: 2 });
    expect((await rig.run("isVisible", { selector: `${path}#pay` })).result).toEqual({ visible: true });
    expect((await rig.run("waitForSelector", { selector: `${path}#none`, state: "detached" })).result).toEqual({});
    expect((await rig.run("textContent", { selector: `${path}li` })).error?.code).toBe("strict_violation");
  });

  test("frames within frames; the point is the viewport's, and a cover of the frame counts", async () => {
    await rig.show("<iframe id=outer src=/middle width=340 height=400 style='border:20px solid;padding:7px'></iframe>");
    const path = "frame=#outer >> frame=#deep >> ";
    expect((await rig.run("click", { selector: `${path}#pay` })).result).toEqual({});
    expect(await text(`${path}#out`)).toBe(`clicked pay ${rig.trusts}`);
    await rig.webview.evaluate(`{ const cover = document.createElement("div"); cover.id = "cover";
      cover.style.cssText = "position:fixed;inset:0"; document.body.append(cover) } null`);
    const { error } = await rig.run("click", { selector: `${path}#pay`, timeout: 600 });
    expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining('<div id="cover">') });
    expect((await rig.run("click", { selector: `${path}#pay`, force: true })).error).toBeUndefined();
  });

  test("what is sensitive is so there too", async () => {
    rig.site.page(
      "/secrets",
      "<input id=p type=password value=canary><label>Security code <input id=c value=canary></label>",
    );
    await rig.show("<iframe id=f src=/secrets></iframe>");
    for (const id of ["#p", "#c"])
      expect((await rig.run("inputValue", { selector: `frame=#f >> ${id}` })).error?.code).toBe("blocked_private");
    expect(rig.frames.join()).not.toContain("canary");
  });

  test("what is not one frame is an error, and a frame that comes is waited for", async () => {
    await rig.show("<p id=p>x</p><iframe src=/inner></iframe><iframe src=/inner></iframe>");
    const click = async (selector: string) => (await rig.run("click", { selector, timeout: 500 })).error;
    expect(await click("frame=iframe >> #pay")).toMatchObject({
      code: "strict_violation",
      message: expect.stringContaining("2 elements for the frame"),
    });
    expect(await click("frame=#p >> #pay")).toMatchObject({
      code: "invalid_selector",
      message: expect.stringContaining('<p id="p"> is not a frame'),
    });
    expect((await click("frame=iframe"))?.message).toContain("ends at a frame");
    expect((await click("internal:control=enter-frame >> p"))?.message).toContain("before it is entered");
    expect((await click("frame=#late >> #pay"))?.code).toBe("timeout");
    const clicked = rig.run("click", { selector: "frame=#late >> #pay" });
    await rig.webview.evaluate(`{ const late = document.createElement("iframe"); late.id = "late"; late.src = "/inner";
      document.body.append(late) } null`);
    expect((await clicked).result).toEqual({});
  });
});

describe("in frames of another origin", () => {
  let rig: Rig;
  let other: Site;
  beforeAll(async () => {
    [rig, other] = await Promise.all([Rig.open(), Site.open()]);
    other.page("/inner", form);
    const deepest = rig.site.page("/deepest", form);
    other.page(
      "/nested",
      `<div style="height:60px"></div><iframe id=deep src="${deepest}" width=300 height=200></iframe>`,
    );
  });
  afterAll(async () => {
    await rig.close();
    await other.close();
  });
  const elsewhere = (host: string) => other.origin.replace("127.0.0.1", host);

  test.each([
    ["the page's process", "127.0.0.1"],
    ["a process of its own", "localhost"],
  ])("commands act in %s", async (_where, host) => {
    const url = `${elsewhere(host)}/inner`;
    await rig.show(`<div style="height:1500px"></div><iframe id=f src="${url}" width=320 height=300></iframe>
      <div style="height:1500px"></div>`);
    const path = "frame=#f >> ";
    expect((await rig.run("fill", { selector: `${path}#note`, value: "12" })).result).toEqual({});
    await rig.run("type", { selector: `${path}#note`, text: "3" });
    expect((await rig.run("inputValue", { selector: `${path}#note` })).result.value).toMatch(/^(123|312)$/);
    expect((await rig.run("check", { selector: `${path}#agree` })).result).toEqual({});
    expect((await rig.run("click", { selector: `${path}#pay` })).result).toEqual({});
    expect((await rig.run("textContent", { selector: `${path}#out` })).result).toEqual({ text: "clicked pay true" });
    expect((await rig.run("count", { selector: `${path}li` })).result).toEqual({ count: 2 });
    expect((await rig.run("extract", { from: "dom", rows: `${path}li`, fields: { is: {} } })).result).toEqual({
      data: [{ is: "one" }, { is: "two" }],
    });
    expect((await rig.run("waitForSelector", { selector: `${path}#gone`, state: "hidden" })).result).toEqual({});
  });

  test("within each other, covered from outside, and after the frame went elsewhere", async () => {
    await rig.show(`<iframe id=f src="${elsewhere("localhost")}/nested" width=360 height=400></iframe>`);
    const path = "frame=#f >> frame=#deep >> ";
    expect((await rig.run("click", { selector: `${path}#pay` })).result).toEqual({});
    expect((await rig.run("textContent", { selector: `${path}#out` })).result).toEqual({ text: "clicked pay true" });
    await rig.webview.evaluate(
      `document.body.insertAdjacentHTML("beforeend", "<div id=cover style='position:fixed;inset:0'></div>")`,
    );
    const { error } = await rig.run("click", { selector: `${path}#pay`, timeout: 900 });
    expect(error).toMatchObject({ code: "not_actionable", message: expect.stringContaining('<div id="cover">') });
    await rig.webview.evaluate(`{ document.querySelector("#cover").remove();
      document.querySelector("#f").src = ${JSON.stringify(`${elsewhere("localhost")}/inner`)} } null`);
    expect((await rig.run("click", { selector: "frame=#f >> #pay" })).result).toEqual({});
  });

  test("only at the session's origins, and only where the host can", async () => {
    const url = `${elsewhere("localhost")}/inner`;
    rig.origins.pin([rig.site.origin]);
    await rig.show(`<iframe id=f src="${url}"></iframe>`);
    const read = { selector: "frame=#f >> #pay", timeout: 2_000 };
    expect((await rig.run("textContent", read)).error?.code).toBe("origin_not_allowed");
    rig.origins.pin([rig.site.origin, elsewhere("localhost")]);
    expect((await rig.run("textContent", read)).result).toEqual({ text: "Pay" });
    rig.origins.pin(undefined);
    const plain = await Rig.open({ plain: true });
    await plain.show(`<iframe id=f src="${url}"></iframe>`);
    await plain.until("document.querySelector('#f').contentDocument === null");
    expect((await plain.run("textContent", read)).error?.code).toBe("unsupported_command");
    await plain.close();
  });

  test("the frame's own page sees nothing of it", async () => {
    await rig.show(`<iframe id=f src="${elsewhere("localhost")}/names"></iframe>`);
    other.page(
      "/names",
      "<p id=out></p><script>setInterval(() => { out.textContent = 'passage' in window || 'passageChild' in window }, 20)</script>",
    );
    await rig.webview.evaluate("{ const f = document.querySelector('#f'); f.src = f.src } null");
    await rig.run("click", { selector: "frame=#f >> #out" });
    expect((await rig.run("textContent", { selector: "frame=#f >> #out" })).result).toEqual({ text: "false" });
  });
});
