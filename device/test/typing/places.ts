import { inFrame, type keys, pastes, quoted, type Row, script, source } from "./row.ts";

const password = "<label>Password <input id=f type=password></label>";
const word = "<label>Password <input id=f></label>";

/** Where the field is: rewritten documents, frames, windows, shadow roots. */
export const placeRows: readonly Row[] = [
  {
    name: "a document that was rewritten",
    html: script(`setTimeout(() => { document.open(); document.write(${quoted(password)}); document.close() }, 50)`),
    gives: "word",
    stop: "blocked_private",
    short: true,
  },
  {
    name: "a document that was rewritten twice, and a field that hides nothing",
    html: script(
      `const again = (left) => setTimeout(() => { document.open(); document.write('<p>' + left + '</p><input id=' + (left ? 'x' : 'f') + '>'); document.close(); if (left) again(left - 1) }, 50); again(1)`,
    ),
    gives: "word",
    stop: "blocked_secret",
  },
  {
    name: "a blank frame that was written",
    html: `<iframe id=i></iframe>${script(`const inner = i.contentDocument; inner.open(); inner.write(${quoted(password)}); inner.close()`)}`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_private",
    short: true,
  },
  {
    name: "a blank frame that is filled by the DOM",
    html: `<iframe id=i></iframe>${script("i.contentDocument.body.innerHTML = '<input id=f>'")}`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_secret",
  },
  {
    name: "a blank frame in a blank frame, late",
    html: `<main></main>${script(`setTimeout(() => { const outer = document.querySelector('main').appendChild(document.createElement('iframe')); outer.id = 'o'; outer.contentDocument.body.innerHTML = '<iframe id=i></iframe>';
      const inner = outer.contentDocument.querySelector('iframe').contentDocument; inner.open(); inner.write(${quoted(word)}); inner.close() }, 50)`)}`,
    gives: "word",
    act: inFrame("#o", "#i"),
    stop: "blocked_private",
  },
  {
    name: "a frame with its own HTML",
    html: `<iframe id=i srcdoc="<input id=f type=password>"></iframe>`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_private",
  },
  {
    name: "a frame without an origin",
    html: `<iframe id=i sandbox=allow-scripts srcdoc="<input id=f aria-label=Password>"></iframe>`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_private",
  },
  {
    name: "a frame of the page's origin",
    html: ({ page }) => `<iframe id=i src="${page(password)}"></iframe>`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_private",
  },
  {
    name: "a frame in a frame",
    html: ({ page }) => `<iframe id=o src="${page(`<iframe id=i src="${page(password)}"></iframe>`)}"></iframe>`,
    gives: "word",
    act: inFrame("#o", "#i"),
    stop: "blocked_private",
  },
  {
    name: "a frame of another site",
    html: ({ elsewhere }) => `<iframe id=i src="${elsewhere(password)}"></iframe>`,
    gives: "word",
    act: inFrame("#i"),
    stop: "blocked_private",
    short: true,
  },
  {
    name: "a frame of another site in a frame of the page's, which takes the keys itself",
    html: ({ page, elsewhere }) =>
      `<iframe id=o src="${page(`<iframe id=i src="${elsewhere(`${word}${script("f.onkeydown = (event) => { event.preventDefault(); f.value += event.key }")}`)}"></iframe>`)}"></iframe>`,
    gives: "word",
    act: inFrame("#o", "#i"),
    stop: "blocked_private",
  },
  {
    name: "a window of another site",
    html: ({ elsewhere }) =>
      `<button onclick="open('${elsewhere(password)}', 'w', 'width=300,height=300')">Go</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("button")]);
      await popup.locator("#f").click();
      await popup.keyboard.type(value);
      await popup.close();
    },
  },
  {
    name: "a blank window that is written",
    html: `<button onclick="const w = open('', 'w', 'width=300,height=300'); w.document.open(); w.document.write(this.dataset.html); w.document.close()" data-html='${password}'>Go</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("button")]);
      await popup.locator("#f").click();
      await popup.keyboard.type(value);
      await popup.close();
    },
  },
  {
    name: "an open shadow root",
    html: `<x-f></x-f>${script(`document.querySelector('x-f').attachShadow({ mode: 'open' }).innerHTML = ${quoted(password)}`)}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "an open root in an open root, filled by the site",
    html: `<x-f></x-f>${script(`const inner = document.createElement('x-g'); document.querySelector('x-f').attachShadow({ mode: 'open' }).append(inner);
      inner.attachShadow({ mode: 'open' }).innerHTML = ${quoted(password)}; const field = inner.shadowRoot.querySelector('#f');
      field.onkeydown = (event) => { event.preventDefault(); field.value += event.key }`)}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "a closed shadow root",
    html: closed(password),
    gives: "word",
    act: intoClosed,
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "a closed shadow root that takes the keys itself",
    html: closed(password, "field.onkeydown = (event) => { event.preventDefault(); field.value += event.key }"),
    gives: "word",
    act: intoClosed,
    stop: "blocked_secret",
  },
  {
    name: "pasted into a closed shadow root",
    html: source + closed(password),
    gives: "word",
    act: pastes("x-f"),
    stop: "blocked_secret",
  },
  {
    name: "boxes in a closed shadow root",
    html: closed(
      "<input size=1>".repeat(6).replace("<input", "<input id=f"),
      "for (const box of root.querySelectorAll('input')) box.oninput = () => box.nextElementSibling?.focus()",
    ),
    gives: "code",
    act: intoClosed,
    stop: "blocked_secret",
  },
  {
    name: "a closed shadow root in a frame",
    html: ({ page }) => `<iframe id=i src="${page(closed(password))}"></iframe>`,
    gives: "word",
    stop: "blocked_secret",
    async act(page, value) {
      await page.frameLocator("#i").locator("x-f").click();
      await page.keyboard.type(value);
    },
  },
];

function closed(html: string, then = ""): string {
  return `<x-f style="display:inline-block"></x-f>${script(
    `const root = document.querySelector('x-f').attachShadow({ mode: 'closed' }); root.innerHTML = ${quoted(html)}; const field = root.querySelector('#f'); root.host.onclick = () => field.focus(); ${then}`,
  )}`;
}

async function intoClosed(page: Parameters<typeof keys>[0], value: string): Promise<void> {
  await page.click("x-f");
  await page.keyboard.type(value);
}
