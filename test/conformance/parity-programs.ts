import { on, type Program, shadow } from "./parity-program.ts";

const hits = `<script>document.body.dataset.hits = ""; addEventListener("click", (event) => { document.body.dataset.hits += event.target.id + " " }, true)</script>`;
const clicked = "document.body.dataset.hits";
const button = "<button id=b>Go</button>";

const click = (html: string, selector = "#b") => on(html + hits)("click", { selector }, clicked);
const fill = (html: string, value: string, selector = "#f") =>
  on(html)(
    "fill",
    { selector, value },
    "document.querySelector('#f')?.value ?? document.querySelector('#f')?.textContent",
  );

const covered = (html: string) =>
  `<div style="position:relative">${html}<i id=cover style="position:absolute;inset:0"></i></div>`;
const hovered = (html: string) =>
  `${html}<script>document.querySelector("#b").onmouseover = () => { document.body.dataset.over = "over" }</script>`;

/** What the pointer waits for, whatever it is to do. */
function actionable(
  command: "hover" | "check",
  around: (html: string) => string,
  state: string,
  element = button,
): Record<string, Program> {
  const styled = (style: string) => element.replace("id=b", `id=b style="${style}"`);
  const pages = {
    "is there": element,
    "display none": styled("display:none"),
    "visibility hidden": styled("visibility:hidden"),
    "opacity 0": styled("opacity:0"),
    "off-screen": `<p style="height:3000px"></p>${element}`,
    covered: covered(element),
    "never at rest": `<style>@keyframes m { to { margin-left: 9000px } } #b { animation: m 60s linear }</style>${element}`,
  };
  const programs = Object.entries(pages).map(([title, html]) => [
    `${command}: ${title}`,
    on(around(html))(command, { selector: "#b" }, state),
  ]);
  return Object.fromEntries(programs) as Record<string, Program>;
}

