import * as z from "zod";
import { typed } from "../sealed-value.ts";
import { clicking, done, force, holding, hovering, pacing, pointing, selector, timeout } from "./fields.ts";
import { acting, type CommandRow } from "./row.ts";

/** The base64 of all of a command's files together, so that the message stays under the frame's limit. */
const maxFilesBase64 = 700_000;
const file = z.object({
  name: z.string().min(1).max(255),
  mimeType: z.string().max(255).describe("text/plain, image/png, ..."),
  data: z.base64().max(maxFilesBase64).describe("base64"),
});

/** What a person does with mouse and keyboard. */
export const actions = {
  click: {
    summary: "Clicks the element once it is visible, stable, enabled and not covered.",
    reveals: "nothing",
    params: z.object(clicking),
    result: done,
    errors: acting,
  },
  hover: {
    summary: "Moves the mouse over the element once it is visible, stable and not covered.",
    reveals: "nothing",
    params: z.object(hovering),
    result: done,
    errors: acting,
  },
  check: {
    summary: "Checks a checkbox or radio button by a click, unless it is checked.",
    reveals: "nothing",
    params: z.object(pointing),
    result: done,
    errors: acting,
  },
  uncheck: {
    summary: "Unchecks a checkbox by a click, unless it is unchecked.",
    reveals: "nothing",
    params: z.object(pointing),
    result: done,
    errors: acting,
  },
  fill: {
    summary: "Sets the value of an input, textarea or contenteditable, as if typed. The value is never echoed.",
    reveals: "nothing",
    params: z.object({ selector, value: typed(65_536), force, timeout }),
    result: done,
    errors: acting,
  },
  clear: {
    summary: "Empties an input, textarea or contenteditable.",
    reveals: "nothing",
    params: z.object({ selector, force, timeout }),
    result: done,
    errors: acting,
  },
  type: {
    summary:
      "Types text key by key into the element, after what is there, with `delay` ms between keys. The text is never echoed.",
    reveals: "nothing",
    params: z.object({ selector, text: typed(4_096), delay: pacing, timeout }),
    result: done,
    errors: acting,
  },
  press: {
    summary: "Presses a key for `delay` ms, in the element or where the focus is: `Enter`, `Tab`, `a`, `Control+a`.",
    reveals: "nothing",
    params: z.object({ selector: selector.optional(), key: z.string().min(1).max(64), delay: holding, timeout }),
    result: done,
    errors: acting,
  },
  focus: {
    summary: "Gives the element the focus.",
    reveals: "nothing",
    params: z.object({ selector, timeout }),
    result: done,
    errors: acting,
  },
  select: {
    summary: "Chooses options of a select element by value or label, and returns the values that are then chosen.",
    reveals: "nothing",
    params: z.object({ selector, values: z.array(z.string().max(2048)).max(256), force, timeout }),
    result: z.object({ values: z.array(z.string()) }),
    errors: acting,
  },
  setInputFiles: {
    summary: "Gives files to a file input, in place of those it has. An empty list takes them away.",
    reveals: "nothing",
    params: z.object({
      selector,
      files: z
        .array(file)
        .max(10)
        .refine((files) => files.reduce((sum, { data }) => sum + data.length, 0) <= maxFilesBase64, {
          message: `the files are over ${maxFilesBase64} characters of base64 together`,
        })
        .describe("At most 700,000 characters of base64 together."),
      timeout,
    }),
    result: done,
    errors: acting,
  },
  updateStatus: {
    summary: "Sets the text on the status overlay that the person sees.",
    reveals: "nothing",
    params: z.object({
      heading: z.string().max(120).optional(),
      subheading: z.string().max(240).optional(),
      progress: z.number().min(0).max(1).optional().describe("0 to 1."),
    }),
    result: done,
    errors: [],
  },
} as const satisfies Record<string, CommandRow>;
