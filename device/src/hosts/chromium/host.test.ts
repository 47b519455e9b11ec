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
    expect(new TextDecoder().decode((await rig.webview.network?.body(id)) ?? undefined)).toContain("kept");
    stop?.();
  });
});

describe("the pointer", () => {
  const page = `<button style="position:fixed;inset:0;width:100vw;height:100vh" onclick="document.title='clicked'">Go</button>`;
  const press = (goesOn: () => Promise<boolean>) =>
    rig.webview.trustedInput?.click({ x: 60, y: 60 }, { button: "left", clickCount: 1, modifiers: [] }, goesOn);
  const title = () => rig.value("document.title");

  test("a press that goes on is a click, and one that does not is none", async () => {
    await rig.show(page);
    await press(async () => false);
    expect(await title()).toBe("");
    await press(async () => true);
    expect(await title()).toBe("clicked");
  });

  test("a press that another document overtakes is no click there", async () => {
    const next = rig.site.page("/next", page);
    await rig.show(page);
    await press(async () => {
      const load = await rig.webview.load(next);
      await rig.until("location.pathname === '/next' && document.readyState === 'complete'");
      return load.kind === "document";
    });
    expect(await title()).toBe("");
    await rig.run("click", { selector: "button" });
    expect(await title()).toBe("clicked");
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
