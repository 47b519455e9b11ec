import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page("/next", "<h1 id=next>Next</h1>");
});
afterAll(() => rig.close());

test("textContent and innerText are the DOM's", async () => {
  await rig.show("<p id=p>One<br>two<span style='display:none'> three</span></p><svg id=s><text>Four</text></svg>");
  const read = (command: "textContent" | "innerText", selector: string) =>
    rig.run(command, { selector, timeout: 5_000 });
  expect((await read("textContent", "#p")).result).toEqual({ text: "Onetwo three" });
  expect((await read("innerText", "#p")).result).toEqual({ text: "One\ntwo" });
  expect((await read("textContent", "#s")).result).toEqual({ text: "Four" });
  expect((await read("innerText", "#s")).error?.code).toBe("not_actionable");
});

describe("waitForSelector", () => {
  const wait = (selector: string, state?: "attached" | "detached" | "visible" | "hidden", timeout = 5_000) =>
    rig.run("waitForSelector", { selector, ...(state && { state }), timeout });

  test("each state, now and later", async () => {
    await rig.show("<p id=here>x</p><p id=off style='display:none'>x</p>");
    expect((await wait("#here")).result).toEqual({});
    expect((await wait("#off", "attached")).result).toEqual({});
    expect((await wait("#off", "hidden")).result).toEqual({});
    expect((await wait("#none", "hidden")).result).toEqual({});
    expect((await wait("#none", "detached")).result).toEqual({});
    const shown = wait("#off");
    await rig.webview.evaluate("document.querySelector('#off').style.display = ''; null");
    expect((await shown).result).toEqual({});
    const gone = wait("#here", "detached");
    await rig.webview.evaluate("document.querySelector('#here').remove(); null");
    expect((await gone).result).toEqual({});
  });

  test("times out in each state", async () => {
    await rig.show("<p id=here>x</p><p id=off style='display:none'>x</p>");
    expect((await wait("#off", "visible", 60)).error).toMatchObject({ code: "timeout" });
    expect((await wait("#none", "attached", 60)).error).toMatchObject({ code: "timeout" });
    expect((await wait("#here", "hidden", 60)).error).toMatchObject({ code: "timeout" });
    expect((await wait("#here", "detached", 800)).error?.message).toContain("still attached");
  });

  test("survives navigations, answers once and never again", async () => {
    await rig.show("<p>first</p>");
    const waiting = wait("#next");
    await rig.webview.evaluate("location.href = '/missing'; null");
    await rig.until("document.querySelector('#missing')");
    await rig.webview.evaluate("history.pushState({}, '', '/pushed'); location.href = '/next'; null");
    const answer = await waiting;
    expect(answer.result).toEqual({});
    for (let n = 0; n < 3; n++) await rig.show("<p id=next>again</p>");
    expect(rig.frames.filter((frame) => frame.includes(`"${answer.id}"`))).toHaveLength(1);
  });

  test("is strict", async () => {
    await rig.show("<p>x</p><p>y</p>");
    expect((await wait("p")).error?.code).toBe("strict_violation");
    expect((await wait("p >> nth=1")).result).toEqual({});
  });

  test("waits through an origin that is not the session's", async () => {
    rig.origins.pin([rig.site.origin]);
    await rig.show("<p>first</p>");
    const waiting = wait("#next");
    const away = rig.site.page("/sso", "<h1 id=next>not this one</h1>").replace("127.0.0.1", "localhost");
    await rig.webview.evaluate(`location.href = ${JSON.stringify(away)}; null`);
    await rig.until("document.querySelector('h1')");
    expect(rig.page.url()).toBe(away);
    await rig.webview.evaluate(`location.href = '${rig.site.origin}/next'; null`);
    expect((await waiting).result).toEqual({});
    expect(rig.page.url()).toBe(`${rig.site.origin}/next`);
    rig.origins.pin(undefined);
  });
});

