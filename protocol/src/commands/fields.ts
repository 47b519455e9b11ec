import * as z from "zod";

/** What params and results of several commands are made of. Times are milliseconds. */
export const selector = z
  .string()
  .min(1)
  .max(2048)
  .describe(
    "A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>` enters a frame). More than one match is an error.",
  );
export const timeout = z
  .number()
  .int()
  .positive()
  .max(600_000)
  .optional()
  .describe("The command's whole deadline on the device, in ms. Default 30,000.");
export const url = z.string().max(8192);
export const pattern = z
  .string()
  .min(1)
  .max(2048)
  .describe("A linear-time (RE2) regular expression, searched, unanchored.");
const waitUntil = z.enum(["commit", "domcontentloaded", "load"]).optional();
export const waitUntilLoad = waitUntil.describe("How far the page has come. Default `load`.");
export const waitUntilCommit = waitUntil.describe("How far the page has come. Default `commit`.");
export const elementState = z
  .enum(["attached", "detached", "visible", "hidden"])
  .describe("What an element can be waited for to be.");
export const arrived = z.object({ url, status: z.number().int().nullable() });
export const done = z.object({});
/** Described in place: it refers to itself. */
export const json = z.json().register(z.globalRegistry, { description: "What JSON can say." });

const modifiers = z
  .array(z.enum(["Alt", "Control", "ControlOrMeta", "Meta", "Shift"]))
  .max(5)
  .optional()
  .describe("Keys held down meanwhile.");
const position = z
  .object({ x: z.number(), y: z.number() })
  .optional()
  .describe("Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle.");
export const force = z.boolean().optional().describe("Acts without the checks that the action otherwise waits for.");
const trial = z.boolean().optional().describe("Waits for the checks and does not act.");
const delay = z.number().int().min(0).max(10_000).optional();

/** What everything takes that points at an element. */
export const pointing = { selector, position, force, trial, timeout };
export const hovering = { ...pointing, modifiers };
export const clicking = {
  ...hovering,
  button: z
    .enum(["left", "middle", "right"])
    .optional()
    .describe("Default `left`. The middle one pastes on Linux, and fails with `blocked_private`."),
  clickCount: z.number().int().min(1).max(3).optional().describe("2 is a double click. Default 1."),
};
export const holding = delay.describe("ms between a key's down and up. Default 0.");
export const pacing = delay.describe("ms between keys. Default 0.");
