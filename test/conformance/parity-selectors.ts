import { on, type Program, shadow } from "./parity-program.ts";

const text = (html: string, selector: string) => on(html)("textContent", { selector });
const waits = (html: string, selector: string, state?: "attached" | "detached" | "visible" | "hidden") =>
  on(html)("waitForSelector", { selector, ...(state && { state }) });
const list = "<ul><li>One</li><li>Two words</li><li id=three>Three</li></ul>";
const framed = `<iframe id=frame srcdoc="<button id=b>Inside</button>"></iframe>`;
const form = `<label for=f>User name</label><input id=f placeholder="Your name" data-testid=user><button>Sign in</button><button disabled>Sign out</button>`;

/** What waits see, and the selector tables of playwright.dev, one line per case. */
export const selectorPrograms: Readonly<Record<string, Program>> = {
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
  "selector: label": on(form)("getAttribute", { selector: "internal:label='User name'i", name: "id" }),
  "selector: placeholder": on(form)("getAttribute", {
    selector: "internal:attr=[placeholder='Your name'i]",
    name: "id",
  }),
  "selector: in a frame": text(framed, "#frame >> internal:control=enter-frame >> #b"),
  "selector: two frames": text(framed + framed, "iframe >> internal:control=enter-frame >> #b"),
  "selector: no frame": text(list, "ul >> internal:control=enter-frame >> #b"),
  "selector: not in the frame": text(framed, "#b"),
  "selector: has-not-text": text(list, "li >> internal:has-not-text='One'i >> nth=0"),
  "selector: and": text(list, 'li >> internal:and="#three"'),
  "selector: or": text(list, '#none >> internal:or="#three"'),
  "selector: bad css": text(list, "css=["),
  "selector: no such engine": text(list, "nonsense=x"),
  "selector: bad xpath": text(list, "xpath=//["),
};
