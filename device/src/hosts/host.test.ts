import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

describe("dialogs", () => {
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
    const told = new Promise((resolve) =>
      rig.webview.listen((event) => event.type === "incident" && resolve(event.incident)),
    );
    await rig.crash();
    expect(await told).toEqual({ type: "window.crashed", window: "main", reloaded: true });
    expect((await waiting).error?.code).toBe("page_gone");
    expect((await rig.run("textContent", { selector: "#h" })).result).toEqual({ text: "Here" });
    expect((await rig.run("url", {})).result).toEqual({ url });
  });
});

describe("what the site sees of the browser", () => {
  test("no cookie at first, and one user agent in documents, frames, windows and after a crash", async () => {
    const fresh = await Rig.open();
    const seen: { cookie: string | undefined; userAgent: string | undefined }[] = [];
    const framed = Promise.withResolvers<void>();
    for (const path of ["/main", "/frame", "/window"])
      fresh.site.answer(path, (request, response) => {
        seen.push({ cookie: request.headers.cookie, userAgent: request.headers["user-agent"] });
        const html = path === "/main" ? "<iframe src=/frame></iframe><a id=a href=/window target=_blank>open</a>" : "";
        response.writeHead(200, { "content-type": "text/html", "set-cookie": "seen=1" }).end(html);
        if (path === "/window") framed.resolve();
      });
    await fresh.run("navigate", { url: `${fresh.site.origin}/main` });
    await fresh.run("click", { selector: "#a" });
    await framed.promise;
    await fresh.crash();
    await fresh.run("waitForSelector", { selector: "#a" });
    expect(seen[0]?.cookie).toBeUndefined();
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(new Set(seen.map(({ userAgent }) => userAgent))).toEqual(new Set([fresh.webview.userAgent]));
    await fresh.close();
  });

  test("reads of an empty page answer, or say that nothing matches", async () => {
    await rig.run("navigate", { url: "about:blank" });
    expect((await rig.run("title", {})).result).toEqual({ title: "" });
    expect((await rig.run("url", {})).result).toEqual({ url: "about:blank" });
    expect((await rig.run("content", {})).result.html).toContain("<body></body>");
    expect((await rig.run("isVisible", { selector: "h1" })).result).toEqual({ visible: false });
    for (const command of ["textContent", "innerHTML"] as const)
      expect((await rig.run(command, { selector: "h1", timeout: 100 })).error?.code).toBe("timeout");
    expect((await rig.run("evaluate", { expression: "localStorage.length" })).error?.code).toBe("evaluate_failed");
  });
});
