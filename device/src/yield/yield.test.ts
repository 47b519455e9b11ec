import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page("/login", "<h1 id=login>Log in</h1><input id=user>");
  rig.site.page("/home", "<h1 id=home>Home</h1>");
  rig.site.page("/otp", "<h1 id=otp>Code</h1><input id=code>");
});
afterEach(() => rig.origins.pin(undefined));
afterAll(() => rig.close());

const at = (path: string) => rig.site.origin + path;
/** The person goes somewhere: a document that leaves answers `gone`, which is of no interest here. */
const goes = (path: string) => rig.webview.evaluate(`location.href = ${JSON.stringify(path)}; null`);
const begin = () => rig.run("navigate", { url: at("/login") });

/** Clicks in the overlay, where the person would: by the mouse, on the last or the first button. */
describe("yield", () => {
  test("a url condition, across pages; the address is told without query and fragment", async () => {
    await begin();
    const turn = rig.yield({ conditions: [{ type: "url", pattern: "/home" }] });
    await goes("/otp");
    await rig.until("document.querySelector('#otp')");
    await goes("/home?token=secret#frag");
    expect((await turn).result).toEqual({ matched: true, condition: 0, url: at("/home") });
    expect(rig.frames.join()).not.toContain("secret");
  });

  test("what holds already is answered at once", async () => {
    await begin();
    const { result } = await rig.yield({ conditions: [{ type: "selector", selector: "#login" }] });
    expect(result).toEqual({ matched: true, condition: 0, url: at("/login") });
  });

  test("selectors in every state, of any of several", async () => {
    await begin();
    const turn = rig.yield({
      conditions: [
        { type: "selector", selector: "#never" },
        { type: "selector", selector: "#user", state: "detached" },
      ],
    });
    await rig.webview.evaluate("document.querySelector('#user').remove(); null");
    expect((await turn).result).toMatchObject({ matched: true, condition: 1 });
    await begin();
    const hidden = rig.yield({ conditions: [{ type: "selector", selector: "#user", state: "hidden" }] });
    await rig.webview.evaluate("document.querySelector('#user').hidden = true; null");
    expect((await hidden).result).toMatchObject({ matched: true });
    const attached = rig.yield({ conditions: [{ type: "selector", selector: "template.x", state: "attached" }] });
    await rig.webview.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<template class=x></template>'.repeat(2)); null",
    );
    expect((await attached).result).toMatchObject({ matched: true });
  });

  test("all: together, not one after the other", async () => {
    await begin();
    const turn = rig.yield({
      match: "all",
      conditions: [
        { type: "url", pattern: "/home$" },
        { type: "selector", selector: "#user", state: "hidden" },
      ],
    });
    await goes("/otp");
    await rig.until("document.querySelector('#otp')");
    await goes("/home");
    expect((await turn).result).toMatchObject({ matched: true, url: at("/home") });
  });

  test("a document that is still arriving does not count as without the element", async () => {
    await begin();
    const rest = Promise.withResolvers<void>();
    rig.site.answer("/slow", async (_request, response) => {
      response
        .writeHead(200, { "content-type": "text/html" })
        .write(`<!doctype html><h1 id=first>x</h1>${" ".repeat(2048)}`);
      await rest.promise;
      response.end("<input id=user>");
    });
    let answered = false;
    const turn = rig.yield({ conditions: [{ type: "selector", selector: "#user", state: "hidden" }], timeout: 5_000 });
    void turn.then(() => {
      answered = true;
    });
    await goes("/slow");
    await rig.until("document.querySelector('#first')");
    await rig.until("performance.now() > 250");
    rest.resolve();
    await rig.until("document.querySelector('#user')");
    expect(answered).toBe(false);
    await goes("/home");
    expect((await turn).result).toMatchObject({ matched: true, url: at("/home") });
  });

  test("I'm done", async () => {
    await begin();
    const turn = rig.yield({
      conditions: [{ type: "url", pattern: "/never" }, { type: "userDone" }],
      status: { heading: "Log in" },
    });
    await rig.personPresses("I'm done");
    expect((await turn).result).toEqual({ matched: true, condition: 1, url: at("/login") });
  });

  test("I'm done, on a card that is still on its way in", async () => {
    await begin();
    const { session } = rig.host.browserPage;
    await session.send("Animation.enable");
    await session.send("Animation.setPlaybackRate", { playbackRate: 0.1 });
    const turn = rig.yield({ conditions: [{ type: "userDone" }] });
    await rig.until("document.querySelector('passage-status')?.getBoundingClientRect().height > 105");
    const at = (await rig.value(`(({ width, bottom }) => ({ x: width * 0.75, y: bottom - 40 }))(
      document.querySelector("passage-status").getBoundingClientRect())`)) as { x: number; y: number };
    const mouse = { ...at, button: "left", clickCount: 1 } as const;
    await session.send("Input.dispatchMouseEvent", { ...mouse, type: "mousePressed" });
    await rig.value(
      "new Promise((done) => { let left = 20; (function next() { left-- ? requestAnimationFrame(next) : done(1) })() })",
    );
    await session.send("Input.dispatchMouseEvent", { ...mouse, type: "mouseReleased" });
    expect((await turn).result).toMatchObject({ matched: true });
    await session.send("Animation.setPlaybackRate", { playbackRate: 1 });
    await session.send("Animation.disable");
  });

  test("I can't, after a page of another site and process", async () => {
    await begin();
    const turn = rig.yield({ conditions: [{ type: "userDone" }] });
    await goes(at("/otp").replace("127.0.0.1", "localhost"));
    await rig.until("document.querySelector('#otp')");
    await rig.personPresses("I can't");
    expect((await turn).result).toEqual({ matched: false, reason: "user_gave_up" });
  });

  test("the page cannot press the buttons", async () => {
    await begin();
    const turn = rig.yield({ conditions: [{ type: "userDone" }], optional: true, timeout: 400 });
    await rig.until("document.querySelector('passage-status')");
    await rig.webview.evaluate(`document.querySelector("passage-status").click();
      document.querySelector("passage-status").dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true })); null`);
    expect((await turn).result).toEqual({ matched: false, reason: "timeout" });
  });

  test("time over is an error, unless the yield is optional", async () => {
    await begin();
    const conditions = [{ type: "url" as const, pattern: "/never" }];
    expect((await rig.yield({ conditions, timeout: 60 })).error).toMatchObject({ code: "timeout" });
    expect((await rig.yield({ conditions, timeout: 60, optional: true })).result).toEqual({
      matched: false,
      reason: "timeout",
    });
  });

  test("while the person has the page, commands wait outside", async () => {
    await begin();
    const turn = rig.yield({ conditions: [{ type: "userDone" }] }, "y");
    for (const [command, params] of Object.entries({
      evaluate: { expression: "1" },
      textContent: { selector: "h1" },
      url: {},
      navigate: { url: at("/home") },
      fill: { selector: "#user", value: "x" },
    })) {
      expect((await rig.send(command, params)).error?.code).toBe("user_in_control");
    }
    expect((await rig.run("updateStatus", { heading: "x" })).result).toEqual({});
    rig.cancel("y");
    expect((await turn).error?.code).toBe("cancelled");
    expect((await rig.run("evaluate", { expression: "1" })).result).toEqual({ value: 1 });
  });

  test("bad patterns and selectors are refused", async () => {
    await begin();
    const ask = async (condition: Parameters<typeof rig.yield>[0]["conditions"][number]) =>
      (await rig.yield({ conditions: [condition] })).error?.code;
    expect(await ask({ type: "url", pattern: "(" })).toBe("invalid_params");
    expect(await ask({ type: "selector", selector: "p[" })).toBe("invalid_selector");
  });

  test("a selector at another site's page does not end it", async () => {
    await begin();
    rig.origins.pin([rig.site.origin]);
    const turn = rig.yield({ conditions: [{ type: "selector", selector: "#home" }] });
    await goes(at("/home").replace("127.0.0.1", "localhost"));
    await rig.until("document.querySelector('#home')");
    await goes(at("/home"));
    expect((await turn).result).toEqual({ matched: true, condition: 0, url: at("/home") });
  });

  test("a crash gives the person their page back", async () => {
    await begin();
    const turn = rig.yield({ conditions: [{ type: "url", pattern: "/home" }] });
    await rig.crash();
    await rig.until("document.querySelector('#login')");
    await goes("/home");
    expect((await turn).result).toMatchObject({ matched: true });
  });
});
