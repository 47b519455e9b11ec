import * as z from "zod";

/**
 * The device commands: one row a command. The row drives the `Page` type, the device's dispatch, the JSON Schema and the
 * docs. To add a command, add a row here and its implementation in `device/src/commands/`.
 * Times are milliseconds. `timeout` is the command's whole deadline.
 *
 * `reveals` is the most that a command's result tells of the page. In a private phase (docs/design/private-phase.md) what
 * reveals content is not executed and cannot leave the device; of a place only origin and path leave, ids taken out.
 * `declared` marks what an operation may use only where its manifest names it in `commands`.
 */
export type Reveals = "nothing" | "boolean" | "place" | "content";

interface Row {
  readonly summary: string;
  readonly reveals: Reveals;
  readonly declared?: true;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

const selector = z
  .string()
  .min(1)
  .max(2048)
  .describe("A Playwright selector (css, text=, role=, label; chained with >>). More than one match is an error.");
const timeout = z.number().int().positive().max(600_000).optional().describe("Deadline in ms. Default 30000.");
const url = z.string().max(8192);
const done = z.object({});

export const commands = {
  navigate: {
    summary: "Goes to a URL and waits until it has loaded.",
    reveals: "place",
    params: z.object({
      url,
      waitUntil: z.enum(["commit", "domcontentloaded", "load"]).optional().describe("Default load."),
      timeout,
    }),
    result: z.object({ url, status: z.number().int().nullable() }),
  },
  click: {
    summary: "Clicks the element once it is visible, stable, enabled and not covered.",
    reveals: "nothing",
    params: z.object({ selector, timeout }),
    result: done,
  },
  fill: {
    summary: "Sets the value of an input, textarea or contenteditable, as if typed. The value is never echoed.",
    reveals: "nothing",
    params: z.object({ selector, value: z.string().max(65_536), timeout }),
    result: done,
  },
  waitForSelector: {
    summary: "Waits until the element is in the state, across navigations.",
    reveals: "boolean",
    params: z.object({
      selector,
      state: z.enum(["attached", "detached", "visible", "hidden"]).optional().describe("Default visible."),
      timeout,
    }),
    result: done,
  },
  waitForNavigation: {
    summary: "Waits until the main frame's URL matches. Answers at once when it already does.",
    reveals: "place",
    params: z.object({
      urlPattern: z.string().max(2048).describe("A linear-time (RE2) regular expression, searched, unanchored."),
      timeout,
    }),
    result: z.object({ url }),
  },
  textContent: {
    summary: "The text of the element.",
    reveals: "content",
    params: z.object({ selector, timeout }),
    result: z.object({ text: z.string() }),
  },
  isVisible: {
    summary: "Whether the element is visible now. Does not wait; no match is false.",
    reveals: "boolean",
    params: z.object({ selector }),
    result: z.object({ visible: z.boolean() }),
  },
  evaluate: {
    summary: "Runs a JavaScript expression in the page's isolated world and answers its JSON value (promises awaited).",
    reveals: "content",
    declared: true,
    params: z.object({ expression: z.string().max(262_144), timeout }),
    result: z.object({ value: z.json() }),
  },
  url: {
    summary: "The main frame's URL.",
    reveals: "place",
    params: z.object({}),
    result: z.object({ url }),
  },
  reload: {
    summary: "Loads the page again and waits until it has loaded.",
    reveals: "place",
    params: z.object({ timeout }),
    result: z.object({ url, status: z.number().int().nullable() }),
  },
  goBack: {
    summary: "Goes one page back in the history; never before the first page that the automation opened.",
    reveals: "place",
    params: z.object({ timeout }),
    result: z.object({ url, status: z.number().int().nullable() }),
  },
  select: {
    summary: "Chooses options of a select element by value or label, and answers the values that are then chosen.",
    reveals: "nothing",
    params: z.object({ selector, values: z.array(z.string().max(2048)).max(256), timeout }),
    result: z.object({ values: z.array(z.string()) }),
  },
  press: {
    summary: "Presses a key, in the element or where the focus is: Enter, Tab, a, Control+a.",
    reveals: "nothing",
    params: z.object({ selector: selector.optional(), key: z.string().min(1).max(64), timeout }),
    result: done,
  },
  getAttribute: {
    summary: "An attribute of the element; null when it has none of that name.",
    reveals: "content",
    declared: true,
    params: z.object({ selector, name: z.string().min(1).max(256), timeout }),
    result: z.object({ value: z.string().nullable() }),
  },
  innerHTML: {
    summary: "The HTML inside the element.",
    reveals: "content",
    declared: true,
    params: z.object({ selector, timeout }),
    result: z.object({ html: z.string() }),
  },
  title: {
    summary: "The page's title.",
    reveals: "content",
    params: z.object({}),
    result: z.object({ title: z.string() }),
  },
  content: {
    summary: "The HTML of the whole page.",
    reveals: "content",
    declared: true,
    params: z.object({}),
    result: z.object({ html: z.string() }),
  },
  screenshot: {
    summary: "A picture of the page.",
    reveals: "content",
    declared: true,
    params: z.object({
      format: z.enum(["png", "jpeg"]).optional().describe("Default png."),
      quality: z.number().int().min(0).max(100).optional().describe("jpeg only. Default 80."),
      fullPage: z.boolean().optional().describe("The whole page instead of what is visible."),
      timeout,
    }),
    result: z.object({
      data: z.string().describe("base64"),
      format: z.enum(["png", "jpeg"]),
      width: z.number().int(),
      height: z.number().int(),
    }),
  },
  waitForNetworkIdle: {
    summary: "Waits until no request of the page has been under way for a while.",
    reveals: "nothing",
    params: z.object({
      idleTime: z.number().int().positive().max(60_000).optional().describe("ms. Default 500."),
      timeout,
    }),
    result: done,
  },
  waitForTimeout: {
    summary: "Waits for a fixed time. Prefer a wait for a condition.",
    reveals: "nothing",
    params: z.object({ timeout: z.number().int().positive().max(60_000).describe("ms") }),
    result: done,
  },
  updateStatus: {
    summary: "Sets the text on the status overlay.",
    reveals: "nothing",
    params: z.object({
      heading: z.string().max(120).optional(),
      subheading: z.string().max(240).optional(),
      progress: z.number().min(0).max(1).optional(),
    }),
    result: done,
  },
} as const satisfies Record<string, Row>;

/** `batch` is a row of its own kind: commands in order, in one round trip; it stops at the first error. */
export const batch = {
  summary: "Runs commands in order on the device and answers once; stops at the first that fails.",
  params: z.object({
    commands: z
      .array(z.object({ command: z.string().max(64), params: z.record(z.string(), z.unknown()).optional() }))
      .min(1)
      .max(100),
  }),
  result: z.object({
    /** One entry a command that was run: its result, or the error that ended the batch. */
    results: z.array(
      z.union([
        z.object({ result: z.unknown() }),
        z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
      ]),
    ),
  }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandParams<N extends CommandName> = z.input<(typeof commands)[N]["params"]>;
export type CommandResult<N extends CommandName> = z.output<(typeof commands)[N]["result"]>;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** Whether an operation may use the command only where its manifest declares it. */
export function mustBeDeclared(name: CommandName): boolean {
  return (commands[name] as Row).declared === true;
}

/** A deadline for a command that names none (design, gap 17). */
export const defaultCommandTimeoutMs = 30_000;
