import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageScript, Rig } from "../../../test/rig.ts";
import { launchChromium } from "./launch.ts";

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

describe("the network", () => {
  test("a body outlives the page's process", async () => {
    rig.site.page("/plain", "<p>kept</p>");
    const finished = Promise.withResolvers<string>();
    const stop = rig.webview.network?.listen((event) => {
      if (event.type === "request" && event.url.endsWith("/plain")) finished.resolve(event.id);
    });
    await rig.show("<h1>x</h1>");
    await rig.value("fetch('/plain').then((answer) => answer.text())");
    const id = await finished.promise;
    const other = rig.site.page("/elsewhere", "<p>x</p>").replace("127.0.0.1", "localhost");
    await rig.run("navigate", { url: other });
    expect(await rig.webview.network?.body(id)).toContain("kept");
    stop?.();
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

describe("launch", () => {
  test("opens a DevTools port on loopback when asked, and wipes the profile", async () => {
    const host = await launchChromium({ headless: true, cdpPort: 0, pageScript: await pageScript() });
    const version = (await (await fetch(`http://127.0.0.1:${host.cdpPort}/json/version`)).json()) as {
      Browser: string;
    };
    expect(version.Browser).toContain("Chrome");
    expect(existsSync(host.profile)).toBe(true);
    await Promise.all([host.close(), host.close()]);
    expect(existsSync(host.profile)).toBe(false);
  });

  test("a profile of a device that was killed goes at the next start", async () => {
    const orphan = await mkdtemp(join(tmpdir(), "passage-device-999999999-"));
    const host = await launchChromium({ headless: true, pageScript: "" });
    expect(existsSync(orphan)).toBe(false);
    await host.close();
  });

  test("says what is wrong: no such browser, a browser that ends, no page script", async () => {
    await expect(launchChromium({ chromiumPath: "/no/such/browser", pageScript: "" })).rejects.toThrow(
      "not an executable",
    );
    const folder = await mkdtemp(join(tmpdir(), "passage-fake-"));
    const fake = join(folder, "chromium");
    await writeFile(fake, "#!/bin/sh\necho no display >&2\nexit 3\n");
    await chmod(fake, 0o755);
    await expect(launchChromium({ chromiumPath: fake, pageScript: "" })).rejects.toThrow("no display");
    await rm(folder, { recursive: true });
  });
});
