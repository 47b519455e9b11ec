import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page("/a", "<h1 id=a>A</h1><a id=link href=/b>on</a>");
  rig.site.page("/b", "<h1 id=b>B</h1>");
});
afterAll(() => rig.close());

const at = (path: string) => rig.site.origin + path;
const goBack = () => rig.run("goBack", { timeout: 3_000 });

test("goBack stays behind the first page that the automation opened", async () => {
  const refused = { code: "not_actionable", message: expect.stringContaining("no page before this one") };
  expect((await goBack()).error).toMatchObject(refused);
  await rig.run("navigate", { url: at("/a") });
  expect((await goBack()).error).toMatchObject(refused);
  await rig.run("click", { selector: "#link" });
  await rig.run("waitForSelector", { selector: "#b" });
  expect((await goBack()).result).toEqual({ url: at("/a"), status: 200 });
  expect((await rig.run("textContent", { selector: "#a" })).result).toEqual({ text: "A" });
  expect((await goBack()).error).toMatchObject(refused);
});

test("goBack undoes a jump within the document, and keeps the document", async () => {
  await rig.run("navigate", { url: at("/b") });
  await rig.value("document.title = 'kept'");
  await rig.value("history.pushState({}, '', '/b?step=2')");
  expect((await goBack()).result).toEqual({ url: at("/b"), status: 200 });
  expect(await rig.value("document.title")).toBe("kept");
});

test("goBack to another site's page is told to be outside the session", async () => {
  await rig.run("navigate", { url: at("/a").replace("127.0.0.1", "localhost") });
  await rig.run("navigate", { url: at("/b") });
  rig.origins.pin([rig.site.origin]);
  expect((await goBack()).error?.code).toBe("origin_not_allowed");
  rig.origins.pin(undefined);
});

test("reload gives a new document, with its own status", async () => {
  let visits = 0;
  const url = rig.site.answer("/counted", (_request, response) => {
    response.writeHead(++visits === 1 ? 200 : 503, { "content-type": "text/html" }).end(`<p id=n>${visits}</p>`);
  });
  for (const address of [url, `${url}#part`]) {
    await rig.run("navigate", { url: at("/a") });
    visits = 0;
    await rig.run("navigate", { url: address });
    expect((await rig.run("reload", {})).result).toEqual({ url: address, status: 503 });
    expect((await rig.run("textContent", { selector: "#n" })).result).toEqual({ text: "2" });
  }
});

test("reload of a server that never answers ends at its deadline, and the page can go on", async () => {
  let hangs = false;
  const url = rig.site.answer("/hangs", (_request, response) => {
    if (!hangs) response.writeHead(200, { "content-type": "text/html" }).end("<p>x</p>");
  });
  await rig.run("navigate", { url });
  hangs = true;
  expect((await rig.run("reload", { timeout: 200 })).error?.code).toBe("timeout");
  expect((await rig.run("navigate", { url: at("/a") })).result).toMatchObject({ status: 200 });
});
