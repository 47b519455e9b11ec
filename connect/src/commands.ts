/** What a yield waits for. Evaluated on the device: the server learns only that it held. */
export type YieldCondition =
  /** The main frame's URL. `pattern` is a linear-time (RE2) regular expression, searched, unanchored. */
  | { type: "url"; pattern: string }
  /** An element's state; default `visible`. */
  | { type: "selector"; selector: string; state?: ElementState | undefined }
  /** A response of the page; all fields that are given must fit. `captureBody` puts its body into the result. */
  | {
      type: "networkRequest";
      /** Regular expression on the URL. */
      url?: string | undefined;
      urlContains?: string | undefined;
      method?: string | undefined;
      /** Status 2xx only. */
      successfulOnly?: boolean | undefined;
      bodyContains?: string | undefined;
      captureBody?: boolean | undefined;
    }
  /** The person presses "I'm done". */
  | { type: "userDone" };

/** What to wait for while the person has the page. */
export interface YieldRequest {
  /** 1 to 16. */
  conditions: YieldCondition[];
  /** Whether one condition is enough. Default `any`. */
  match?: "any" | "all" | undefined;
  /** What the person reads meanwhile. */
  status?: { heading?: string | undefined; subheading?: string | undefined } | undefined;
  /** When the time is over, answer `{ matched: false }` instead of failing. */
  optional?: boolean | undefined;
  /** ms. Default 600,000 (10 minutes). */
  timeout?: number | undefined;
}

/** How a yield ended. */
export interface YieldResult {
  /** False: the person gave up, or an optional yield ran out of time. See `reason`. */
  matched: boolean;
  /** Index of the condition that held. */
  condition?: number | undefined;
  /** Where it held: origin and path. */
  url?: string | undefined;
  /** The response that met a `networkRequest` condition. */
  networkCapture?:
    | {
        url: string;
        method: string;
        status: number;
        /** Only for a condition with `captureBody`. */
        responseBody?: string | undefined;
      }
    | undefined;
  reason?: "timeout" | "user_gave_up" | undefined;
}

export type ElementState = "attached" | "detached" | "visible" | "hidden";

interface Deadline {
  /** The command's whole deadline on the device, in ms. Default 30,000. */
  timeout?: number | undefined;
}

interface OnElement extends Deadline {
  /** Playwright's: css, `text=`, `role=`, `label=`; chained with `>>`. More than one match is an error. */
  selector: string;
}

type NoParams = Record<never, never>;
/** An empty object: the command was done. */
type Done = Record<string, never>;

/** On every call. */
export interface CallOptions {
  /** Ends the call with `cancelled`. The next one waits until the device has let go, at most 5 seconds. */
  signal?: AbortSignal | undefined;
}

/** Params and options in one object, which may be left out where nothing in it is required. */
type Command<Params, Result> =
  Record<never, never> extends Params
    ? (params?: Params & CallOptions) => Promise<Result>
    : (params: Params & CallOptions) => Promise<Result>;

/** The device commands, each as the method that a `Browser` has of it: the one table of what they take and answer. */
export interface Commands {
  /** Goes to a URL and waits until it has loaded. A page that answers 4xx resolves too, with its status. */
  navigate: Command<
    { url: string; waitUntil?: "commit" | "domcontentloaded" | "load" | undefined } & Deadline,
    { url: string; status: number | null }
  >;
  /** Loads the page again and waits until it has loaded. */
  reload: Command<Deadline, { url: string; status: number | null }>;
  /** Goes one page back in the history; never before the first page that was opened here. */
  goBack: Command<Deadline, { url: string; status: number | null }>;
  /** Clicks the element once it is visible, stable, enabled and not covered. */
  click: Command<OnElement, Done>;
  /** Sets the value of an input, textarea or contenteditable, as if typed. The value is never echoed. */
  fill: Command<OnElement & { value: string }, Done>;
  /** Chooses options of a select element by value or label, and answers the values that are then chosen. */
  select: Command<OnElement & { values: string[] }, { values: string[] }>;
  /** Presses a key, in the element or where the focus is: `Enter`, `Tab`, `a`, `Control+a`. */
  press: Command<{ selector?: string | undefined; key: string } & Deadline, Done>;
  /** Waits until the element is in the state (default `visible`), across navigations. */
  waitForSelector: Command<OnElement & { state?: ElementState | undefined }, Done>;
  /** Waits until the URL matches a linear-time (RE2) regular expression. Answers at once when it already does. */
  waitForNavigation: Command<{ urlPattern: string } & Deadline, { url: string }>;
  /** Waits until no request of the page has been under way for `idleTime` ms (default 500). */
  waitForNetworkIdle: Command<{ idleTime?: number | undefined } & Deadline, Done>;
  /** Waits for a fixed time. Prefer a wait for a condition. */
  waitForTimeout: Command<{ timeout: number }, Done>;
  /** Runs a JavaScript expression in the page's isolated world and answers its JSON value (promises awaited). */
  evaluate: Command<{ expression: string } & Deadline, { value: Json }>;
  /** The text of the element. */
  textContent: Command<OnElement, { text: string }>;
  /** The HTML inside the element. */
  innerHTML: Command<OnElement, { html: string }>;
  /** An attribute of the element; null when it has none of that name. */
  getAttribute: Command<OnElement & { name: string }, { value: string | null }>;
  /** Whether the element is visible now. Does not wait; no match is false. */
  isVisible: Command<{ selector: string }, { visible: boolean }>;
  /** The HTML of the whole page. */
  content: Command<NoParams, { html: string }>;
  /** The page's title. */
  title: Command<NoParams, { title: string }>;
  /** The main frame's URL. */
  url: Command<NoParams, { url: string }>;
  /** A picture of the page: `data` is base64. `quality` (0 to 100, default 80) is for jpeg. */
  screenshot: Command<
    {
      format?: "png" | "jpeg" | undefined;
      quality?: number | undefined;
      fullPage?: boolean | undefined;
    } & Deadline,
    { data: string; format: "png" | "jpeg"; width: number; height: number }
  >;
  /** Sets the text on the status overlay that the person sees. `progress` is 0 to 1. */
  updateStatus: Command<
    { heading?: string | undefined; subheading?: string | undefined; progress?: number | undefined },
    Done
  >;
}

export type CommandName = keyof Commands;
export type CommandParams<Name extends CommandName> = Omit<
  NonNullable<Parameters<Commands[Name]>[0]>,
  keyof CallOptions
>;
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<Commands[Name]>>;

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The rows of {@link Commands} as values: each becomes a method. */
export const commandNames = [
  "navigate",
  "reload",
  "goBack",
  "click",
  "fill",
  "select",
  "press",
  "waitForSelector",
  "waitForNavigation",
  "waitForNetworkIdle",
  "waitForTimeout",
  "evaluate",
  "textContent",
  "innerHTML",
  "getAttribute",
  "isVisible",
  "content",
  "title",
  "url",
  "screenshot",
  "updateStatus",
] as const satisfies readonly CommandName[];
