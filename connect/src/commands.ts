import type {
  Clicking,
  Deadline,
  Forceable,
  FromDom,
  FromResponse,
  Hovering,
  Loading,
  OnElement,
  OnResponse,
  Pointing,
  WaitUntil,
} from "./command-params.ts";
import type { Drift, Shape } from "./shape.ts";

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
        /** Why a condition with `captureBody` has no `responseBody`, though the response has a body. */
        bodyMissing?: "binary" | "undecodable" | "incomplete" | "notKept" | "private" | undefined;
      }
    | undefined;
  reason?: "timeout" | "user_gave_up" | undefined;
}

export type ElementState = "attached" | "detached" | "visible" | "hidden";

/** Text to type, in the clear, or sealed (a JWE) to the key of the device's hello. */
export type Typed = string | { $sealed: string };

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
    {
      url: string;
      /** The Referer header of the request. */
      referer?: string | undefined;
    } & Loading,
    { url: string; status: number | null }
  >;
  /** Loads the page again and waits until it has loaded. */
  reload: Command<Loading, { url: string; status: number | null }>;
  /** Goes one page back in the history; never before the first page that was opened here. */
  goBack: Command<Loading, { url: string; status: number | null }>;
  /** Clicks the element once it is visible, stable, enabled and not covered. */
  click: Command<Clicking, Done>;
  /** Moves the mouse over the element once it is visible, stable and not covered. */
  hover: Command<Hovering, Done>;
  /** Checks a checkbox or radio button by a click, unless it is checked. */
  check: Command<Pointing, Done>;
  /** Unchecks a checkbox by a click, unless it is unchecked. */
  uncheck: Command<Pointing, Done>;
  /** Sets the value of an input, textarea or contenteditable, as if typed. The value is never echoed. */
  fill: Command<Forceable & { value: Typed }, Done>;
  /** Empties an input, textarea or contenteditable. */
  clear: Command<Forceable, Done>;
  /** Types text key by key into the element, with `delay` ms between keys. The text is never echoed. */
  type: Command<OnElement & { text: Typed; delay?: number | undefined }, Done>;
  /** Chooses options of a select element by value or label, and returns the values that are then chosen. */
  select: Command<Forceable & { values: string[] }, { values: string[] }>;
  /** Presses a key for `delay` ms, in the element or where the focus is: `Enter`, `Tab`, `a`, `Control+a`. */
  press: Command<{ selector?: string | undefined; key: string; delay?: number | undefined } & Deadline, Done>;
  /** Gives the element the focus. */
  focus: Command<OnElement, Done>;
  /** Gives files (`data` is base64) to a file input, in place of those it has. An empty list takes them away. */
  setInputFiles: Command<OnElement & { files: { name: string; mimeType: string; data: string }[] }, Done>;
  /** Waits until the element is in the state (default `visible`), across navigations. */
  waitForSelector: Command<OnElement & { state?: ElementState | undefined }, Done>;
  /** Waits until the URL matches a linear-time (RE2) regular expression. Returns at once when it already does. */
  waitForNavigation: Command<
    {
      urlPattern: string;
      /** Default `commit`. */
      waitUntil?: WaitUntil | undefined;
    } & Deadline,
    { url: string }
  >;
  /** Waits until the page is at the whole URL, or at one that matches, and has loaded. Returns at once when it is. */
  waitForURL: Command<{ url: string | { pattern: string } } & Loading, { url: string }>;
  /** Waits for a response to a document, fetch or XMLHttpRequest; the latest since the last navigate counts. */
  waitForResponse: Command<
    OnResponse & {
      /** Returns the body too, which must be text of at most 1 MiB. */
      captureBody?: boolean | undefined;
    },
    { url: string; method: string; status: number; body?: string | undefined }
  >;
  /** Has the page make a request to its own origin, with its cookies, and returns the response, whatever its status. */
  fetchInPage: Command<
    {
      url: string;
      /** Default GET. */
      method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | undefined;
      headers?: Record<string, string> | undefined;
      /**
       * Adds the named headers, such as `authorization`, as the page's own latest request had them whose URL matches the regular
       * expression `url`; waits for such a request. It must have gone to the same origin. The values never leave the device.
       */
      headersFrom?: { url: string; names: string[] } | undefined;
      body?: string | undefined;
      /** What to return the body as: text in the site's charset, JSON, or its bytes as base64. Default `text`. */
      as?: "text" | "json" | "base64" | undefined;
      /** What leaves the device of a 2xx response, which must be JSON; the body of any other one is null. */
      schema?: Shape | undefined;
    } & Deadline,
    { url: string; status: number; contentType: string | null; body: Json; drift?: Drift[] | undefined }
  >;
  /** Data out of the page's elements or of a JSON response, by a description, in one round trip. */
  extract: Command<FromDom | FromResponse, { data: Json; drift?: Drift[] | undefined }>;
  /** Waits until no request of the page has been under way for `idleTime` ms (default 500). */
  waitForNetworkIdle: Command<{ idleTime?: number | undefined } & Deadline, Done>;
  /** Waits for a fixed time. Prefer a wait for a condition. */
  waitForTimeout: Command<{ timeout: number }, Done>;
  /** Runs a JavaScript expression in the page's isolated world and returns its JSON value (promises awaited). */
  evaluate: Command<{ expression: string } & Deadline, { value: Json }>;
  /** The text of the element's nodes, shown or not, as the DOM's `textContent`. */
  textContent: Command<OnElement, { text: string }>;
  /** The text of the element as it is rendered, with line breaks, as the DOM's `innerText`. */
  innerText: Command<OnElement, { text: string }>;
  /** The HTML inside the element. */
  innerHTML: Command<OnElement, { html: string }>;
  /** An attribute of the element; null when it has none of that name. */
  getAttribute: Command<OnElement & { name: string }, { value: string | null }>;
  /** The value of an input, textarea or select. Fields for passwords, codes and cards answer `blocked_private`. */
  inputValue: Command<OnElement, { value: string }>;
  /** How many elements match now. Does not wait. */
  count: Command<{ selector: string }, { count: number }>;
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
export type CommandParams<Name extends CommandName> = WithoutOptions<NonNullable<Parameters<Commands[Name]>[0]>>;
/** Of each kind of params. */
type WithoutOptions<Params> = Params extends unknown ? Omit<Params, keyof CallOptions> : never;
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<Commands[Name]>>;

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The rows of {@link Commands} as values: each becomes a method. */
export const commandNames = [
  "navigate",
  "reload",
  "goBack",
  "click",
  "hover",
  "check",
  "uncheck",
  "fill",
  "clear",
  "type",
  "select",
  "press",
  "focus",
  "setInputFiles",
  "waitForSelector",
  "waitForNavigation",
  "waitForURL",
  "waitForResponse",
  "fetchInPage",
  "extract",
  "waitForNetworkIdle",
  "waitForTimeout",
  "evaluate",
  "textContent",
  "innerText",
  "innerHTML",
  "getAttribute",
  "inputValue",
  "count",
  "isVisible",
  "content",
  "title",
  "url",
  "screenshot",
  "updateStatus",
] as const satisfies readonly CommandName[];
