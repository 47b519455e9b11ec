import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterEach(() => {
  rig.privacy.pinSignIn(undefined);
});
afterAll(() => rig.close());

const canary = "cAnAry-7731";
const login = `<h1>Log in</h1><input id=user><input id=pass type=password value=${canary}><button>Go</button>`;
const content = {
  textContent: { selector: "h1" },
  getAttribute: { selector: "#pass", name: "value" },
  innerHTML: { selector: "body" },
  title: {},
  content: {},
  evaluate: { expression: "document.querySelector('#pass').value" },
  screenshot: {},
};
const code = async (command: string, params: Record<string, unknown>) => (await rig.send(command, params)).error?.code;

describe("a page with a sensitive field", () => {
  test("answers no content, and tells why", async () => {
    await rig.show(login);
    for (const [command, params] of Object.entries(content)) {
      const { error } = await rig.send(command, params);
      expect(error, command).toMatchObject({
        code: "blocked_private",
        message: expect.stringContaining("password"),
        details: { reason: "sensitive_field" },
      });
    }
    expect(rig.frames.join()).not.toContain(canary);
  });

  test("[A9] an account page with an empty field for a new password says where to read instead", async () => {
    await rig.show("<h1>Account</h1><form>Change password <input type=password autocomplete=new-password></form>");
    const { error } = await rig.run("textContent", { selector: "h1" });
    expect(error).toMatchObject({
      code: "blocked_private",
      message: expect.stringMatching(/navigate to another page of the site .* fetchInPage/),
    });
    rig.site.answer("/api/account", (_request, response) => response.end("Ada"));
    expect((await rig.run("fetchInPage", { url: "/api/account" })).error?.code).toBe("blocked_private");
    await rig.show("<h1>Home</h1>");
    expect((await rig.run("fetchInPage", { url: "/api/account" })).result.body).toBe("Ada");
  });

  test("status, places, booleans, waits, click and fill go on", async () => {
    const url = await rig.show(login);
    expect((await rig.run("isVisible", { selector: "input[type=password]" })).result).toEqual({ visible: true });
    expect((await rig.run("url", {})).result).toEqual({ url });
    expect((await rig.run("waitForSelector", { selector: "role=button[name='Go']" })).result).toEqual({});
    expect((await rig.run("fill", { selector: "#user", value: "ada" })).result).toEqual({});
    expect((await rig.run("fill", { selector: "#pass", value: canary })).error?.details?.reason).toBe("owned_field");
    expect((await rig.run("click", { selector: "text=Go" })).result).toEqual({});
    expect((await rig.run("navigate", { url })).result).toMatchObject({ url, status: 200 });
  });

  test("errors tell of elements no more than tag and role", async () => {
    await rig.show(`${login}<button id=${canary} role=switch>${canary}</button>`);
    const { error } = await rig.run("click", { selector: "button" });
    expect(error).toMatchObject({
      code: "strict_violation",
      details: { matches: ["<button>", '<button role="switch">'] },
    });
    expect(JSON.stringify(error)).not.toContain(canary);
  });

  test.each([
    [
      "in a frame without a source",
      "<iframe></iframe><script>frames[0].document.body.innerHTML = '<input type=password>'</script>",
    ],
    ["in a srcdoc frame", `<iframe srcdoc="<input type=password>"></iframe>`],
    [
      "in a frame of a frame",
      `<iframe srcdoc="<iframe srcdoc='<input autocomplete=one-time-code>'></iframe>"></iframe>`,
    ],
    ["in a sandboxed frame", `<iframe sandbox srcdoc="<input type=password>"></iframe>`],
    [
      "in an open shadow root",
      "<div></div><script>document.querySelector('div').attachShadow({ mode: 'open' }).innerHTML = '<input type=password>'</script>",
    ],
    ["that a button shows as text", "<input type=password id=p><script>setTimeout(() => { p.type = 'text' })</script>"],
    ["that is hidden and filled", "<input type=password style='display: none' value=x>"],
  ])("%s", async (_name, html) => {
    await rig.show(`<h1>x</h1>${html}`);
    expect(await code("textContent", { selector: "h1" })).toBe("blocked_private");
  });

  test("in a frame of another site, which lives in another process", async () => {
    const other = rig.site.page("/other-login", "<input type=password>").replace("127.0.0.1", "localhost");
    await rig.show(`<h1>x</h1><iframe src="${other}"></iframe>`);
    expect(await code("textContent", { selector: "h1" })).toBe("blocked_private");
    await rig.value("document.querySelector('iframe').remove()");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "x" });
  });

  test("in a window of the same origin that the page has opened", async () => {
    rig.site.page("/window-login", "<input type=password value=x><script>fetch('/window-open')</script>");
    await rig.show("<h1>x</h1><button onclick='window.other = window.open(`/window-login`)'>Open</button>");
    await rig.run("click", { selector: "button" });
    await rig.site.asked("/window-open");
    await expect.poll(() => code("textContent", { selector: "h1" })).toBe("blocked_private");
    expect(await code("evaluate", { expression: "1" })).toBe("blocked_private");
    await rig.webview.closeOtherWindows();
    await expect.poll(() => code("textContent", { selector: "h1" })).toBeUndefined();
  });

  test("a shadow root that comes late, and a field that goes", async () => {
    await rig.show("<h1>x</h1><div></div>");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "x" });
    await rig.value("document.querySelector('div').attachShadow({ mode: 'open' }).innerHTML = '<input type=password>'");
    expect(await code("textContent", { selector: "h1" })).toBe("blocked_private");
    await rig.value("document.querySelector('div').remove()");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "x" });
  });

  test("a field that comes while the page is being read", async () => {
    await rig.show("<p></p>");
    const reading = rig.run("textContent", { selector: "h1" });
    await rig.until("true");
    await rig.value(`document.body.innerHTML = "<input type=password><h1>${canary}</h1>"`);
    expect((await reading).error?.code).toBe("blocked_private");
    expect(rig.frames.join()).not.toContain(canary);
  });

  test("a login dialog that nobody has opened is no private page", async () => {
    await rig.show("<h1>x</h1><dialog><input type=password></dialog><input name=q placeholder=Search>");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "x" });
    await rig.value("document.querySelector('dialog').showModal()");
    expect(await code("textContent", { selector: "h1" })).toBe("blocked_private");
  });
});

