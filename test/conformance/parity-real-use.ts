import { on, type Program } from "./parity-program.ts";

const title = "document.title";
const count = (html: string, selector: string) => on(html)("count", { selector });
const options = "<option value=a>A</option><option value=b>B</option>";
const frame = `<style>body, iframe { margin: 0; border: none } iframe { width: 400px; height: 400px; transform: translate(50px, 100px) scale(.5) }</style>
  <iframe srcdoc="<style>body{margin:0}div{margin:30px 0 0 40px;width:20px;height:20px;background:red}</style><div onclick=&quot;top.document.title='clicked'&quot;></div>"></iframe>`;

/** A tree of 24,000 elements. */
const tree = `<script>let id = 0; const next = (tag) => { const one = document.createElement(tag); const number = ++id; one.textContent = "id" + number; one.id = "id" + number; return one };
  const grow = (depth) => { const top = next("div"); top.append(next("span"), next("span")); if (depth > 0) top.append(grow(depth - 1), grow(depth - 1)); return top };
  document.body.append(grow(12))</script>`;
const inTree = [
  "div div div span",
  "div + div div div span + span",
  "div > div > div + div > div + div > span ~ span",
  "span",
  "#id12345",
  "*",
];
const byText = [':has-text("id18")', ':text("id12345")', ':text-matches("id12345", "i")', "text=id18", "text=id"];

/** What Playwright's own page tests have found. */
export const realUsePrograms: Readonly<Record<string, Program>> = {
  "click: a position beyond the window": on(
    `<button style="width:2000px;height:2000px" onclick="document.title = event.offsetX + ' ' + event.offsetY">x</button>`,
  )("click", { selector: "button", position: { x: 1900, y: 1910 } }, title),
  "click: display contents": on(
    `<div style="height:2000px">filler</div><div>text <button style="display:contents" onclick="document.title='clicked'">click me</button></div>`,
  )("click", { selector: "text=click me" }, title, [["isVisible", { selector: "button" }]]),
  "click: in a transformed frame": on(frame)(
    "click",
    { selector: "iframe >> internal:control=enter-frame >> div" },
    title,
  ),
  "click: forced, display none": on("<button style='display:none'>x</button>")("click", {
    selector: "button",
    force: true,
  }),
  "click: forced, outside": on("<button style='position:fixed;left:-500px'>x</button>")("click", {
    selector: "button",
    force: true,
  }),
  "click: pressure": on(`<button onpointerdown="document.title = event.pressure">x</button>`)(
    "click",
    { selector: "button" },
    title,
  ),
  "uncheck: role radio": on(
    `<div role=radio aria-checked=true onclick="this.setAttribute('aria-checked', 'false')">x</div>`,
  )("uncheck", { selector: "div" }, "document.querySelector('div').getAttribute('aria-checked')"),
  "fill: a colour in capitals": on(`<input type=color value="#e66465">`)(
    "fill",
    { selector: "input", value: "#AbCd00" },
    "document.querySelector('input').value",
  ),
  "fill: a select": on(`<select>${options}</select>`)(
    "fill",
    { selector: "select", value: "b" },
    "document.querySelector('select').value",
  ),
  "focus: a frame": on("<iframe></iframe><div contenteditable></div>")(
    "focus",
    { selector: "iframe" },
    "document.activeElement.tagName",
  ),
  "select: a list for one": on(`<select>${options}</select>`)(
    "select",
    { selector: "select", values: ["b", "a"] },
    "document.querySelector('select').value",
  ),
  "select: none of one": on(`<select>${options}</select>`)(
    "select",
    { selector: "select", values: [] },
    "document.querySelector('select').value",
  ),
  "select: a list for several": on(`<select multiple>${options}</select>`)(
    "select",
    { selector: "select", values: ["b", "a"] },
    "document.querySelector('select').selectedOptions.length",
  ),
  "select: a list of which one is missing": on(`<select multiple>${options}</select>`)("select", {
    selector: "select",
    values: ["b", "z"],
  }),
  "select: in a disabled group": on("<select><optgroup disabled><option>a</optgroup></select>")("select", {
    selector: "select",
    values: ["a"],
  }),
  "selector: a frame within or": on(`<iframe id=iframe srcdoc="<div>one</div><span>world</span>"></iframe>`)(
    "textContent",
    {
      selector: `iframe >> internal:control=enter-frame >> div >> internal:or="#iframe >> internal:control=enter-frame >> span"`,
    },
  ),
  "selector: the same frame within or": on(`<iframe srcdoc="<p>world</p>"></iframe>`)("textContent", {
    selector: `iframe >> internal:control=enter-frame >> div >> internal:or="iframe >> internal:control=enter-frame >> p"`,
  }),
  "selector: role and description": count(
    "<button title='Submits the form'>Submit</button>",
    `internal:role=button[description="Submits"i]`,
  ),
  "selector: regular expression with v": count("<button>Click me</button>", "internal:role=button[name=/Click me/v]"),
  "selector: text-is over a comment": count("<div id=me>hello <!-- c -->world</div>", `:text-is("hello world")`),
  "selector: internal text over a comment": count(
    "<div id=me>hello <!-- c -->world</div>",
    `internal:text="hello world"s`,
  ),
  "selector: text of a reset button": count("<input type=reset value=clear>", "text=clear"),
  "selector: text of a submit button": count("<input type=submit value=hello>", "text=hello"),
  "selector: disabled options": count(
    "<select><optgroup disabled><option>one</option></optgroup><option disabled>three</option></select>",
    "role=option[disabled]",
  ),
  "selector: several test ids, quoted": count(
    "<div data-pw=Hello></div><div data-ti=Hello></div>",
    `internal:testid=["data-pw,data-ti"="Hello"s]`,
  ),
  "selector: several test ids, bare": count(
    "<div data-pw=Hello></div><div data-ti=Hello></div>",
    `internal:testid=[data-pw,data-ti="Hello"s]`,
  ),
  ...Object.fromEntries(
    [...inTree, ...byText].map((selector) => [`selector: a large page, ${selector}`, count(tree, selector)]),
  ),
};

/** Of these `npm test` has some; `npm run conformance` has all. */
export const thin: readonly string[] = [
  "click: a position beyond the window",
  "click: display contents",
  "click: in a transformed frame",
  "click: forced, display none",
  "fill: a select",
  "select: none of one",
  "selector: role and description",
  "selector: text-is over a comment",
  "selector: several test ids, quoted",
  "after a click: title",
  "after a click: goBack",
  "a form, then navigate",
];
