import type { CommandName } from "@passage/protocol/commands";
import type { Page } from "playwright-core";

export interface Comparison {
  readonly name: CommandName;
  /** Where the command is not sent alone. */
  readonly command?: "batch";
  readonly params: (round: number) => Record<string, unknown>;
  /** An expression that brings the page to where the command starts. It is not measured, nor is `from`, an address to come from. */
  readonly before?: (round: number) => string;
  readonly from?: string;
  /** The same, as one writes it with Playwright. */
  readonly playwright: (page: Page, round: number) => Promise<unknown>;
}

const note = "#note";
const text = (round: number) => `October, round ${round}`;
const file = { name: "bill.txt", mimeType: "text/plain" };

/** One row a command that Playwright has too: the same options, and the same outcome. */
export function comparisons(url: string): readonly Comparison[] {
  return [
    { name: "navigate", params: () => ({ url }), playwright: (page) => page.goto(url) },
    { name: "reload", params: () => ({}), playwright: (page) => page.reload() },
    { name: "click", params: () => ({ selector: "#more" }), playwright: (page) => page.click("#more") },
    { name: "hover", params: () => ({ selector: "#title" }), playwright: (page) => page.hover("#title") },
    {
      name: "check",
      params: () => ({ selector: "#paperless" }),
      before: () => "document.querySelector('#paperless').checked = false",
      playwright: (page) => page.check("#paperless"),
    },
    {
      name: "uncheck",
      params: () => ({ selector: "#paperless" }),
      before: () => "document.querySelector('#paperless').checked = true",
      playwright: (page) => page.uncheck("#paperless"),
    },
    {
      name: "fill",
      params: (round) => ({ selector: note, value: text(round) }),
      playwright: (page, round) => page.fill(note, text(round)),
    },
    { name: "clear", params: () => ({ selector: note }), playwright: (page) => page.locator(note).clear() },
    {
      name: "type",
      params: () => ({ selector: note, text: "October" }),
      playwright: (page) => page.locator(note).pressSequentially("October"),
    },
    {
      name: "press",
      params: () => ({ selector: note, key: "Backspace" }),
      playwright: (page) => page.press(note, "Backspace"),
    },
    { name: "focus", params: () => ({ selector: note }), playwright: (page) => page.focus(note) },
    {
      name: "select",
      params: (round) => ({ selector: "#plan", values: [round % 2 ? "a" : "b"] }),
      playwright: (page, round) => page.selectOption("#plan", round % 2 ? "a" : "b"),
    },
    {
      name: "setInputFiles",
      params: () => ({ selector: "#receipt", files: [{ ...file, data: "YmlsbA==" }] }),
      playwright: (page) => page.setInputFiles("#receipt", { ...file, buffer: Buffer.from("bill") }),
    },
    {
      name: "waitForSelector",
      params: () => ({ selector: "text=Your bills" }),
      playwright: (page) => page.waitForSelector("text=Your bills"),
    },
    {
      name: "waitForURL",
      params: () => ({ url: { pattern: "/bills$" } }),
      playwright: (page) => page.waitForURL(/\/bills$/),
    },
    { name: "textContent", params: () => ({ selector: "h1" }), playwright: (page) => page.textContent("h1") },
    { name: "innerHTML", params: () => ({ selector: "#bills" }), playwright: (page) => page.innerHTML("#bills") },
    {
      name: "getAttribute",
      params: () => ({ selector: "li >> nth=3", name: "data-id" }),
      playwright: (page) => page.getAttribute("li >> nth=3", "data-id"),
    },
    { name: "inputValue", params: () => ({ selector: note }), playwright: (page) => page.inputValue(note) },
    { name: "isVisible", params: () => ({ selector: "h1" }), playwright: (page) => page.isVisible("h1") },
    { name: "count", params: () => ({ selector: "li" }), playwright: (page) => page.locator("li").count() },
    { name: "title", params: () => ({}), playwright: (page) => page.title() },
    { name: "content", params: () => ({}), playwright: (page) => page.content() },
    {
      name: "evaluate",
      params: () => ({ expression: "document.querySelectorAll('li').length" }),
      playwright: (page) => page.evaluate("document.querySelectorAll('li').length"),
    },
    { name: "screenshot", params: () => ({}), playwright: (page) => page.screenshot() },
    {
      name: "fetchInPage",
      params: () => ({ url: "/api/bills", as: "json" }),
      playwright: (page) => page.evaluate("fetch('/api/bills').then((answer) => answer.json())"),
    },
    {
      name: "waitForResponse",
      command: "batch",
      params: (round) => ({
        commands: [
          { command: "click", params: { selector: "#ask" } },
          { command: "waitForResponse", params: { url: `/api/bills\\?round=${round}$`, captureBody: true } },
        ],
      }),
      before: (round) => `document.querySelector("#ask").value = "${round}"`,
      playwright: async (page, round) => {
        const answer = page.waitForResponse((one) => one.url().endsWith(`/api/bills?round=${round}`));
        await page.click("#ask");
        return (await answer).text();
      },
    },
    {
      name: "waitForNavigation",
      command: "batch",
      params: () => ({
        commands: [
          { command: "click", params: { selector: "text=Next page" } },
          { command: "waitForNavigation", params: { urlPattern: "/bills/2$" } },
        ],
      }),
      from: url,
      playwright: async (page) => {
        const arrived = page.waitForURL("**/bills/2", { waitUntil: "commit" });
        await page.click("text=Next page");
        await arrived;
      },
    },
    { name: "goBack", params: () => ({}), from: `${url}/2`, playwright: (page) => page.goBack() },
    {
      name: "extract",
      params: () => ({
        from: "dom",
        rows: "li.bill",
        fields: { id: { read: "attribute:data-id" }, amount: "b", due: "span" },
      }),
      playwright: (page) =>
        page.locator("li.bill").evaluateAll((rows) =>
          rows.map((one) => ({
            id: one.getAttribute("data-id"),
            amount: one.querySelector("b")?.textContent,
            due: one.querySelector("span")?.textContent,
          })),
        ),
    },
  ];
}
