import { fails, type Row, seeks, soon, succeeds } from "../row.ts";

const timeout = 10_000;

export const reads: readonly Row[] = [
  succeeds("textContent", { selector: "#title", timeout }, { result: { text: "Account" } }),
  succeeds("textContent", { selector: "role=heading[name=Account]" }, { result: { text: "Account" } }),
  succeeds("textContent", { selector: "ul >> text=Two" }, { result: { text: "Two" } }),
  succeeds("textContent", { selector: "frame=#inner >> #title" }, { on: ["iframes"], result: { text: "Account" } }),
  succeeds(
    "textContent",
    { selector: "frame=#other >> #title" },
    { on: ["iframes"], first: [["navigate", { url: "{site}/around-other" }]], result: { text: "Account" } },
  ),
  ...seeks("textContent"),
  fails("textContent", { selector: "#missing", timeout: soon }, "timeout", "#missing: nothing matches yet"),
  succeeds("innerText", { selector: "#title", timeout }, { result: { text: "Account" } }),
  ...seeks("innerText"),
  fails("innerText", { selector: "#picture" }, "not_actionable", "only an HTML element has innerText", {
    first: [["navigate", { url: "{site}/picture" }]],
  }),
  succeeds("innerHTML", { selector: "ul > li >> text=One", timeout }, { result: { html: "One" } }),
  ...seeks("innerHTML"),
  succeeds("getAttribute", { selector: "#title", name: "data-plan", timeout }, { result: { value: "basic" } }),
  succeeds("getAttribute", { selector: "#title", name: "lang" }, { result: { value: null } }),
  ...seeks("getAttribute", { name: "id" }),
  succeeds("inputValue", { selector: "#fixed", timeout }, { result: { value: "Fixed" } }),
  succeeds("inputValue", { selector: "#plan" }, { result: { value: "a" } }),
  ...seeks("inputValue"),
  fails("inputValue", { selector: "#title" }, "not_actionable", "is not an input, textarea or select"),

  succeeds("isVisible", { selector: "#title" }, { result: { visible: true } }),
  succeeds("isVisible", { selector: "#secret" }, { result: { visible: false } }),
  succeeds("isVisible", { selector: "#missing" }, { result: { visible: false } }),
  fails("isVisible", { selector: ".item" }, "strict_violation", ".item matches 2 elements"),
  fails("isVisible", { selector: "css=[" }, "invalid_selector", "css=[ cannot be used"),
  succeeds("count", { selector: ".item" }, { result: { count: 2 } }),
  succeeds("count", { selector: "#missing" }, { result: { count: 0 } }),
  succeeds("count", { selector: "frame=#inner >> .item" }, { on: ["iframes"], result: { count: 2 } }),
  fails("count", { selector: "frame=iframe >> .item" }, "strict_violation", "matches 2 elements", {
    on: ["iframes"],
  }),
  fails("count", { selector: "css=[" }, "invalid_selector", "css=[ cannot be used"),

  succeeds("title", {}, { result: { title: "Account" } }),
  succeeds(
    "content",
    {},
    {
      on: ["html"],
      first: [["navigate", { url: "{site}/empty" }]],
      result: { html: "<!DOCTYPE html><html><head></head><body></body></html>" },
    },
  ),
  succeeds("evaluate", { expression: "[1, { a: null }]", timeout }, { result: { value: [1, { a: null }] } }),
  fails("evaluate", { expression: "nobody" }, "evaluate_failed", "nobody is not defined"),
  fails("evaluate", { expression: "new Promise(() => {})", timeout: soon }, "timeout", "gave up after"),
  fails("evaluate", { expression: "'x'.repeat(2e6)" }, "payload_too_large", "bytes"),
  succeeds("screenshot", { timeout }, { on: ["html"], result: { format: "png" } }),
  succeeds("screenshot", { format: "jpeg", quality: 40 }, { on: ["html"], result: { format: "jpeg" } }),
  succeeds("screenshot", { format: "jpeg", fullPage: true }, { on: ["html"], result: { format: "jpeg" } }),
  fails("screenshot", { quality: 101 }, "invalid_params", "screenshot: params.quality"),
];
