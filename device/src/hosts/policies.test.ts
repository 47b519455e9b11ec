import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { selfSigned } from "../../test/certificate.ts";
import { Rig } from "../../test/rig.ts";
import type { Incident } from "../incident.ts";

let rig: Rig;
let told: Incident[];
beforeAll(async () => {
  rig = await Rig.open();
  rig.webview.listen((event) => {
    if (event.type === "incident") told.push(event.incident);
  });
});
beforeEach(() => {
  told = [];
});
afterAll(() => rig.close());

/** Waits for an incident of the type. */
async function next<Type extends Incident["type"]>(type: Type): Promise<Extract<Incident, { type: Type }>> {
  const seen = told.find((incident) => incident.type === type);
  if (seen) return seen as Extract<Incident, { type: Type }>;
  const { promise, resolve } = Promise.withResolvers<Incident>();
  const stop = rig.webview.listen((event) => {
    if (event.type === "incident" && event.incident.type === type) resolve(event.incident);
  });
  return promise.finally(stop) as Promise<Extract<Incident, { type: Type }>>;
}

describe("dialogs", () => {
  test("are dismissed while the automation works, three within each other, and named", async () => {
    await rig.show("<h1>x</h1>");
    expect(await rig.value("[confirm('sure?'), prompt('name?'), alert('hi')]")).toEqual([false, null, null]);
    expect(told).toEqual(
      ["confirm", "prompt", "alert"].map((dialog) => ({
        type: "dialog.opened",
        window: "main",
        dialog,
        answer: "dismissed",
      })),
    );
  });

  test("a page that asks to stay is left all the same", async () => {
    await rig.show(
      "<button id=b>x</button><script>addEventListener('beforeunload', (e) => e.preventDefault())</script>",
    );
    await rig.personClicks({ x: 20, y: 20 });
    const url = rig.site.page("/left", "<h1>left</h1>");
    expect((await rig.run("navigate", { url })).result).toEqual({ url, status: 200 });
    expect(told).toContainEqual({ type: "dialog.opened", window: "main", dialog: "beforeunload", answer: "accepted" });
  });
});

describe("windows", () => {
  test("several at once, each with its name and opener; a dialog of one holds up nobody", async () => {
    rig.site.page("/one", "<script>opener.postMessage(confirm('sure?'), '*')</script>");
    rig.site.page("/two", "<script>opener.postMessage('two', '*'); close()</script>");
    await rig.show(`<p id=out></p><button id=one>x</button><button id=two>x</button><script>
      addEventListener("message", (e) => { out.textContent += e.data + " " });
      for (const b of [one, two]) b.onclick = () => window.open("/" + b.id)</script>`);
    for (const [selector, said] of [
      ["#one", "false"],
      ["#two", "two"],
    ]) {
      expect((await rig.run("click", { selector: `${selector}` })).result).toEqual({});
      expect((await rig.run("waitForSelector", { selector: `#out >> text=${said}` })).result).toEqual({});
    }
    const closed = await next("window.closed");
    const opened = told.filter((one) => one.type === "window.opened");
    expect(opened.map(({ opener }) => opener)).toEqual(["main", "main"]);
    expect(opened[1]?.window).toBe(closed.window);
    expect(told).toContainEqual({
      type: "dialog.opened",
      window: opened[0]?.window,
      dialog: "confirm",
      answer: "dismissed",
    });
    await rig.webview.closeOtherWindows();
  });

  test("a field for a secret in a popup makes the page private", async () => {
    rig.site.page("/sign-in", "<input type=password>");
    await rig.show("<h1>x</h1><button id=b onclick='window.open(`/sign-in`)'>x</button>");
    await rig.run("click", { selector: "#b" });
    await expect.poll(() => rig.privacy.reason, { timeout: 10_000 }).toBe("sensitive_field");
    const { error } = await rig.run("textContent", { selector: "h1" });
    expect(error).toMatchObject({ code: "blocked_private", details: { reason: "sensitive_field" } });
    await rig.webview.closeOtherWindows();
    await rig.show("<h1>x</h1>");
    expect((await rig.run("textContent", { selector: "h1" })).result).toEqual({ text: "x" });
  });
});

test("[A11] a download is refused, and the page stays", async () => {
  rig.site.answer("/bill.pdf", (_request, response) =>
    response.writeHead(200, { "content-disposition": "attachment; filename=secret.pdf" }).end("%PDF"),
  );
  const url = await rig.show("<a id=a href='/bill.pdf?token=1'>Bill</a><p id=p>here</p>");
  await rig.run("click", { selector: "#a" });
  expect(await next("download.refused")).toEqual({
    type: "download.refused",
    url: `${rig.site.origin}/bill.pdf?token=1`,
  });
  expect((await rig.run("url", {})).result).toEqual({ url });
  const { error } = await rig.run("navigate", { url: `${rig.site.origin}/bill.pdf` });
  expect(error).toMatchObject({ code: "navigation_failed", details: { reason: "download" } });
  expect(error?.message).toContain("is a download and not a page; ask for it from a page of its site with fetchInPage");
  expect((await rig.run("textContent", { selector: "#p" })).result).toEqual({ text: "here" });
});

