import type { CommandName, CommandParams } from "@passage/protocol/commands";

/** A short program: one command on a page, and what the page is like afterwards, by an expression. */
export interface Program<Name extends CommandName = CommandName> {
  readonly html: string;
  readonly command: Name;
  readonly params: CommandParams<Name>;
  readonly state: string;
}

const hits = `<script>document.body.dataset.hits = ""; addEventListener("click", (event) => { document.body.dataset.hits += event.target.id + " " }, true)</script>`;
const clicked = "document.body.dataset.hits";
const button = "<button id=b>Go</button>";

function on(html: string) {
  return <Name extends CommandName>(command: Name, params: CommandParams<Name>, state = "''"): Program =>
    ({ html, command, params, state }) as Program;
}
const click = (html: string, selector = "#b") => on(html + hits)("click", { selector }, clicked);
const fill = (html: string, value: string, selector = "#f") =>
  on(html)(
    "fill",
    { selector, value },
    "document.querySelector('#f')?.value ?? document.querySelector('#f')?.textContent",
  );
const text = (html: string, selector: string) => on(html)("textContent", { selector });
const waits = (html: string, selector: string, state?: "attached" | "detached" | "visible" | "hidden") =>
  on(html)("waitForSelector", { selector, ...(state && { state }) });

const list = "<ul><li>One</li><li>Two words</li><li id=three>Three</li></ul>";
const shadow = `<div id=host></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<button id=b>Deep</button>"</script>`;
const form = `<label for=f>User name</label><input id=f placeholder="Your name" data-testid=user><button>Sign in</button><button disabled>Sign out</button>`;

/** The actionability and selector tables of playwright.dev, a line a case. */
export const programs: Readonly<Record<string, Program>> = {
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

  "press: Enter submits": on(
    "<form onsubmit='event.preventDefault(); document.body.dataset.sent = 1'><input id=f></form>",
  )("press", { selector: "#f", key: "Enter" }, "document.body.dataset.sent"),
  "press: a letter": on("<input id=f>")("press", { selector: "#f", key: "a" }, "document.querySelector('#f').value"),
  "press: Shift and a letter": on("<input id=f>")(
    "press",
    { selector: "#f", key: "Shift+A" },
    "document.querySelector('#f').value",
  ),
  "press: nothing matches": on("<input id=f>")("press", { selector: "#none", key: "a" }),

  "wait: visible": waits("<p id=p>x</p>", "#p"),
  "wait: an empty element is not visible": waits("<p id=p></p>", "#p", "visible"),
  "wait: attached": waits("<p id=p hidden>x</p>", "#p", "attached"),
  "wait: hidden": waits("<p id=p hidden>x</p>", "#p", "hidden"),
  "wait: hidden, and nothing there": waits("", "#p", "hidden"),
  "wait: hidden, but it shows": waits("<p id=p>x</p>", "#p", "hidden"),
  "wait: detached, but it is there": waits("<p id=p hidden>x</p>", "#p", "detached"),
  "wait: display contents": waits("<p id=p style='display:contents'>x</p>", "#p", "visible"),
  "wait: content-visibility hidden": waits(
    "<div style='content-visibility:hidden'><p id=p>x</p></div>",
    "#p",
    "visible",
  ),

  "selector: text is a part, whatever its case": text(list, "text=two WORDS"),
  "selector: quoted text is all of it": text(list, 'text="Two"'),
  "selector: text by regular expression": text(list, "text=/^Thr/"),
  "selector: css": text(list, "ul > li:nth-child(2)"),
  "selector: has-text": text(list, "li:has-text('words')"),
  "selector: has": text(list, "ul:has(#three)"),
  "selector: nth": text(list, "li >> nth=1"),
  "selector: nth from the end": text(list, "li >> nth=-1"),
  "selector: nth that is not there": text(list, "li >> nth=7"),
  "selector: visible": text("<p hidden>no</p><p>yes</p>", "p >> visible=true"),
  "selector: xpath": text(list, "xpath=//li[2]"),
  "selector: xpath by its slashes": text(list, "//li[@id='three']"),
  "selector: chained": text(list, "ul >> text=One"),
  "selector: role and name": text(form, "role=button[name='Sign in']"),
  "selector: role and state": text(form, "role=button[disabled]"),
  "selector: role, part of the name": text(form, "role=button[name=/out/]"),
  "selector: role of two": text(form, "role=button"),
  "selector: test id": on(form)("getAttribute", { selector: "data-testid=user", name: "id" }),
  "selector: through a shadow root": text(shadow, "#host >> text=Deep"),
  "selector: css through a shadow root": text(shadow, "#host #b"),
  "selector: css:light stays outside": text(shadow, "css:light=#b"),
  "selector: two match": text(list, "li"),
  "selector: bad css": text(list, "css=["),
  "selector: no such engine": text(list, "nonsense=x"),
  "selector: bad xpath": text(list, "xpath=//["),
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
  "select: no select": {
    playwright: "gives up",
    passage: "refuses",
    why: "Waiting until an empty element shows does not make it a select: the error comes at once, and says so.",
  },
};