describe("a sign-in origin", () => {
  test("is private without any field", async () => {
    rig.privacy.pinSignIn([rig.site.origin]);
    await rig.show("<title>t</title><h1>x</h1>");
    for (const [command, params] of Object.entries(content))
      expect(await code(command, params)).toBe("blocked_private");
    expect((await rig.run("isVisible", { selector: "h1" })).result).toEqual({ visible: true });
  });

  test("no condition reads the bodies of its responses", async () => {
    rig.site.answer("/token", (_request, response) => response.writeHead(200).end(`{"token":"${canary}"}`));
    await rig.show("<h1>x</h1>");
    rig.privacy.pinSignIn([rig.site.origin]);
    await rig.value("fetch('/token').then((response) => response.text()).then(() => null)");
    const ask = (condition: object) =>
      rig.yield({
        conditions: [{ type: "networkRequest", url: "/token", ...condition }],
        optional: true,
        timeout: 300,
      });
    expect((await ask({ bodyContains: "token" })).result).toMatchObject({ matched: false });
    expect((await ask({ captureBody: true })).result).toMatchObject({ matched: false });
    expect((await ask({})).result).toMatchObject({ matched: true });
    expect(rig.frames.join()).not.toContain(canary);
  });
});

describe("questions about a private page", () => {
  const page = `${login}<textarea aria-label=Password>${canary}</textarea><div contenteditable aria-label=Password><b>${canary}</b></div>`;

  test.each([
    "input[value^=c]",
    "input[v\\61lue^=c]",
    "input[*|value]",
    "input:has(+ [value$='1'])",
    "body:has(input:not([value^=c]))",
    ":nth-child(1 of [value^=c])",
    "[aria-valuetext^=c]",
    "[data-value^=c]",
    "xpath=//input[starts-with(@value, 'c')]",
    "//input[starts-with(@value, 'c')]",
    "text=/^c/",
    "text=c",
    "text='7'",
    ":text-matches('^c')",
    ":has-text('7731')",
    "role=textbox[name=/^c/]",
    "role=textbox[name='a7']",
    "internal:attr=[value='c']",
    "h1 >> internal:has-text='ca'",
    "input:right-of(h1)",
  ])("%s is refused", async (selector) => {
    await rig.show(page);
    expect(await code("isVisible", { selector })).toBe("blocked_private");
    expect(await code("waitForSelector", { selector, timeout: 500 })).toBe("blocked_private");
    const yielded = await rig.yield({ conditions: [{ type: "selector", selector }], timeout: 500 });
    expect(yielded.error?.code).toBe("blocked_private");
  });

  test("text is not found in sensitive fields, and found elsewhere", async () => {
    await rig.show(`${page}<p>Wrong credentials</p>`);
    for (const selector of ["textarea:has-text('cAnAry')", "text=cAnAry", "b:text('cAnAry')", "div:has-text('cAnAry')"])
      expect((await rig.run("isVisible", { selector })).result, selector).toEqual({ visible: false });
    for (const selector of [
      "text=Wrong credentials",
      "p:has-text('Wrong')",
      "input[type='password']:visible",
      "#user[id^=us]",
    ])
      expect((await rig.run("isVisible", { selector })).result, selector).toEqual({ visible: true });
  });

  test("so many different ones are enough", async () => {
    const own = await Rig.open();
    await own.show(login);
    expect((await own.run("title", {})).error?.code).toBe("blocked_private");
    for (let n = 0; n < 200; n++) own.privacy.question(`.q${n}`);
    const { error } = await own.run("isVisible", { selector: ".another" });
    expect(error).toMatchObject({ code: "blocked_private", details: { reason: "too_many_questions" } });
    expect((await own.run("isVisible", { selector: ".q7" })).result).toEqual({ visible: false });
    await own.close();
  });
});