describe("selectors", () => {
  test.each([
    ["css", "#card .title"],
    ["text", "text=Total due"],
    ["exact text", "text='Total due'"],
    ["role", "role=heading[name='Total due']"],
    ["xpath", "//section/h2"],
    ["chained", "section >> h2"],
    ["has-text", "h2:has-text('total')"],
    ["test id", "data-testid=due"],
    ["nth", "section > * >> nth=0"],
    ["visible", "p, h2 >> visible=true"],
    ["invisible", "section p, section h2 >> visible=false >> .. >> h2"],
    ["pseudo visible", "section > :visible"],
    ["a mark", "*css=section >> h2"],
    ["has", `section >> internal:has="p" >> h2`],
    ["or", `h6 >> internal:or="h2"`],
  ])("%s", async (_kind, selector) => {
    await rig.show("<section id=card><h2 class=title data-testid=due>Total due</h2><p hidden></p></section>");
    expect((await rig.run("textContent", { selector })).result).toEqual({ text: "Total due" });
  });

  test("placeholder, by a part of it in any case, or whole", async () => {
    await rig.show("<input id=one placeholder='Your name'><input id=two placeholder='Your name, again'>");
    const id = async (selector: string) => (await rig.run("getAttribute", { selector, name: "id" })).result?.value;
    expect(await id("placeholder=AGAIN")).toBe("two");
    expect(await id('placeholder="Your name"')).toBe("one");
    expect((await rig.run("count", { selector: "placeholder=your" })).result).toEqual({ count: 2 });
  });
});

describe("textContent and isVisible", () => {
  test("textContent waits for the element, hidden ones too", async () => {
    await rig.show("<p>x</p>");
    const text = rig.run("textContent", { selector: "#late" });
    await rig.webview.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=late hidden>42 €</p>'); null");
    expect((await text).result).toEqual({ text: "42 €" });
    expect((await rig.run("textContent", { selector: "#no", timeout: 50 })).error?.code).toBe("timeout");
    expect((await rig.run("textContent", { selector: "p" })).error?.code).toBe("strict_violation");
  });

  test.each([
    ["display:none", "<p id=x style='display:none'>x</p>", false],
    ["visibility:hidden", "<p id=x style='visibility:hidden'>x</p>", false],
    ["opacity 0", "<p id=x style='opacity:0'>x</p>", true],
    ["zero size", "<div id=x></div>", false],
    ["off-screen", "<p id=x style='position:absolute;left:-9999px'>x</p>", true],
    ["closed details", "<details><p id=x>x</p></details>", false],
    ["content-visibility", "<div style='content-visibility:hidden'><p id=x>x</p></div>", false],
    ["display:contents", "<div id=x style='display:contents'>x</div>", true],
    ["no match", "<p>x</p>", false],
  ])("isVisible: %s", async (_name, html, visible) => {
    await rig.show(html);
    expect((await rig.run("isVisible", { selector: "#x" })).result).toEqual({ visible });
  });

  test("isVisible is strict and knows a broken selector", async () => {
    await rig.show("<p>x</p><p>y</p>");
    expect((await rig.run("isVisible", { selector: "p" })).error?.code).toBe("strict_violation");
    expect((await rig.run("isVisible", { selector: "p[" })).error?.code).toBe("invalid_selector");
  });
});