test("[A11] so is a document that is no page", async () => {
  await rig.show("<p id=p>here</p>");
  for (const type of ["application/zip", "application/octet-stream"]) {
    rig.site.answer("/file", (_request, response) => response.writeHead(200, { "content-type": type }).end("%PDF-1.4"));
    const { error } = await rig.run("navigate", { url: `${rig.site.origin}/file` });
    expect(error, type).toMatchObject({ code: "navigation_failed", details: { reason: "download" } });
    expect((await rig.run("textContent", { selector: "#p" })).result).toEqual({ text: "here" });
  }
});

test("permissions are denied without a question", async () => {
  await rig.show("<h1>x</h1>");
  const names = ["geolocation", "notifications", "camera", "microphone"];
  const states = `Promise.all(${JSON.stringify(names)}.map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`;
  expect(await rig.value(states)).toEqual(["denied", "denied", "denied", "denied"]);
  const asked = `new Promise((done) => navigator.geolocation.getCurrentPosition(() => done("given"), ({ code }) => done(code)))`;
  expect(await rig.value(asked)).toBe(1);
  expect(await rig.value("navigator.mediaDevices.getUserMedia({ audio: true }).catch(({ name }) => name)")).toMatch(
    /^NotAllowedError|NotFoundError$/,
  );
});

test("[A13] HTTP authentication is cancelled and named; the page is what the site answers then", async () => {
  rig.site.answer("/basic", (_request, response) =>
    response
      .writeHead(401, { "www-authenticate": "Basic realm=secret", "content-type": "text/html" })
      .end("<p id=no>no</p>"),
  );
  const url = `${rig.site.origin}/basic`;
  const { error } = await rig.run("navigate", { url });
  expect(error).toMatchObject({ code: "navigation_failed", details: { reason: "unsupported_login_method", url } });
  expect((await rig.run("textContent", { selector: "#no" })).result).toEqual({ text: "no" });
  expect(told).toContainEqual({ type: "auth.cancelled", window: "main", url, proxy: false });
});

test("[A13] without a page of its own the site's question is named too, and the person reads why it goes no further", async () => {
  rig.site.answer("/bare", (_request, response) =>
    response.writeHead(401, { "www-authenticate": "Basic realm=secret" }).end(),
  );
  const url = await rig.show("<a id=a href=/bare>Sign in</a>");
  const { error } = await rig.run("navigate", { url: `${rig.site.origin}/bare` });
  expect(error).toMatchObject({ code: "navigation_failed", details: { reason: "unsupported_login_method" } });
  await rig.run("navigate", { url });
  expect(rig.page.wantsBrowserSignIn).toBe(false);
  const turn = rig.yield({ conditions: [{ type: "url", pattern: "/never" }] }, "turn");
  await rig.until("document.querySelector('passage-status')");
  await rig.webview.evaluate("location.href = '/bare'; null");
  await expect.poll(() => rig.page.wantsBrowserSignIn, { timeout: 10_000 }).toBe(true);
  // The overlay stands on the browser's own error page too.
  await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
  rig.cancel("turn");
  await turn;
  expect((await rig.run("navigate", { url })).result).toMatchObject({ status: 200 });
});

test("a certificate that is not trusted is navigation_failed, reason tls", async () => {
  const server = createServer(selfSigned("localhost"), (_request, response) => response.end("secret"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { error } = await rig.run("navigate", { url: `https://localhost:${port}/` });
  expect(error).toMatchObject({ code: "navigation_failed", details: { reason: "tls" } });
  await rig.show("<h1>x</h1>");
  server.close();
});

test("a file is given by setInputFiles, or chosen by the person", async () => {
  await rig.show("<input type=file id=f style='position:fixed;left:0;top:0;width:200px;height:100px'>");
  await rig.personClicks({ x: 30, y: 50 });
  expect(await next("file_chooser.refused")).toEqual({ type: "file_chooser.refused", window: "main" });
  expect(await rig.value("document.querySelector('#f').files.length")).toBe(0);
});

test("another app's address leads nowhere, and is named by its scheme", async () => {
  const url = await rig.show("<a id=a href='mailto:ada@example.com'>Mail</a>");
  await rig.run("click", { selector: "#a" });
  expect(await next("external_app.requested")).toEqual({
    type: "external_app.requested",
    window: "main",
    scheme: "mailto",
  });
  expect((await rig.run("url", {})).result).toEqual({ url });
});