describe("evaluate", () => {
  test("runs apart from the page script", async () => {
    await rig.show("<h1>x</h1>");
    const { result } = await rig.run("evaluate", {
      expression: "[typeof passage, typeof passagePost, document.querySelector('passage-status')?.shadowRoot ?? null]",
    });
    expect(result.value).toEqual(["undefined", "undefined", null]);
    await rig.run("evaluate", { expression: "Document.prototype.querySelectorAll = () => []; null" });
    await rig.value("void document.body.insertAdjacentHTML('beforeend', '<input type=password>')");
    expect(await code("textContent", { selector: "h1" })).toBe("blocked_private");
  });

  test("is refused in a page that had a sensitive field, until the next", async () => {
    await rig.show(login);
    await rig.value("document.querySelector('#pass').remove()");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "Log in" });
    expect((await rig.run("evaluate", { expression: "1" })).error).toMatchObject({
      code: "blocked_private",
      details: { reason: "had_sensitive_field" },
    });
    await rig.show("<h1>x</h1>");
    expect((await rig.run("evaluate", { expression: "1" })).result).toEqual({ value: 1 });
  });

  test("what it left behind sees nothing of what a person types: a yield begins in a new document", async () => {
    await rig.show("<h1>x</h1><input id=i>");
    await rig.value("void (window.old = true)");
    await rig.run("evaluate", {
      expression: `document.body.append(Object.assign(document.createElement("script"), { textContent: "window.left = 1" }));
        addEventListener("input", (event) => navigator.sendBeacon("/stolen?" + event.target.value), true);
        setInterval(() => navigator.sendBeacon("/stolen?" + document.querySelector("#i").value), 5); null`,
    });
    await rig.site.asked("/stolen?");
    const turn = rig.yield({ conditions: [{ type: "userDone" }] }, "turn");
    await rig.until("!window.old && document.querySelector('#i') && document.querySelector('passage-status')");
    const before = rig.site.requests.length;
    await rig.value("void (document.querySelector('#i').focus(), document.execCommand('insertText', false, 'typed'))");
    await rig.value("fetch('/settled').then(() => null)");
    expect(rig.site.requests.slice(before).join()).not.toContain("typed");
    rig.cancel("turn");
    await turn;
  });

  test("windows that could reach into the page are closed before a person types", async () => {
    rig.site.page(
      "/popup",
      "<script>fetch('/open'); addEventListener('pagehide', () => navigator.sendBeacon('/closed'))</script>",
    );
    await rig.show("<h1>x</h1><button onclick='window.open(`/popup`)'>Open</button>");
    await rig.run("evaluate", { expression: "1" });
    await rig.run("click", { selector: "button" });
    await rig.site.asked("/open");
    expect((await rig.yield({ conditions: [{ type: "selector", selector: "h1" }] })).result).toMatchObject({
      matched: true,
    });
    await rig.site.asked("/closed");
  });
});
