import { afterAll, beforeAll, expect, test } from "vitest";
import { hostUnderTest, Rig } from "../../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

/** How many pixels of a picture have the colour. */
async function count(data: string, colour: string): Promise<number> {
  await rig.show("<canvas></canvas>");
  return (await rig.value(`(async () => {
    const picture = Object.assign(new Image(), { src: "data:image/png;base64,${data}" });
    await picture.decode();
    const { width, height } = picture;
    const canvas = Object.assign(document.querySelector("canvas"), { width, height }).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    let seen = 0;
    for (let at = 0; at < data.length; at += 4) seen += data.slice(at, at + 3).join() === "${colour}";
    return seen;
  })()`)) as number;
}

const red = "255,0,0";
/** Everything here that is red is editable, or another document. */
const page = `<style>body { margin: 0 } .r { background: #f00; color: #f00; border: 0; width: 80px; height: 30px; display: block; padding: 0; margin: 5px }
    iframe { border: 0 }</style>
  <h1>My bills</h1>
  <input class=r value=x><input class=r type=number><textarea class=r></textarea><select class=r><option>x</select>
  <div class=r contenteditable>x</div><div class=r contenteditable=plaintext-only>x</div>
  <iframe class=r srcdoc="<body style='background: #f00'>"></iframe>
  <x-open></x-open><x-closed class=r></x-closed>
  <script>
    for (const [name, mode] of [["x-open", "open"], ["x-closed", "closed"]]) customElements.define(name, class extends HTMLElement {
      constructor() { super().attachShadow({ mode }).innerHTML = '<input style="background: #f00; border: 0; width: 60px">'; }
    });
  </script>`;
const far = `${page}<div style="height: 2000px"></div><input class=r style="position: absolute; top: 1900px; left: 100px" value=x>`;

test.each([
  ["what shows", page, false, 0],
  ["what shows of a page that is scrolled", far, false, 1500],
  ["the whole page", far, true, 0],
  ["the whole page, scrolled", far, true, 700],
])("pictures of %s cover everything editable", async (_name, html, fullPage, scrolled) => {
  await rig.show(html);
  await rig.value(`scrollTo(0, ${scrolled})`);
  const { result, error } = await rig.run("screenshot", { fullPage });
  expect(error).toBeUndefined();
  expect(await count(result.data, red)).toBe(0);
});

test("the covers are what hides it: without them the same page shows its fields", async () => {
  await rig.show(page);
  const bare = await rig.webview.snapshot?.({ format: "png", quality: 80, fullPage: false });
  expect(await count(bare?.data ?? "", red)).toBeGreaterThan(10_000);
});

test("the page cannot tell, but for the overlay that is there anyway", async () => {
  await rig.show(`${page}<p id=out></p><script>
    const seen = [];
    new MutationObserver((records) => seen.push(...records.map(({ target }) => target.localName)))
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    out.onclick = () => { out.title = [...new Set(seen)].join(); };
  </script>`);
  await rig.run("screenshot", {});
  await rig.value("document.querySelector('#out').click()");
  expect(["", "passage-status", "html", "passage-status,html", "html,passage-status"]).toContain(
    await rig.value("document.querySelector('#out').title"),
  );
});

test("a picture that no cover fits is not taken", async () => {
  await rig.show(`<input class=r style="position: absolute"><script>
    let at = 0;
    setInterval(() => { document.querySelector("input").style.left = (at = (at + 7) % 300) + "px" }, 1);
  </script>`);
  const { error } = await rig.run("screenshot", { timeout: 3_000 });
  expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining("keep moving") });
});

/** Where an element draws its own content in a root that no script finds; `CONTENT` stands for that content. */
const closedRoots = {
  "an ordinary element":
    "<div id=host></div><script>host.attachShadow({ mode: 'closed' }).innerHTML = `CONTENT`</script>",
  "an element whose children have a slot":
    "<div id=host>ok</div><script>host.attachShadow({ mode: 'closed' }).innerHTML = `<slot></slot>CONTENT`</script>",
  "a custom element with children": `<x-a>ok</x-a><script>customElements.define("x-a", class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode: "closed" }).innerHTML = \`<slot></slot>CONTENT\`; }
  })</script>`,
  "an element of another closed root": `<div id=host></div><script>
    const inner = document.createElement("section");
    inner.attachShadow({ mode: "closed" }).innerHTML = \`CONTENT\`;
    host.attachShadow({ mode: "closed" }).append(inner);
  </script>`,
};
const field = '<input value=x style="background: #f00; color: #f00; border: 0; width: 80px; height: 30px">';

test.each(Object.entries(closedRoots))("pictures cover the fields of a closed root of %s", async (_name, html) => {
  await rig.show(html.replace("CONTENT", field));
  const { result, error } = await rig.run("screenshot", {});
  expect(error).toBeUndefined();
  expect(await count(result.data, red)).toBe(0);
});

/** A person types it in their turn; then the page shows it in this way. */
async function pictureOfTyped(ways: readonly string[]) {
  await rig.show("<form><input type=password autocomplete=current-password id=password></form>");
  const turn = rig.yield({ conditions: [{ type: "userDone" }] });
  await rig.personTypes("document.querySelector('#password')", "Sommerwiese-Regen");
  await rig.personPresses("I'm done");
  await turn;
  const codes: unknown[] = [];
  for (const html of ways) {
    await rig.show(html.replace("CONTENT", "<b>Sommerwiese-Regen</b>"));
    codes.push((await rig.run("screenshot", {})).error?.code);
  }
  return codes;
}

test("there is no picture of a typed value in a closed root", async () => {
  const ways = Object.values(closedRoots);
  expect(await pictureOfTyped(ways)).toEqual(ways.map(() => "blocked_secret"));
});

test("there is no picture of a typed value that is a list's marker", async () => {
  expect(await pictureOfTyped([`<ul style="list-style-type: 'Sommerwiese-Regen'"><li>x</ul>`])).toEqual([
    "blocked_secret",
  ]);
});

/** Where the site keeps what signs the person in. A phone's webview does not know cookies. */
const keptIn = {
  ...(hostUnderTest === "chromium" && {
    "a cookie": (token: string) => `document.cookie = "sid=${token}; path=/"`,
  }),
  "its storage": (token: string) => `localStorage.session_token = "${token}"`,
};
test.each(Object.entries(keptIn))("pictures cover a text that is what the site keeps in %s", async (_name, keep) => {
  const token = "q7Zt2mXw94LkVbHs83PdRfYc";
  await rig.show("<p>Sign in</p>");
  await rig.value(keep(token));
  await rig.show(`<style>p { color: #f00; font: 40px sans-serif }</style><p>The id of your visit: ${token}</p>`);
  const bare = await rig.webview.snapshot?.({ format: "png", quality: 80, fullPage: false });
  const { result, error } = await rig.run("screenshot", {});
  expect(error).toBeUndefined();
  expect(await count(result.data, red)).toBe(0);
  expect(await count(bare?.data ?? "", red)).toBeGreaterThan(100);
  await rig.value("document.cookie = 'sid=; path=/; max-age=0'; localStorage.clear()");
});