/** The actionability table of playwright.dev, one line per case. */
export const actionPrograms: Readonly<Record<string, Program>> = {
  "click: a button": click(button),
  "click: scrolls to it": click(`<p style="height:3000px"></p>${button}`),
  "click: display none": click("<button id=b style='display:none'>Go</button>"),
  "click: visibility hidden": click("<button id=b style='visibility:hidden'>Go</button>"),
  "click: no size": click("<button id=b style='width:0;height:0;padding:0;border:0'></button>"),
  "click: opacity 0": click("<button id=b style='opacity:0'>Go</button>"),
  "click: in closed details": click(`<details>${button}</details>`),
  "click: disabled": click("<button id=b disabled>Go</button>"),
  "click: in a disabled fieldset": click(`<fieldset disabled>${button}</fieldset>`),
  "click: in the legend of a disabled fieldset": click(`<fieldset disabled><legend>${button}</legend></fieldset>`),
  "click: aria-disabled": click("<button id=b aria-disabled=true>Go</button>"),
  "click: inside aria-disabled": click(`<div role=group aria-disabled=true>${button}</div>`),
  "click: becomes enabled": click(
    "<button id=b disabled>Go</button><script>setTimeout(() => { b.disabled = false }, 300)</script>",
  ),
  "click: never at rest": click(
    `<style>@keyframes m { to { margin-left: 9000px } } #b { animation: m 60s linear }</style>${button}`,
  ),
  "click: covered": click(
    `<div style="position:relative">${button}<i id=cover style="position:absolute;inset:0"></i></div>`,
  ),
  "click: the cover goes": click(
    `<div style="position:relative">${button}<i id=cover style="position:absolute;inset:0"></i></div><script>setTimeout(() => cover.remove(), 300)</script>`,
  ),
  "click: a cover that lets pointers through": click(
    `<div style="position:relative">${button}<i style="position:absolute;inset:0;pointer-events:none"></i></div>`,
  ),
  "click: pointer-events none": click("<button id=b style='pointer-events:none'>Go</button>"),
  "click: covered by its own child": click("<button id=b><span id=inner>Go</span></button>"),
  "click: under a sticky bar": click(
    `<div style="position:fixed;top:0;left:0;right:0;height:80px;background:red"></div><p style="height:2000px"></p>${button}<p style="height:2000px"></p>`,
  ),
  "click: in an open shadow root": click(shadow),
  "click: a label checks its box": on("<label id=b><input type=checkbox id=c> Agree</label>")(
    "click",
    { selector: "#b" },
    "document.querySelector('#c').checked",
  ),
  "click: nothing matches": click(button, "#none"),
  "click: two match": click("<button>A</button><button>B</button>", "button"),
  "click: comes late": click(
    "<script>setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<button id=b>Go</button>') }, 300)</script>",
  ),

  "fill: text": fill("<input id=f>", "Ada"),
  "fill: replaces": fill("<input id=f value=Bob>", "Ada"),
  "fill: empties": fill("<input id=f value=Bob>", ""),
  "fill: textarea": fill("<textarea id=f></textarea>", "two\nlines"),
  "fill: contenteditable": fill("<div id=f contenteditable>old</div>", "new"),
  "fill: date": fill("<input id=f type=date>", "2026-11-21"),
  "fill: a bad date": fill("<input id=f type=date>", "tomorrow"),
  "fill: a number": fill("<input id=f type=number>", "12.5"),
  "fill: a number that is none": fill("<input id=f type=number>", "twelve"),
  "fill: color": fill("<input id=f type=color>", "#aabbcc"),
  "fill: range": fill("<input id=f type=range>", "40"),
  "fill: checkbox": fill("<input id=f type=checkbox>", "x"),
  "fill: a div": fill("<div id=f>x</div>", "x"),
  "fill: disabled": fill("<input id=f disabled>", "x"),
  "fill: read-only": fill("<input id=f readonly>", "x"),
  "fill: aria-disabled": fill("<input id=f aria-disabled=true>", "x"),
  "fill: hidden": fill("<input id=f style='display:none'>", "x"),
  "fill: by its label": fill("<label id=l>Name <input id=f></label>", "Ada", "#l"),
  "fill: two match": fill("<input id=f><input>", "x", "input"),

  "select: by value": on("<select id=s><option value=a>A<option value=b>B</select>")(
    "select",
    { selector: "#s", values: ["b"] },
    "document.querySelector('#s').value",
  ),
  "select: by label": on("<select id=s><option value=a>Alpha<option value=b>Beta</select>")(
    "select",
    { selector: "#s", values: ["Beta"] },
    "document.querySelector('#s').value",
  ),
  "select: several": on("<select id=s multiple><option>a<option>b<option>c</select>")(
    "select",
    { selector: "#s", values: ["a", "c"] },
    "[...document.querySelector('#s').selectedOptions].length",
  ),
  "select: no such option": on("<select id=s><option>a</select>")("select", { selector: "#s", values: ["z"] }),
  "select: disabled": on("<select id=s disabled><option>a</select>")("select", { selector: "#s", values: ["a"] }),
  "select: no select": on("<div id=s></div>")("select", { selector: "#s", values: ["a"] }),

  "select: hidden": on("<select id=s style='display:none'><option>a</select>")("select", {
    selector: "#s",
    values: ["a"],
  }),
  "select: an option that is disabled": on("<select id=s><option disabled>a<option>b</select>")("select", {
    selector: "#s",
    values: ["a"],
  }),
  "select: forced, hidden": on("<select id=s style='display:none'><option>a<option>b</select>")(
    "select",
    { selector: "#s", values: ["b"], force: true },
    "document.querySelector('#s').value",
  ),

  "press: Enter submits": on(
    "<form onsubmit='event.preventDefault(); document.body.dataset.sent = 1'><input id=f></form>",
  )("press", { selector: "#f", key: "Enter" }, "document.body.dataset.sent"),
  "press: a letter": on("<input id=f>")("press", { selector: "#f", key: "a" }, "document.querySelector('#f').value"),
  "press: Shift and a letter": on("<input id=f>")(
    "press",
    { selector: "#f", key: "Shift+A" },
    "document.querySelector('#f').value",
  ),
  "press: disabled": on("<input id=f disabled>")(
    "press",
    { selector: "#f", key: "a" },
    "document.querySelector('#f').value",
  ),
  "press: read-only": on("<input id=f readonly>")(
    "press",
    { selector: "#f", key: "a" },
    "document.querySelector('#f').value",
  ),
  "press: nothing matches": on("<input id=f>")("press", { selector: "#none", key: "a" }),

  ...actionable("hover", hovered, "document.body.dataset.over ?? ''"),
  "hover: disabled": on(hovered("<button id=b disabled>Go</button>"))("hover", { selector: "#b" }),
  ...actionable("check", (html) => html, "document.querySelector('#b').checked", "<input type=checkbox id=b>"),
  "check: disabled": on("<input type=checkbox id=b disabled>")("check", { selector: "#b" }),
  "check: is so already": on("<input type=checkbox id=b checked disabled>")("check", { selector: "#b" }),
  "check: the page undoes it": on("<input type=checkbox id=b onclick='return false'>")("check", { selector: "#b" }),
  "check: no checkbox": on("<p id=b>x</p>")("check", { selector: "#b" }),
  "check: by its label": on("<label id=l>Agree <input type=checkbox id=b></label>")(
    "check",
    { selector: "#l" },
    "document.querySelector('#b').checked",
  ),
  "uncheck: a checkbox": on("<input type=checkbox id=b checked>")(
    "uncheck",
    { selector: "#b" },
    "document.querySelector('#b').checked",
  ),
  "uncheck: a radio button": on("<input type=radio id=b checked>")("uncheck", { selector: "#b" }),
  "uncheck: covered": on(`${covered("<input type=checkbox id=b checked>")}`)("uncheck", { selector: "#b" }),

  "clear: a field": on("<input id=f value=Bob>")("clear", { selector: "#f" }, "document.querySelector('#f').value"),
  "clear: read-only": on("<input id=f value=Bob readonly>")("clear", { selector: "#f" }),
  "clear: disabled": on("<input id=f value=Bob disabled>")("clear", { selector: "#f" }),
  "clear: hidden": on("<input id=f value=Bob style='display:none'>")("clear", { selector: "#f" }),
  "clear: covered": on(covered("<input id=f value=Bob>"))(
    "clear",
    { selector: "#f" },
    "document.querySelector('#f').value",
  ),
  "clear: no field": on("<p id=f>x</p>")("clear", { selector: "#f" }),
  "fill: covered": fill(covered("<input id=f>"), "Ada"),
  "fill: off-screen": fill("<p style='height:3000px'></p><input id=f>", "Ada"),
  "fill: comes late": fill(
    "<script>setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<input id=f>') }, 300)</script>",
    "Ada",
  ),

  "type: after what is there": on("<input id=f value=A>")(
    "type",
    { selector: "#f", text: "da" },
    "document.querySelector('#f').value.length",
  ),
  "type: read-only": on("<input id=f readonly>")(
    "type",
    { selector: "#f", text: "x" },
    "document.querySelector('#f').value",
  ),
  "type: covered": on(covered("<input id=f>"))(
    "type",
    { selector: "#f", text: "x" },
    "document.querySelector('#f').value",
  ),
  "type: nothing matches": on("<input id=f>")("type", { selector: "#none", text: "x" }),
  "focus: a field": on("<input id=f>")("focus", { selector: "#f" }, "document.activeElement.id"),
  "focus: covered": on(covered("<input id=f>"))("focus", { selector: "#f" }, "document.activeElement.id"),
  "focus: nothing matches": on("<input id=f>")("focus", { selector: "#none" }),
  "click: double": on(`${button}<script>b.ondblclick = () => { document.body.dataset.hits = "double" }</script>`)(
    "click",
    { selector: "#b", clickCount: 2 },
    clicked,
  ),
  "click: forced, covered": on(covered(button) + hits)("click", { selector: "#b", force: true }, clicked),
  "click: on trial": on(`<button id=b onclick="document.body.dataset.hits = 1">Go</button>`)(
    "click",
    { selector: "#b", trial: true },
    "document.body.dataset.hits ?? ''",
  ),
  "click: on trial, disabled": on(`<button id=b disabled>Go</button>${hits}`)(
    "click",
    { selector: "#b", trial: true },
    clicked,
  ),
  "click: a position": on(
    `<button id=b style="width:80px;height:40px">Go</button><script>b.onclick = (e) => { document.body.dataset.hits = e.offsetX + " " + e.offsetY }</script>`,
  )("click", { selector: "#b", position: { x: 3, y: 5 } }, clicked),
  "click: drawn anew all the time": click(
    "<div id=root></div><script>let n = 0; const draw = () => { root.innerHTML = '<button id=b' + (n++ < 12 ? ' disabled' : '') + '>Go</button>' }; setInterval(() => n < 14 && draw(), 15); draw()</script>",
  ),
};

/** Where we differ, and why we mean to. */
export const differences: Readonly<
  Record<string, { readonly playwright: string; readonly passage: string; readonly why: string }>
> = {
  "fill: a bad date": {
    playwright: "ok",
    passage: "refuses",
    why: "The input stays empty; an automation should not go on as if it held the date.",
  },
  "press: disabled": {
    playwright: "ok",
    passage: "gives up",
    why: "The field does not take the focus, and the key would go wherever the focus is.",
  },
};
