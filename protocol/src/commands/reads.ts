import * as z from "zod";
import { json, selector, timeout } from "./fields.ts";
import { type CommandRow, seeking } from "./row.ts";

/** What the page says. */
export const reads = {
  textContent: {
    summary: "The text of the element's nodes, shown or not, as the DOM's `textContent`.",
    reveals: "content",
    params: z.object({ selector, timeout }),
    result: z.object({ text: z.string() }),
    errors: seeking,
  },
  innerText: {
    summary: "The text of the element as it is rendered, with line breaks, as the DOM's `innerText`.",
    reveals: "content",
    params: z.object({ selector, timeout }),
    result: z.object({ text: z.string() }),
    errors: [...seeking, "not_actionable"],
  },
  innerHTML: {
    summary: "The HTML inside the element.",
    reveals: "content",
    params: z.object({ selector, timeout }),
    result: z.object({ html: z.string() }),
    errors: seeking,
  },
  getAttribute: {
    summary: "An attribute of the element; null when it has none of that name.",
    reveals: "content",
    params: z.object({ selector, name: z.string().min(1).max(256), timeout }),
    result: z.object({ value: z.string().nullable() }),
    errors: seeking,
  },
  inputValue: {
    summary:
      "The value of an input, textarea or select. Fields for passwords, codes and cards fail with `blocked_private`.",
    reveals: "content",
    params: z.object({ selector, timeout }),
    result: z.object({ value: z.string() }),
    errors: [...seeking, "not_actionable"],
  },
  isVisible: {
    summary: "Whether the element is visible now. Does not wait; no match is false.",
    reveals: "boolean",
    params: z.object({ selector }),
    result: z.object({ visible: z.boolean() }),
    errors: seeking,
  },
  count: {
    summary: "How many elements match now. Does not wait.",
    reveals: "content",
    params: z.object({ selector: selector.describe("A Playwright selector; any number of matches.") }),
    result: z.object({ count: z.number().int() }),
    errors: seeking,
  },
  title: {
    summary: "The page's title.",
    reveals: "content",
    params: z.object({}),
    result: z.object({ title: z.string() }),
    errors: [],
  },
  content: {
    summary: "The HTML of the whole page.",
    reveals: "content",
    params: z.object({}),
    result: z.object({ html: z.string() }),
    errors: [],
  },
  evaluate: {
    summary: "Runs a JavaScript expression in the page's isolated world and returns its JSON value (promises awaited).",
    reveals: "content",
    params: z.object({ expression: z.string().max(262_144), timeout }),
    result: z.object({ value: json }),
    errors: ["evaluate_failed"],
  },
  screenshot: {
    summary: "A picture of the page.",
    reveals: "content",
    params: z.object({
      format: z.enum(["png", "jpeg"]).optional().describe("Default `png`."),
      quality: z.number().int().min(0).max(100).optional().describe("Of jpeg only, 0 to 100. Default 80."),
      fullPage: z.boolean().optional().describe("The whole page instead of what is visible."),
      timeout,
    }),
    result: z.object({
      data: z.string().describe("base64"),
      format: z.enum(["png", "jpeg"]),
      width: z.number().int(),
      height: z.number().int(),
    }),
    errors: [],
  },
} as const satisfies Record<string, CommandRow>;
