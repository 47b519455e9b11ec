import { on, type Program, type Step } from "./parity-program.ts";

const old = (body: string) => `<title>old</title><h1>old</h1>${body}`;
const link = old("<a href={site}/late>go</a>");
const afterwards: Readonly<Record<string, Step>> = {
  url: ["url", {}],
  title: ["title", {}],
  count: ["count", { selector: "text=old" }],
  isVisible: ["isVisible", { selector: "text=old" }],
  waitForSelector: ["waitForSelector", { selector: "text=old" }],
  evaluate: ["evaluate", { expression: "document.body.innerText" }],
  textContent: ["textContent", { selector: "h1" }],
  reload: ["reload", {}],
  goBack: ["goBack", {}],
  navigate: ["navigate", { url: "{site}/next" }],
};

/** What is asked after an action that starts a navigation is about the new page. `/late` takes 300 ms to answer. */
export const navigationPrograms: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(
    Object.entries(afterwards).map(([title, step]) => [
      `after a click: ${title}`,
      on(link)("click", { selector: "a" }, "document.title", [step]),
    ]),
  ),
  "a link, then all at once": on(old("<a href={site}/next>go</a>"))("click", { selector: "a" }, "document.title", [
    ["url", {}],
    ["textContent", { selector: "h1" }],
  ]),
  "a form, then navigate": on(old("<form action={site}/late><input type=submit></form>"))(
    "click",
    { selector: "[type=submit]" },
    "document.title",
    [["navigate", { url: "{site}/next" }]],
  ),
  "Enter in a form, then url": on(old("<form action={site}/late><input id=f></form>"))(
    "press",
    { selector: "#f", key: "Enter" },
    "document.title",
    [["title", {}]],
  ),
};
