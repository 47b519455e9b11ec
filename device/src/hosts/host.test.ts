import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

describe("dialogs", () => {
  test("are dismissed while the automation works", async () => {
    await rig.show("<h1>x</h1>");
    expect(await rig.value("[confirm('sure?'), prompt('name?'), alert('hi')]")).toEqual([false, null, null]);
  });

  test("are the person's while they have control, and dismissed when it ends", async () => {
    await rig.show("<p id=out>none</p>");
    const turn = rig.yield({ conditions: [{ type: "userDone" }] }, "y");
    void rig.webview.evaluate(
      "setTimeout(() => { document.querySelector('#out').textContent = String(confirm('sure?')) }, 0); null",
    );
    await rig.untilDialog();
    rig.cancel("y");
    await turn;
    expect((await rig.run("textContent", { selector: "text=false" })).result).toEqual({ text: "false" });
  });

  test("a page that asks to stay is left all the same", async () => {
    await rig.show(
      "<button id=b>x</button><script>addEventListener('beforeunload', (e) => e.preventDefault())</script>",
    );
    await rig.run("click", { selector: "#b" });
    const url = rig.site.page("/left", "<h1>left</h1>");
    expect((await rig.run("navigate", { url })).result).toEqual({ url, status: 200 });
  });
});

describe("windows", () => {
  test("a popup has its opener, talks to it and closes itself; commands stay on the main page", async () => {
    rig.site.page("/callback", "<script>opener.postMessage('code', '*'); close()</script>");
    await rig.show(`<button id=b>Sign in</button><p id=out>none</p><script>
      let popup; b.onclick = () => { popup = window.open("", "sso", "width=300,height=400"); popup.location = "/callback" };
      addEventListener("message", (e) => setInterval(() => { if (popup.closed) out.textContent = e.data + " and closed" }, 10));
    </script>`);
    const before = rig.page.url();
    await rig.run("click", { selector: "#b" });
    expect((await rig.run("textContent", { selector: "text=code and closed" })).result.text).toBe("code and closed");
    expect(rig.page.url()).toBe(before);
  });

  test("target=_blank opens a window of its own", async () => {
    const opened = Promise.withResolvers<void>();
    rig.site.answer("/blank", (_request, response) => {
      opened.resolve();
      response.end("<p>tab</p>");
    });
    const url = await rig.show("<a id=a href=/blank target=_blank>open</a>");
    await rig.run("click", { selector: "#a" });
    await opened.promise;
    expect((await rig.run("url", {})).result).toEqual({ url });
  });
});

describe("crash", () => {
  test("the running command answers page_gone, and the page comes back", async () => {
    const url = await rig.show("<h1 id=h>Here</h1>");
    const waiting = rig.run("waitForSelector", { selector: "#never" });
    await rig.crash();
    expect((await waiting).error?.code).toBe("page_gone");
    expect((await rig.run("textContent", { selector: "#h" })).result).toEqual({ text: "Here" });
    expect((await rig.run("url", {})).result).toEqual({ url });
  });
});