describe("count and inputValue", () => {
  test("count is of now, of any number", async () => {
    await rig.show("<p>x</p><p>y</p>");
    for (const [selector, count] of [
      ["p", 2],
      ["b", 0],
      ["p >> nth=1", 1],
    ] as const)
      expect((await rig.run("count", { selector })).result).toEqual({ count });
    expect((await rig.run("count", { selector: "p[" })).error?.code).toBe("invalid_selector");
  });

  test("inputValue of what has one, by its label too", async () => {
    await rig.show(`<label>Name <input id=n value=Ada></label><textarea id=t>two</textarea>
      <select id=s><option value=a>A<option value=b selected>B</select><p id=p>x</p>`);
    const value = async (selector: string) => (await rig.run("inputValue", { selector, timeout: 500 })).result?.value;
    expect([await value("#n"), await value("text=Name"), await value("#t"), await value("#s")]).toEqual([
      "Ada",
      "Ada",
      "two",
      "b",
    ]);
    expect((await rig.run("inputValue", { selector: "#p" })).error?.code).toBe("not_actionable");
    expect((await rig.run("inputValue", { selector: "#none", timeout: 50 })).error?.code).toBe("timeout");
  });

  test.each([
    "type=password",
    "autocomplete=current-password",
    "autocomplete=new-password",
    "autocomplete='billing one-time-code'",
    "autocomplete=cc-number",
    "autocomplete=CC-CSC",
  ])("the value of a field with %s stays on the device", async (attribute) => {
    await rig.show(`<input id=secret ${attribute} value=canary>`);
    const before = rig.frames.length;
    expect((await rig.run("inputValue", { selector: "#secret" })).error?.code).toBe("blocked_private");
    expect(rig.frames.slice(before).join()).not.toContain("canary");
  });
});

describe("getAttribute, innerHTML, title and content", () => {
  test("an attribute, or null", async () => {
    await rig.show("<a id=a href=/x data-empty>go</a>");
    const attribute = async (name: string) => (await rig.run("getAttribute", { selector: "#a", name })).result;
    expect(await attribute("href")).toEqual({ value: "/x" });
    expect(await attribute("data-empty")).toEqual({ value: "" });
    expect(await attribute("title")).toEqual({ value: null });
    expect((await rig.run("getAttribute", { selector: "b", name: "x", timeout: 50 })).error?.code).toBe("timeout");
  });

  test("HTML comes without the overlay", async () => {
    await rig.show("<title>The bill</title><ul id=u><li>1</li></ul>");
    await rig.until("document.querySelector('passage-status')");
    expect((await rig.run("innerHTML", { selector: "#u" })).result).toEqual({ html: "<li>1</li>" });
    expect((await rig.run("title", {})).result).toEqual({ title: "The bill" });
    const { html } = (await rig.run("content", {})).result;
    expect(html).toBe(
      '<!DOCTYPE html><html><head><title>The bill</title></head><body><ul id="u"><li>1</li></ul></body></html>',
    );
    expect((await rig.run("innerHTML", { selector: "html" })).result.html).not.toContain("passage");
  });

  test("only of the session's origins, and under the frame's limit", async () => {
    await rig.show("<p id=p>x</p>");
    await rig.value("void document.querySelector('#p').append('x'.repeat(1_100_000))");
    expect((await rig.run("content", {})).error?.code).toBe("payload_too_large");
    rig.origins.pin(["https://elsewhere.example"]);
    for (const [command, params] of Object.entries({
      title: {},
      content: {},
      innerHTML: { selector: "p" },
      getAttribute: { selector: "p", name: "id" },
      press: { key: "a" },
      reload: {},
      screenshot: {},
    })) {
      expect((await rig.send(command, params)).error?.code).toBe("origin_not_allowed");
    }
    rig.origins.pin(undefined);
  });
});

test("a description in an error is searched whole, and cut afterwards", async () => {
  await rig.run("navigate", { url: rig.site.page("/sign-in", "<input type=password id=p>") });
  const turn = rig.yield({ conditions: [{ type: "userDone" }] });
  await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
  await rig.personTypes("document.querySelector('#p')", "Sommerwiese-Regen-Abend");
  await rig.personPresses("I'm done");
  await turn;
  const long = "Your plan has changed since the last bill, see below";
  const body = `<h1>Hi Ada. Your password: Sommerwiese-Regen-Abend</h1><h1>2</h1><h2 title=a>${long}</h2><h2>${long}!</h2>`;
  await rig.run("navigate", { url: rig.site.page("/echo", body) });
  expect((await rig.run("textContent", { selector: "h1" })).error?.code).toBe("blocked_secret");
  expect((await rig.run("textContent", { selector: "h2" })).error?.details?.matches).toEqual([
    "<h2>Your plan has changed since the last bi…</h2> (nth=0)",
    "<h2>Your plan has changed since the last bi…</h2> (nth=1)",
  ]);
});
