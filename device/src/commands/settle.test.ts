import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page("/next", "<title>next</title><h1>next</h1>");
  rig.site.answer("/empty", (_request, response) => response.writeHead(204).end());
  rig.site.answer("/file", (_request, response) =>
    response.writeHead(200, { "content-disposition": "attachment; filename=a.txt" }).end("x"),
  );
});
afterAll(() => rig.close());

const at = (path: string) => rig.site.origin + path;
const url = async () => (await rig.run("url", {})).result.url;
const old = (body: string) => rig.show(`<title>old</title><h1>old</h1>${body}`);

/** Serves the path once its answer is let go. */
function held(path: string): { readonly asked: Promise<void>; letGo(): void } {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  rig.site.answer(path, async (_request, response) => {
    asked.resolve();
    await answer.promise;
    response.writeHead(200, { "content-type": "text/html" }).end("<title>late</title><h1>late</h1>");
  });
  return { asked: asked.promise, letGo: answer.resolve };
}

describe("an action that starts a navigation resolves after its commit", () => {
  test.each([
    ["click on a link", "<a id=t href=/late>go</a>", "click", {}],
    ["click on a submit button", "<form action=/late><button id=t>go</button></form>", "click", {}],
    ["click whose handler sets location", `<b id=t onclick="location.href = '/late'">go</b>`, "click", {}],
    [
      "click whose handler submits by POST",
      `<form action=/late method=post><b id=t onclick="this.parentNode.submit()">go</b></form>`,
      "click",
      {},
    ],
    [
      "click whose handler's next task sets location",
      `<b id=t onclick="setTimeout(() => { location.href = '/late' })">go</b>`,
      "click",
      {},
    ],
    ["press of Enter in a form", "<form action=/late><input id=t></form>", "press", { key: "Enter" }],
    [
      "select whose change submits",
      "<form action=/late><select id=t onchange='this.form.submit()'><option>a<option>b</select></form>",
      "select",
      { values: ["b"] },
    ],
    [
      "check whose click submits",
      "<form action=/late><input type=checkbox id=t onclick='this.form.submit()'></form>",
      "check",
      {},
    ],
    ["fill whose input leads on", `<input id=t oninput="location.href = '/late'">`, "fill", { value: "x" }],
  ] as const)("%s", async (_title, html, command, more) => {
    const late = held("/late");
    await old(html);
    let answered = false;
    const acted = rig.send(command, { selector: "#t", ...more }).then((answer) => {
      answered = true;
      return answer;
    });
    await late.asked;
    expect(answered).toBe(false);
    late.letGo();
    const { error } = await acted;
    expect(error?.code).toBe(undefined);
    expect((await url()).split("?")[0]).toBe(at("/late"));
    expect((await rig.run("waitForSelector", { selector: "text=late" })).result).toEqual({});
    expect((await rig.run("count", { selector: "text=old" })).result).toEqual({ count: 0 });
  });

  test("then reload and goBack are of the new page", async () => {
    const first = await old("<a id=t href=/next>go</a>");
    await rig.run("click", { selector: "#t" });
    expect((await rig.run("reload", {})).result).toEqual({ url: at("/next"), status: 200 });
    expect((await rig.run("goBack", {})).result).toMatchObject({ url: first });
    expect((await rig.run("title", {})).result).toEqual({ title: "old" });
  });

  test("one that cannot be loaded has its error page", async () => {
    rig.site.answer("/cut", (request) => void request.socket.destroy());
    await old("<a id=t href=/cut>go</a>");
    expect((await rig.run("click", { selector: "#t" })).result).toEqual({});
    expect(await url()).toBe(at("/cut"));
  });

  test("at the deadline the error says that the action was sent", async () => {
    rig.site.answer("/never", () => {});
    await old("<a id=t href=/never>go</a>");
    const { error } = await rig.run("click", { selector: "#t", timeout: 1_500 });
    expect(error).toMatchObject({
      code: "timeout",
      message: expect.stringContaining("has not answered since the action"),
    });
    expect((await rig.run("navigate", { url: at("/next") })).result).toEqual({ url: at("/next"), status: 200 });
  });
});

describe("what leads to no other document is not waited for", () => {
  test.each([
    ["status 204", "<a id=t href=/empty>go</a>"],
    ["a download", "<a id=t href=/file>go</a>"],
    ["a fragment", "<a id=t href='#there'>go</a>"],
    ["pushState", `<b id=t onclick="history.pushState(null, '', '#pushed')">go</b>`],
    ["a window of its own", "<a id=t href=/next target=_blank>go</a>"],
    ["a link to an app", "<a id=t href='mailto:ada@example.org'>go</a>"],
    ["a frame of the page", "<iframe name=f></iframe><a id=t href=/next target=f>go</a>"],
    ["a script as address", "<a id=t href='javascript:void 0'>go</a>"],
  ])("%s", async (_title, html) => {
    const here = await old(html);
    expect((await rig.run("click", { selector: "#t", timeout: 10_000 })).result).toEqual({});
    expect((await url()).split("#")[0]).toBe(here);
    expect((await rig.run("title", {})).result).toEqual({ title: "old" });
    await rig.webview.closeOtherWindows();
  });
});

describe("navigate", () => {
  test("takes the place of a navigation that the page has started", async () => {
    rig.site.answer("/silent", () => {});
    for (let round = 0; round < 5; round++) {
      await old("<form action=/silent><input type=submit id=t></form>");
      expect((await rig.run("click", { selector: "#t", timeout: 600 })).error?.code).toBe("timeout");
      expect((await rig.run("navigate", { url: at("/next") })).result).toEqual({ url: at("/next"), status: 200 });
      expect((await rig.run("title", {})).result).toEqual({ title: "next" });
    }
  });

  test("is started again when the page's own takes its place", async () => {
    const [wanted, signal] = [held("/wanted"), held("/signal")];
    rig.site.page("/instead", "<h1>instead</h1>");
    await old(
      `<b style="position:fixed;inset:0" onclick="fetch('/signal').then(() => { location.href = '/instead' })">go</b>`,
    );
    await rig.personClicks({ x: 9, y: 9 });
    await signal.asked;
    const navigated = rig.run("navigate", { url: at("/wanted") });
    await wanted.asked;
    // With the user activation of a person's click, the page's navigation replaces the one under way.
    signal.letGo();
    await rig.site.asked("/instead");
    wanted.letGo();
    const { result, error } = await navigated;
    expect(error).toBe(undefined);
    expect(result).toEqual({ url: at("/wanted"), status: 200 });
    expect((await rig.run("title", {})).result).toEqual({ title: "late" });
  });
});
