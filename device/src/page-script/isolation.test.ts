import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostUnderTest, Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

/** Runs in the page's own world, by an inline script. */
const inPage = (script: string) => `<p id=out></p><script>
  addEventListener("load", () => setTimeout(() => { out.textContent = JSON.stringify((() => { ${script} })()) }, 30))</script>`;
const out = async () => {
  await rig.until("document.querySelector('#out').textContent !== ''");
  return JSON.parse((await rig.run("textContent", { selector: "#out" })).result.text);
};

describe("the page script", () => {
  test("leaves nothing in the page's own world", async () => {
    const names = "return Object.getOwnPropertyNames(window).sort()";
    await rig.show(inPage(names));
    await rig.run("click", { selector: "#out" });
    const seen = (await out()) as string[];
    const frame = `<iframe srcdoc="<script>parent.clean = Object.getOwnPropertyNames(window)</script>"></iframe>`;
    expect(seen.filter((name) => /passage|ivya|playwright|cdp|devtools/i.test(name))).toEqual([]);
    await rig.show(
      `${frame}${inPage("return Object.getOwnPropertyNames(window).filter((n) => !window.clean.includes(n) && !/^(clean|out|0)$/.test(n))")}`,
    );
    expect(await out()).toEqual([]);
  });

  test("the browser does not say that it is automated", async () => {
    await rig.show(inPage("return [navigator.webdriver, 'webdriver' in navigator]"));
    expect(await out()).toEqual([false, true]);
  });

  test("watching the network changes nothing that the page can see", async () => {
    rig.site.page("/watched.json", "{}");
    await rig.show(`<p id=out></p><script>
      addEventListener("load", async () => {
        const frame = document.body.appendChild(document.createElement("iframe")).contentWindow;
        await fetch("/watched.json");
        out.textContent = JSON.stringify([
          fetch.toString(), Object.getOwnPropertyNames(fetch).sort(), XMLHttpRequest.prototype.send.toString(),
          navigator.serviceWorker.controller, Object.getOwnPropertyNames(navigator),
          Function.prototype.toString.call(frame.fetch),
        ]);
      });
    </script>`);
    const native = (name: string) => `function ${name}() { [native code] }`;
    expect(await out()).toEqual([native("fetch"), ["length", "name"], native("send"), null, [], native("fetch")]);
  });

  test("is unaffected by a page that destroys what it can", async () => {
    await rig.show(`<script>
      WeakMap = Map = Set = JSON = Promise = null;
      Element.prototype.getBoundingClientRect = Element.prototype.getAttribute = Document.prototype.querySelectorAll = () => { throw 1 };
      requestAnimationFrame = setTimeout = () => {};
      Object.defineProperty(HTMLInputElement.prototype, "value", { get() { return "no" }, set() {} });
      Array.prototype.map = Array.prototype.filter = null;
    </script><h1>Still here</h1><input id=i><button id=b onclick="document.body.className = 'clicked'">Go</button>`);
    expect((await rig.run("textContent", { selector: "role=heading" })).result).toEqual({ text: "Still here" });
    expect((await rig.run("fill", { selector: "#i", value: "Ada" })).result).toEqual({});
    expect((await rig.run("click", { selector: "text=Go" })).result).toEqual({});
    expect((await rig.run("inputValue", { selector: "#i" })).result).toEqual({ value: "Ada" });
    expect(await rig.value("document.body.className")).toBe("clicked");
  });

  // Where the script shares the page's world, the language itself asks these of the page (loops, spreads, patterns and `await`), and
  // the host's call reaches the script by an event: a page that replaces them can keep commands from being carried out.
  const ofLanguage = ["Promise", "RegExp", "NodeList", "DOMRectList"];
  const asked = hostUnderTest === "webview-contract-page" ? [...ofLanguage, "EventTarget", "CustomEvent"] : [];
  test("is unaffected by a page that replaces what the platform has", async () => {
    await rig.show(`<script>
      const no = () => { throw new Error("the page's own") };
      const { getOwnPropertyDescriptor, getOwnPropertyNames, defineProperty } = Object;
      for (const name of getOwnPropertyNames(window).filter((one) => /^[A-Z]/.test(one) && !${JSON.stringify(asked)}.includes(one))) {
        const kind = getOwnPropertyDescriptor(window, name).value;
        for (const of of [kind, kind?.prototype])
          for (const key of Object(of) === of ? getOwnPropertyNames(of) : []) {
            const { configurable, get, value } = getOwnPropertyDescriptor(of, key);
            if (key === "constructor" || !configurable || !(get || typeof value === "function")) continue;
            defineProperty(of, key, get ? { get: no, set: no } : { value: no });
          }
      }
    </script><h1>Still here</h1><input id=i><button id=b onclick="document_.className = 'clicked'">Go</button>
    <script>const document_ = b</script>`);
    expect((await rig.run("textContent", { selector: "role=heading" })).result).toEqual({ text: "Still here" });
    expect((await rig.run("count", { selector: "//button" })).result).toEqual({ count: 1 });
    expect((await rig.run("fill", { selector: "#i", value: "Ada" })).result).toEqual({});
    expect((await rig.run("inputValue", { selector: "#i" })).result).toEqual({ value: "Ada" });
    expect((await rig.run("click", { selector: "text=Go" })).error?.code).toBe(undefined);
  });

  test("works under the strictest CSP", async () => {
    for (const policy of ["default-src 'none'", "require-trusted-types-for 'script'; default-src 'none'"]) {
      await rig.show("<h1>Strict</h1><input id=i>", { headers: { "content-security-policy": policy } });
      expect((await rig.run("fill", { selector: "#i", value: "Ada" })).result).toEqual({});
      expect(await rig.value("document.querySelector('#i').value")).toBe("Ada");
      await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
      expect(await rig.value("document.querySelector('passage-status').getBoundingClientRect().height > 40")).toBe(
        true,
      );
    }
  });

  test("works in a sandbox without scripts", async () => {
    await rig.show("<h1>Strict</h1><input id=i>", {
      headers: { "content-security-policy": "default-src 'none'; sandbox" },
    });
    expect((await rig.run("fill", { selector: "#i", value: "Ada", timeout: 2_000 })).result).toEqual({});
    expect(await rig.value("document.querySelector('#i').value")).toBe("Ada");
  });

  test("is there in each new document, of whatever kind", async () => {
    rig.site.answer("/plain", (_request, response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end("plain"),
    );
    rig.site.answer("/json", (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("{}"),
    );
    rig.site.answer("/svg", (_request, response) =>
      response.writeHead(200, { "content-type": "image/svg+xml" }).end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    );
    const { origin } = rig.site;
    const other = origin.replace("127.0.0.1", "localhost");
    for (const url of [
      `${origin}/plain`,
      "about:blank",
      `${other}/missing`,
      `${origin}/json`,
      `${origin}/svg`,
      `${other}/plain`,
    ]) {
      expect((await rig.run("navigate", { url })).error).toBeUndefined();
      expect(await rig.page.call("title")).toMatchObject({ kind: "value" });
    }
  });

  test("survives document.open and document.write", async () => {
    await rig.show(
      "<p>old</p><script>setTimeout(() => { document.open(); document.write('<h1 id=new>new</h1>'); document.close() }, 20)</script>",
    );
    expect((await rig.run("textContent", { selector: "#new" })).result).toEqual({ text: "new" });
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
  });
});

describe("the overlay", () => {
  test("shows what updateStatus says, in no one's way", async () => {
    await rig.show("<button id=low style='position:fixed;bottom:20px;left:0;right:0;height:60px'>Under it</button>");
    expect((await rig.run("updateStatus", { heading: "Reading", subheading: "Soon", progress: 0.5 })).result).toEqual(
      {},
    );
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
    expect(await rig.value("document.querySelector('passage-status').shadowRoot")).toBe(null);
    expect((await rig.run("click", { selector: "#low" })).result).toEqual({});
    expect((await rig.run("isVisible", { selector: "passage-status" })).result).toEqual({ visible: false });
    expect((await rig.run("updateStatus", { progress: 2 })).error?.code).toBe("invalid_params");
  });

  test("no rule of the site hides it, and a modal dialog does not lock it out", async () => {
    await rig.show(`<style>* { display: none !important; opacity: 0 !important }
      html, body, dialog { display: block !important }</style><dialog id=d>Modal</dialog><script>d.showModal()</script>`);
    await rig.until("document.querySelector('dialog passage-status')?.matches(':popover-open')");
    expect(await rig.value("document.querySelector('passage-status').checkVisibility()")).toBe(true);
    expect(await rig.value("getComputedStyle(document.querySelector('passage-status')).opacity")).toBe("1");
  });
});
