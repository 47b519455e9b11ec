/** Generated from the tables and schemas in `protocol/` by "npm run schema". */

import type { Command } from "./browser/command.ts";

/** The routes that take an API key: what each takes, and what it returns. */
export interface Routes {
  /** Create a link. Only a record is made; a session begins when the link is claimed. */
  createLink: { body: CreateLinkRequest; answer: CreatedLink };
  /** List links, newest first. */
  listLinks: { query?: ListLinksQuery | undefined; answer: LinkList };
  /** Read a link with its result or error. */
  getLink: { id: string; query?: GetLinkQuery | undefined; answer: Link };
  /** List the claims of a link, newest first. Where results are long, a page ends before its limit. */
  listAttempts: { id: string; query?: PageQuery | undefined; answer: AttemptList };
  /** Cancel a link: it becomes expired, and an attempt that is under way ends. */
  cancelLink: { id: string; answer: Link };
  /** Delete a link with its result, attempts and events. An attempt that is under way ends. */
  deleteLink: { id: string; answer: Deleted };
  /** List what a link may name, with the JSON Schemas of arguments and results. */
  listProviders: { answer: ProviderList };
  /**
   * Read how a provider's operations fare in your links, by version: what they ended in, and how long they
   * took.
   */
  getProviderHealth: { id: string; answer: ProviderHealth };
  /** End a pending test link without a device, with the event and webhook of a real end. */
  completeLink: { id: string; body?: CompleteLinkRequest | undefined; answer: Link };
  /** Create a session that your own worker drives. */
  createSession: { body?: CreateSessionRequest | undefined; answer: CreatedSession };
  /** List sessions, newest first. */
  listSessions: { query?: PageQuery | undefined; answer: SessionList };
  /** Read a session. */
  getSession: { id: string; answer: SessionRecord };
  /** Read what the device saw, oldest first. */
  listSessionEvents: { id: string; query?: SessionEventsQuery | undefined; answer: SessionEvents };
  /** Read what the device was asked, when, and what came of it: names, times and codes, never values. */
  traceSession: { id: string; query?: SessionTraceQuery | undefined; answer: SessionTrace };
  /** End a session. */
  endSession: { id: string; answer: SessionRecord };
  /** List events, newest first; with after, those after it, oldest first. */
  listEvents: { query?: ListEventsQuery | undefined; answer: EventList };
  /** Read an event with its deliveries. */
  getEvent: { id: string; answer: LoggedEvent };
  /** Read an event as a webhook, signed now, to carry it where this server cannot reach. */
  signEvent: { id: string; answer: SignedDelivery };
  /** Send an event again. */
  redeliverEvent: { id: string; body?: RedeliverEventRequest | undefined; answer: Redelivered };
  /** Register a webhook endpoint. Its secret is shown once. */
  createEndpoint: { body: CreateEndpointRequest; answer: CreatedWebhookEndpoint };
  /** List webhook endpoints with their health. */
  listEndpoints: { answer: EndpointList };
  /** Read a webhook endpoint with its health. */
  getEndpoint: { id: string; answer: WebhookEndpoint };
  /** Change a webhook endpoint, or disable or enable it. */
  updateEndpoint: { id: string; body?: UpdateEndpointRequest | undefined; answer: WebhookEndpoint };
  /** Delete a webhook endpoint; what is on its way there ends. */
  deleteEndpoint: { id: string; answer: null };
  /** Make a new secret for an endpoint; the old one signs along for the overlap. */
  rotateEndpointSecret: { id: string; body?: RotateRequest | undefined; answer: RotatedSecret };
  /** Send an endpoint again what it missed since a time. */
  redeliverSince: { id: string; body: RedeliverSinceRequest; answer: Redelivered };
  /** Send an endpoint a test event. */
  testEndpoint: { id: string; answer: TestedEndpoint };
  /** List the keys that sign webhooks, and where their public halves are. */
  listSigningKeys: { answer: SigningKeyList };
  /** Make a new signing key; the old one can be verified for the overlap. */
  rotateSigningKey: { body?: RotateRequest | undefined; answer: SigningKeyList };
  /** Make a new secret for what goes to the webhookUrl of links. */
  rotateLinkSecret: { body?: RotateRequest | undefined; answer: RotatedSecret };
  /** Create an API key of the same organization and mode. It is shown once. */
  createKey: { body?: CreateKeyRequest | undefined; answer: CreatedKey };
  /** List API keys, newest first. */
  listKeys: { query?: PageQuery | undefined; answer: KeyList };
  /** Make the key's successor; the key itself works on for the overlap. */
  rotateKey: { id: string; body?: RotateKeyRequest | undefined; answer: CreatedKey };
  /**
   * Revoke an API key. It is refused at once where the request is handled, and within five seconds
   * everywhere else.
   */
  revokeKey: { id: string; answer: Key };
  /** Read who changed what, newest first. */
  readAuditLog: { query?: PageQuery | undefined; answer: AuditLog };
}

/** Where they are: method, path, and an example of the id in it. */
export const routes = {
  createLink: ["POST", "/v1/links"],
  listLinks: ["GET", "/v1/links"],
  getLink: ["GET", "/v1/links/:id", "link_abc123"],
  listAttempts: ["GET", "/v1/links/:id/attempts", "link_abc123"],
  cancelLink: ["POST", "/v1/links/:id/cancel", "link_abc123"],
  deleteLink: ["DELETE", "/v1/links/:id", "link_abc123"],
  listProviders: ["GET", "/v1/providers"],
  getProviderHealth: ["GET", "/v1/providers/:id/health", "tmobile"],
  completeLink: ["POST", "/v1/sandbox/links/:id/complete", "link_abc123"],
  createSession: ["POST", "/v1/sessions"],
  listSessions: ["GET", "/v1/sessions"],
  getSession: ["GET", "/v1/sessions/:id", "sess_abc123"],
  listSessionEvents: ["GET", "/v1/sessions/:id/events", "sess_abc123"],
  traceSession: ["GET", "/v1/sessions/:id/trace", "sess_abc123"],
  endSession: ["DELETE", "/v1/sessions/:id", "sess_abc123"],
  listEvents: ["GET", "/v1/events"],
  getEvent: ["GET", "/v1/events/:id", "evt_abc123"],
  signEvent: ["GET", "/v1/events/:id/delivery", "evt_abc123"],
  redeliverEvent: ["POST", "/v1/events/:id/redeliver", "evt_abc123"],
  createEndpoint: ["POST", "/v1/webhook_endpoints"],
  listEndpoints: ["GET", "/v1/webhook_endpoints"],
  getEndpoint: ["GET", "/v1/webhook_endpoints/:id", "whe_abc123"],
  updateEndpoint: ["PATCH", "/v1/webhook_endpoints/:id", "whe_abc123"],
  deleteEndpoint: ["DELETE", "/v1/webhook_endpoints/:id", "whe_abc123"],
  rotateEndpointSecret: ["POST", "/v1/webhook_endpoints/:id/rotate_secret", "whe_abc123"],
  redeliverSince: ["POST", "/v1/webhook_endpoints/:id/redeliver", "whe_abc123"],
  testEndpoint: ["POST", "/v1/webhook_endpoints/:id/test", "whe_abc123"],
  listSigningKeys: ["GET", "/v1/webhook_keys"],
  rotateSigningKey: ["POST", "/v1/webhook_keys/rotate"],
  rotateLinkSecret: ["POST", "/v1/webhook_secret/rotate"],
  createKey: ["POST", "/v1/keys"],
  listKeys: ["GET", "/v1/keys"],
  rotateKey: ["POST", "/v1/keys/:id/rotate", "key_abc123"],
  revokeKey: ["DELETE", "/v1/keys/:id", "key_abc123"],
  readAuditLog: ["GET", "/v1/audit_log"],
} as const;

/** The device commands, each as the method that a `Browser` has of it. */
export interface Commands {
  /**
   * Goes to a URL and waits until it has loaded. A page that answers 4xx or 5xx is an answer too, with its
   * status.
   */
  navigate: Command<
    {
      url: string;
      /** How far the page has come. Default `load`. */
      waitUntil?: "commit" | "domcontentloaded" | "load" | undefined;
      /** The Referer header of the request. */
      referer?: string | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { url: string; status: number | null }
  >;
  /** Loads the page again and waits until it has loaded. */
  reload: Command<
    {
      /** How far the page has come. Default `load`. */
      waitUntil?: "commit" | "domcontentloaded" | "load" | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { url: string; status: number | null }
  >;
  /** Goes one page back in the history; never before the first page that was opened here. */
  goBack: Command<
    {
      /** How far the page has come. Default `load`. */
      waitUntil?: "commit" | "domcontentloaded" | "load" | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { url: string; status: number | null }
  >;
  /**
   * Waits until the main frame's URL matches a linear-time (RE2) regular expression. Returns at once when it
   * already does.
   */
  waitForNavigation: Command<
    {
      /** A linear-time (RE2) regular expression, searched, unanchored. */
      urlPattern: string;
      /** How far the page has come. Default `commit`. */
      waitUntil?: "commit" | "domcontentloaded" | "load" | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { url: string }
  >;
  /**
   * Waits until the page is at the whole URL, or at one that matches, and has loaded. Returns at once when
   * it is.
   */
  waitForURL: Command<
    {
      /** The whole URL, or a pattern. */
      url:
        | string
        | {
            /** A linear-time (RE2) regular expression, searched, unanchored. */
            pattern: string;
          };
      /** How far the page has come. Default `load`. */
      waitUntil?: "commit" | "domcontentloaded" | "load" | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { url: string }
  >;
  /**
   * The main frame's URL. Query and fragment are left out after a redirect, after the person's turn, and
   * where a sensitive field has been.
   */
  url: Command<Record<never, never>, { url: string }>;
  /** Clicks the element once it is visible, stable, enabled and not covered. */
  click: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle. */
      position?: { x: number; y: number } | undefined;
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** Waits for the checks and does not act. */
      trial?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
      /** Keys held down meanwhile. */
      modifiers?: ("Alt" | "Control" | "ControlOrMeta" | "Meta" | "Shift")[] | undefined;
      /** Default `left`. The middle one pastes on Linux, and fails with `blocked_private`. */
      button?: "left" | "middle" | "right" | undefined;
      /** 2 is a double click. Default 1. */
      clickCount?: number | undefined;
    },
    Record<string, never>
  >;
  /** Moves the mouse over the element once it is visible, stable and not covered. */
  hover: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle. */
      position?: { x: number; y: number } | undefined;
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** Waits for the checks and does not act. */
      trial?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
      /** Keys held down meanwhile. */
      modifiers?: ("Alt" | "Control" | "ControlOrMeta" | "Meta" | "Shift")[] | undefined;
    },
    Record<string, never>
  >;
  /** Checks a checkbox or radio button by a click, unless it is checked. */
  check: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle. */
      position?: { x: number; y: number } | undefined;
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** Waits for the checks and does not act. */
      trial?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Unchecks a checkbox by a click, unless it is unchecked. */
  uncheck: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Where, from the top left corner of the element's padding box, in CSS pixels. Default: its middle. */
      position?: { x: number; y: number } | undefined;
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** Waits for the checks and does not act. */
      trial?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Sets the value of an input, textarea or contenteditable, as if typed. The value is never echoed. */
  fill: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** In the clear, or sealed: a JWE to the key of the device's hello. */
      value: string | { $sealed: string };
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Empties an input, textarea or contenteditable. */
  clear: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /**
   * Types text key by key into the element, after what is there, with `delay` ms between keys. The text is
   * never echoed.
   */
  type: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** In the clear, or sealed: a JWE to the key of the device's hello. */
      text: string | { $sealed: string };
      /** ms between keys. Default 0. */
      delay?: number | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Presses a key for `delay` ms, in the element or where the focus is: `Enter`, `Tab`, `a`, `Control+a`. */
  press: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector?: string | undefined;
      key: string;
      /** ms between a key's down and up. Default 0. */
      delay?: number | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Gives the element the focus. */
  focus: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Chooses options of a select element by value or label, and returns the values that are then chosen. */
  select: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      values: string[];
      /** Acts without the checks that the action otherwise waits for. */
      force?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { values: string[] }
  >;
  /** Gives files to a file input, in place of those it has. An empty list takes them away. */
  setInputFiles: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** At most 700,000 characters of base64 together. */
      files: {
        name: string;
        /** text/plain, image/png, ... */
        mimeType: string;
        /** base64 */
        data: string;
      }[];
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Sets the text on the status overlay that the person sees. */
  updateStatus: Command<
    {
      heading?: string | undefined;
      subheading?: string | undefined;
      /** 0 to 1. */
      progress?: number | undefined;
    },
    Record<string, never>
  >;
  /** Waits until the element is in the state (default `visible`), across navigations. */
  waitForSelector: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** Default `visible`. */
      state?: ElementState | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Waits until no request of the page has been under way for `idleTime` ms (default 500). */
  waitForNetworkIdle: Command<
    {
      /** ms. Default 500. */
      idleTime?: number | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    Record<string, never>
  >;
  /** Waits for a fixed time. Prefer a wait for a condition. */
  waitForTimeout: Command<
    {
      /** ms */
      timeout: number;
    },
    Record<string, never>
  >;
  /** The text of the element's nodes, shown or not, as the DOM's `textContent`. */
  textContent: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { text: string }
  >;
  /** The text of the element as it is rendered, with line breaks, as the DOM's `innerText`. */
  innerText: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { text: string }
  >;
  /** The HTML inside the element. */
  innerHTML: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { html: string }
  >;
  /** An attribute of the element; null when it has none of that name. */
  getAttribute: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      name: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { value: string | null }
  >;
  /**
   * The value of an input, textarea or select. Fields for passwords, codes and cards fail with
   * `blocked_private`.
   */
  inputValue: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { value: string }
  >;
  /** Whether the element is visible now. Does not wait; no match is false. */
  isVisible: Command<
    {
      /**
       * A Playwright selector (css, `text=`, `role=`, `label=`, `xpath=`; chained with `>>`; `frame=<selector>`
       * enters a frame). More than one match is an error.
       */
      selector: string;
    },
    { visible: boolean }
  >;
  /** How many elements match now. Does not wait. */
  count: Command<
    {
      /** A Playwright selector; any number of matches. */
      selector: string;
    },
    { count: number }
  >;
  /** The page's title. */
  title: Command<Record<never, never>, { title: string }>;
  /** The HTML of the whole page. */
  content: Command<Record<never, never>, { html: string }>;
  /** Runs a JavaScript expression in the page's isolated world and returns its JSON value (promises awaited). */
  evaluate: Command<
    {
      expression: string;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    { value: Json }
  >;
  /** A picture of the page. */
  screenshot: Command<
    {
      /** Default `png`. */
      format?: "png" | "jpeg" | undefined;
      /** Of jpeg only, 0 to 100. Default 80. */
      quality?: number | undefined;
      /** The whole page instead of what is visible. */
      fullPage?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    {
      /** base64 */
      data: string;
      format: "png" | "jpeg";
      width: number;
      height: number;
    }
  >;
  /** Waits for a response to a document, fetch or XMLHttpRequest; the latest since the last navigate counts. */
  waitForResponse: Command<
    {
      /** A linear-time (RE2) regular expression, searched in the response's URL. */
      url: string;
      method?: string | undefined;
      status?: number | undefined;
      /** Returns the body too, which must be text of at most 1 MiB. */
      captureBody?: boolean | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    {
      /** Origin and path. */
      url: string;
      method: string;
      status: number;
      /** With captureBody: absent where the response has none, as a redirect. */
      body?: string | undefined;
    }
  >;
  /**
   * Has the page make a request to its own origin, with its cookies, and returns the response, whatever its
   * status.
   */
  fetchInPage: Command<
    {
      /** Absolute, or relative to the page; its origin is the page's, unless headersFrom is given. */
      url: string;
      /** Default `GET`. */
      method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | undefined;
      headers?: Record<string, string> | undefined;
      /**
       * Adds these headers as the page's own latest matching request had them, such as authorization, and waits
       * for such a request. It must have gone to the same origin as url, which may then be another than the
       * page's where the site allows that by CORS; cookies are not sent there. The values are read on the
       * device, never returned, and kept secret from then on.
       */
      headersFrom?:
        | {
            /** RE2, searched in the URL of the page's own request. */
            url: string;
            names: string[];
          }
        | undefined;
      body?: string | undefined;
      /**
       * What to return the body as: text in the site's charset, JSON, or its bytes (at most 768,000) as base64.
       * Default `text`.
       */
      as?: "text" | "json" | "base64" | undefined;
      /**
       * Of a 2xx response, which must be JSON, only what the schema names leaves the device, each leaf written
       * anew: type, properties, required, items, maxItems, additionalProperties, maxProperties, enum, anyOf,
       * oneOf, orNull and leaf, as docs/design/reads.md has them. An unknown keyword is invalid_params.
       */
      schema?: Shape | undefined;
      /** The command's whole deadline on the device, in ms. Default 30,000. */
      timeout?: number | undefined;
    },
    {
      /** After redirects. */
      url: string;
      status: number;
      contentType: string | null;
      /** A string, or the JSON value. Null where there is none to return. */
      body: Json;
      /** With schema: where the response does not fit what may be null. */
      drift?: Drift[] | undefined;
    }
  >;
  /** Data out of the page's elements or of a JSON response, by a description, in one round trip. */
  extract: Command<
    | {
        from: "dom";
        /** One object per element that matches now; without it the page is one object. */
        rows?: string | undefined;
        /**
         * What each object holds: a selector within the row, for its text, or what else to read of it. Waits until
         * each matches once.
         */
        fields: Record<
          string,
          | string
          | {
              /** Within the row; the row itself where it is absent. */
              selector?: string | undefined;
              /**
               * `text` (as a person reads it, in one line; of a select all its options), `html`, or `attribute:<name>`.
               * Default `text`.
               */
              read?: string | undefined;
              /** Null where nothing matches, instead of an error. */
              optional?: boolean | undefined;
            }
        >;
        /** At most so many rows. Default 1,000. */
        limit?: number | undefined;
        /** The command's whole deadline on the device, in ms. Default 30,000. */
        timeout?: number | undefined;
      }
    | {
        from: "response";
        /** A linear-time (RE2) regular expression, searched in the response's URL. */
        url: string;
        method?: string | undefined;
        status?: number | undefined;
        /**
         * Of a 2xx response, which must be JSON, only what the schema names leaves the device, each leaf written
         * anew: type, properties, required, items, maxItems, additionalProperties, maxProperties, enum, anyOf,
         * oneOf, orNull and leaf, as docs/design/reads.md has them. An unknown keyword is invalid_params.
         */
        schema?: Shape | undefined;
        /** The command's whole deadline on the device, in ms. Default 30,000. */
        timeout?: number | undefined;
      },
    {
      data: Json;
      /** With schema: where the response does not fit what may be null. */
      drift?: Drift[] | undefined;
    }
  >;
}

/** Their names as values: each becomes a method. */
export const commandNames = [
  "navigate",
  "reload",
  "goBack",
  "waitForNavigation",
  "waitForURL",
  "url",
  "click",
  "hover",
  "check",
  "uncheck",
  "fill",
  "clear",
  "type",
  "press",
  "focus",
  "select",
  "setInputFiles",
  "updateStatus",
  "waitForSelector",
  "waitForNetworkIdle",
  "waitForTimeout",
  "textContent",
  "innerText",
  "innerHTML",
  "getAttribute",
  "inputValue",
  "isVisible",
  "count",
  "title",
  "content",
  "evaluate",
  "screenshot",
  "waitForResponse",
  "fetchInPage",
  "extract",
] as const satisfies readonly (keyof Commands)[];

/** A code that a Passage server returns; `docs` on the error leads to its page. */
export type AnsweredErrorCode =
  /** The body is not JSON. */
  | "malformed_json"
  /** The request's address cannot be read. */
  | "malformed_request"
  /** A field of the body or query is missing, wrong or unknown. */
  | "validation_failed"
  /** The API key is missing, unknown or revoked. */
  | "unauthorized"
  /** The API key is mistyped: its checksum does not fit. */
  | "api_key_malformed"
  /** The session token does not open this session in this role. */
  | "invalid_token"
  /** The API key may not do this. */
  | "insufficient_scope"
  /** A web page of another site may not ask this. */
  | "foreign_origin"
  /** Only test keys may do this, and this key is live. */
  | "test_mode_only"
  /** There is no such thing for this key. */
  | "not_found"
  /** The route exists, but not for this method. */
  | "method_not_allowed"
  /** Another attempt holds this link. */
  | "claim_in_progress"
  /** This link is complete and can be used once only. */
  | "link_already_used"
  /** Only a pending link can be completed without a device. */
  | "link_not_pending"
  /** The Idempotency-Key was used for another request. */
  | "idempotency_conflict"
  /** The API key is revoked or expired. */
  | "key_not_active"
  /** The link's time is over. */
  | "link_expired"
  /** The body or frame is over the limit. */
  | "payload_too_large"
  /** The body is not sent as JSON. */
  | "unsupported_media_type"
  /** This address speaks WebSocket only. */
  | "upgrade_required"
  /** Too many requests in a short time. */
  | "rate_limited"
  /** A fault of ours. */
  | "internal"
  /** The session could not be created. */
  | "session_unavailable";

export const answeredCodes: readonly AnsweredErrorCode[] = [
  "malformed_json",
  "malformed_request",
  "validation_failed",
  "unauthorized",
  "api_key_malformed",
  "invalid_token",
  "insufficient_scope",
  "foreign_origin",
  "test_mode_only",
  "not_found",
  "method_not_allowed",
  "claim_in_progress",
  "link_already_used",
  "link_not_pending",
  "idempotency_conflict",
  "key_not_active",
  "link_expired",
  "payload_too_large",
  "unsupported_media_type",
  "upgrade_required",
  "rate_limited",
  "internal",
  "session_unavailable",
];

/** A code that a session returns for a browser call, often the device's own. `command` names the call. */
export type SessionErrorCode =
  /** The session does not know this message type. */
  | "unknown_type"
  /** This role may not send this message. */
  | "wrong_role"
  /** A message lacks a field or has a wrong one. */
  | "invalid_message"
  /** One command is already under way. */
  | "command_pending"
  /** No device is connected yet. */
  | "client_not_connected"
  /** The session is over. */
  | "session_terminal"
  /** The session's time is over. */
  | "session_expired"
  /** This device does not know the command. */
  | "unsupported_command"
  /** The command's params do not fit its schema. */
  | "invalid_params"
  /** The selector cannot be parsed. */
  | "invalid_selector"
  /** The selector matches more than one element. */
  | "strict_violation"
  /** The element cannot take this action. */
  | "not_actionable"
  /** The page did not load. */
  | "navigation_failed"
  /** The expression threw in the page. */
  | "evaluate_failed"
  /** The page's request got no answer that could be read. */
  | "fetch_failed"
  /** The page's request was not answered in time. */
  | "fetch_timed_out"
  /** What extract describes is not there. */
  | "extract_failed"
  /** The response has a body that cannot be given as text. */
  | "body_unavailable"
  /** The page closed or crashed during the command. */
  | "page_gone"
  /** The deadline passed. */
  | "timeout"
  /** The person has the page; commands wait until the yield ends. */
  | "user_in_control"
  /** The page is private now; its content stays on the device. */
  | "blocked_private"
  /** The device trusts no publisher of what the session wants to do. */
  | "manifest_untrusted"
  /** The device does not know this version of manifests. */
  | "device_too_old"
  /** The operation's manifest does not declare this command. */
  | "command_not_declared"
  /** The answer held a secret, which stays on the device. */
  | "blocked_secret"
  /** The address is outside the operation's declared origins. */
  | "origin_not_allowed"
  /** The command was cancelled. */
  | "cancelled";

export const sessionCodes: readonly SessionErrorCode[] = [
  "unknown_type",
  "wrong_role",
  "invalid_message",
  "command_pending",
  "client_not_connected",
  "session_terminal",
  "session_expired",
  "unsupported_command",
  "invalid_params",
  "invalid_selector",
  "strict_violation",
  "not_actionable",
  "navigation_failed",
  "evaluate_failed",
  "fetch_failed",
  "fetch_timed_out",
  "extract_failed",
  "body_unavailable",
  "page_gone",
  "timeout",
  "user_in_control",
  "blocked_private",
  "manifest_untrusted",
  "device_too_old",
  "command_not_declared",
  "blocked_secret",
  "origin_not_allowed",
  "cancelled",
];

export const subprotocol = "passage.v1" as const;

export const protocolVersion = 1 as const;

export const heartbeat = { ping: "ping", pong: "pong" } as const;

export const maxFrameBytes = 1048576 as const;

export const closeCodes = { malformed: 4000, sessionOver: 4001, replaced: 4002 } as const;

export const defaultCommandTimeoutMs = 30000 as const;

export const defaultYieldTimeoutMs = 600000 as const;

/**
 * The body of `POST /v1/links`: either `operations` (1 to 10), or one operation as `resource` and
 * `action`.
 */
export interface CreateLinkRequest {
  /** For example `tmobile`, `att`, `verizon`, `ubereats`. */
  integrationId: string;
  /** Receives `link.complete` or `link.failed`, signed. At most 2,048 characters. */
  webhookUrl?: string | undefined;
  /** Where the person goes afterwards: `https:`, or an app's own scheme such as `myapp://callback`. */
  returnUrl?: string | undefined;
  /** Your own id of the person. Comes back with the link. */
  externalUserId?: string | undefined;
  /** Your own words about the link; given back, never read. At most 8,192 bytes of JSON. */
  metadata?: Record<string, unknown> | undefined;
  /** Whether it can be claimed again after success, until it expires. Default false. */
  reusable?: boolean | undefined;
  /** Records more of the session, for finding faults. */
  debug?: boolean | undefined;
  /** Seconds until an unclaimed link expires: 1 to 604,800 (7 days). Default 14,400 (4 hours). */
  expiresIn?: number | undefined;
  /** Run in this order, with one sign-in. If one fails, the link fails. */
  operations?: RequestedOperation[] | undefined;
  /** For example `paymentMethod`, `mobileBillingStatement`, `orderHistory`. */
  resource?: string | undefined;
  action?: "read" | "write" | undefined;
  /** Checked against the operation's schema when the link is created. Never echoed back. */
  arguments?: Record<string, unknown> | undefined;
}

/** One thing to do in the person's account, as named by `GET /v1/providers`. */
export interface RequestedOperation {
  /** For example `paymentMethod`, `mobileBillingStatement`, `orderHistory`. */
  resource: string;
  action: "read" | "write";
  /** Checked against the operation's schema when the link is created. Never echoed back. */
  arguments?: Record<string, unknown> | undefined;
}

/** A link that was just created. */
export interface CreatedLink {
  linkId: string;
  /**
   * A secret: whoever holds it can claim the link. Give it to the person that it is meant for, and to nobody
   * else.
   */
  claimCode: string;
  integrationId: string;
  operations: OperationName[];
  /** The first operation's resource. */
  resource: string;
  /** The first operation's action. */
  action: string;
  status: "pending";
  /** The page to send the person to. Carries the claim code. */
  appClipUrl: string;
  /** With `linkId` added. */
  returnUrl: string | null;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** What was asked for. */
export interface OperationName {
  resource: string;
  action: string;
}

/** Which links to list. */
export interface ListLinksQuery {
  /** Items per page: 1 to 100. Default 20. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
  status?: LinkStatus | undefined;
  integrationId?: string | undefined;
  externalUserId?: string | undefined;
  /** Epoch milliseconds. */
  createdAfter?: number | undefined;
}

/** Where a link stands. `failed` may be claimed again; `complete` and `expired` are ends. */
export type LinkStatus = "pending" | "active" | "complete" | "failed" | "expired";

/** One page of links, newest first. */
export interface LinkList {
  links: LinkSummary[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** A link as lists show it: without its outcome. */
export interface LinkSummary {
  id: string;
  integrationId: string;
  operations: OperationName[];
  /** The first operation's resource. */
  resource: string;
  /** The first operation's action. */
  action: string;
  externalUserId: string | null;
  status: LinkStatus;
  /** The newest attempt, or null before the first claim. */
  currentSessionId: string | null;
  reusable: boolean;
  metadata: Record<string, unknown> | null;
  /** When its owner cancelled it: its status is `expired` then. Epoch milliseconds. */
  cancelledAt: number | null;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds. */
  updatedAt: number;
}

/** What to read besides the link. */
export interface GetLinkQuery {
  /** `partial`: what a failed attempt had finished. */
  include?: "partial" | undefined;
}

/** A link with its outcome. */
export interface Link {
  id: string;
  integrationId: string;
  operations: OperationName[];
  /** The first operation's resource. */
  resource: string;
  /** The first operation's action. */
  action: string;
  externalUserId: string | null;
  status: LinkStatus;
  /** The newest attempt, or null before the first claim. */
  currentSessionId: string | null;
  reusable: boolean;
  metadata: Record<string, unknown> | null;
  /** When its owner cancelled it: its status is `expired` then. Epoch milliseconds. */
  cancelledAt: number | null;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds. */
  updatedAt: number;
  returnUrl: string | null;
  /** One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. Null until complete. */
  result: unknown;
  /** Null unless the last attempt failed. */
  error: LinkError | null;
  /**
   * How far the device's list of what it sent went in the last attempt, once it is over: `passage ledger
   * verify` shows the list. Null for a device that keeps none.
   */
  ledger: { head: string; entries: number } | null;
  /** With `include=partial`: what a failed attempt had finished, for 24 hours. */
  partial?: { operations: { resource: string; action: string; data: unknown }[] } | null | undefined;
}

/** Why an attempt failed. */
export interface LinkError {
  /** For example `AUTOMATION_ERROR`, `CLIENT_TIMEOUT`, `RESULT_VALIDATION_ERROR`. */
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

/** How much of a list, and where the page before ended. */
export interface PageQuery {
  /** Items per page: 1 to 100. Default 20. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** One page of attempts, newest first. */
export interface AttemptList {
  attempts: LinkAttempt[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** One claim of a link. */
export interface LinkAttempt {
  sessionId: string;
  status: "active" | "complete" | "failed";
  /** Kept for each attempt of a reusable link; null otherwise, where the link has it. */
  result: unknown;
  error: LinkError | null;
  /** How far its device's list of what it sent went; null for a device that keeps none. */
  ledger: { head: string; entries: number } | null;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Epoch milliseconds; null while it is active. */
  endedAt: number | null;
}

/** What was deleted. */
export interface Deleted {
  id: string;
  deleted: true;
}

/** The catalog of this server. */
export interface ProviderList {
  providers: Provider[];
}

/** What a link may name: a service, what it has, and what can be done with that. */
export interface Provider {
  id: string;
  name: string;
  resources: {
    name: string;
    /** By action: `read`, `write`. */
    operations: Record<
      string,
      {
        description: string;
        /** JSON Schema; null where it takes none. */
        arguments: Record<string, unknown> | null;
        /** JSON Schema. */
        result: Record<string, unknown> | null;
        /** What it was checked against: the live site, its public documentation, or nothing but the sandbox. */
        evidence: "live" | "documented" | "synthetic";
      }
    >;
  }[];
}

/** Every operation of the provider's current version, then what earlier versions counted. */
export interface ProviderHealth {
  id: string;
  /** The current one. */
  version: number;
  operations: OperationHealth[];
}

/**
 * How one operation fared in one version of its provider, since the first run in this organization and
 * mode.
 */
export interface OperationHealth {
  resource: string;
  action: string;
  version: number;
  runs: number;
  success: number;
  /** The person ended it. */
  userGaveUp: number;
  /** The site was not as the provider knows it. */
  siteChanged: number;
  /** What the site answered had another shape. */
  schemaDrift: number;
  /** Other reasons: wrong credentials, a site that is down, a lost device … */
  otherFailures: number;
  /**
   * From claim to result, the sign-in included; estimated, over successes of links with this operation
   * alone. Null before the first success.
   */
  latency: { medianMs: number; p95Ms: number } | null;
  /** Epoch milliseconds. */
  lastRunAt: number | null;
}

/** How a test link ends without a device. */
export interface CompleteLinkRequest {
  /** Default `complete`. */
  outcome?: "complete" | "failed" | undefined;
  /**
   * With `complete`. Must fit the operations' schemas. One operation: its data; several: `{ operations: [{
   * resource, action, data }] }`, in the link's order. Default: the operations' samples.
   */
  result?: unknown;
  /** With `failed`. Default: the one that comes with `reason`; without that, `AUTOMATION_ERROR`. */
  code?:
    | "AUTOMATION_ERROR"
    | "CLIENT_TIMEOUT"
    | "CONNECTION_FAILED"
    | "UNKNOWN_PROVIDER"
    | "RESULT_VALIDATION_ERROR"
    | "INTERNAL_ERROR"
    | undefined;
  /**
   * With `failed`: `error.details.reason` of the link, for example `user_gave_up`, `wrong_credentials`,
   * `site_changed`. Default: the code's first.
   */
  reason?: string | undefined;
}

/** The body of `POST /v1/sessions`; may be empty. */
export interface CreateSessionRequest {
  /** Your own notes about the session. */
  metadata?: Record<string, unknown> | undefined;
  config?:
    | {
        /** How long the device may be away before the session expires, in ms. Default 120,000, longest 3,600,000. */
        disconnectGracePeriodMs?: number | undefined;
        /** How long a command may take, in ms, unless it says otherwise. Default 30,000, longest 600,000. */
        commandTimeoutMs?: number | undefined;
        /** How long the session may last, in ms. Default 900,000 (15 minutes), longest 3,600,000. */
        sessionDurationMs?: number | undefined;
        capture?: CaptureConfig | undefined;
      }
    | undefined;
}

/** What the device is asked to capture for finding faults. It may send less: never what is private. */
export interface CaptureConfig {
  /** The page's HTML after each command, `delayMs` later. */
  snapshots?: { enabled: boolean; delayMs?: number | undefined } | undefined;
  screenshots?: { enabled: boolean; intervalMs?: number | undefined } | undefined;
}

/** A session that was just created. */
export interface CreatedSession {
  sessionId: string;
  /** A secret, for the device. */
  clientToken: string;
  /** A secret, for the worker. */
  workerToken: string;
  /** For both. */
  websocketUrl: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** One page of sessions, newest first. */
export interface SessionList {
  sessions: SessionSummary[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** A session as lists show it. What it holds, and who is connected, `GET /v1/sessions/:id` says. */
export interface SessionSummary {
  id: string;
  /** Null for a session that your own worker drives. */
  linkId: string | null;
  status: "active" | "complete" | "failed";
  error: LinkError | null;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds; null while it is active. */
  endedAt: number | null;
}

/** A session as its owner sees it. */
export interface SessionRecord {
  id: string;
  /** Null for a session that your own worker drives. */
  linkId: string | null;
  phase: SessionPhase;
  clientConnected: boolean;
  workerConnected: boolean;
  metadata: Record<string, unknown> | null;
  /** What your worker completed it with; null for a link's session, whose result is the link's. */
  result: unknown;
  error: LinkError | null;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Where a session stands. The last three are ends. */
export type SessionPhase = "created" | "pending" | "active" | "complete" | "failed" | "expired";

/** How much of what the device saw. */
export interface SessionEventsQuery {
  /** Items per page: 1 to 100. Default 20. */
  limit?: number | undefined;
  /** The `nextAfter` of the page before. Default 0. */
  after?: number | undefined;
  /** Types, separated by commas. */
  type?: string | undefined;
}

/** What the device saw, oldest first. */
export interface SessionEvents {
  events: {
    seq: number;
    /** By the device's clock. */
    ts: number;
    /** Epoch milliseconds. */
    serverTs: number;
    source: string;
    type: string;
    payload: Record<string, unknown>;
  }[];
  /** Pass it as `after`; null at the end. */
  nextAfter: number | null;
}

/** How much of what the device was asked. */
export interface SessionTraceQuery {
  /** Items per page: 1 to 100. Default 100. */
  limit?: number | undefined;
  /** The `nextAfter` of the page before. Default 0. */
  after?: number | undefined;
}

/** What the device was asked, in order: names, times and codes, never values. */
export interface SessionTrace {
  trace: {
    seq: number;
    /** The request's id on the wire to the device. */
    id: string;
    /** The command's name, `batch` or `yield`. */
    request: string;
    /** When it was first sent to a device, in epoch milliseconds. */
    askedAt: number;
    /** Until its answer; null while it has none, or when the session ended first. */
    ms: number | null;
    /** How often it was sent: more than once after a lost device. */
    sent: number;
    error: { code: string } | null;
  }[];
  /** Pass it as `after`; null at the end. */
  nextAfter: number | null;
}

/** Which events to list: newest first, or with `after` those after that event, oldest first. */
export interface ListEventsQuery {
  /** Items per page: 1 to 100. Default 20. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
  /** Types, separated by commas. */
  type?: string | undefined;
  linkId?: string | undefined;
  /** An event's id. */
  after?: string | undefined;
}

/** One page of events. */
export interface EventList {
  events: EventSummary[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** An event as the log lists it. */
export interface EventSummary {
  id: string;
  type: string;
  linkId: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** An event with its body as it is signed and sent, and how it fared. */
export interface LoggedEvent {
  id: string;
  type: string;
  linkId: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  data: WebhookBody;
  deliveries: Delivery[];
}

/** The body of a webhook, as it is on the wire. */
export type WebhookBody =
  | LinkCompleteBody
  | LinkFailedBody
  | LinkExpiredBody
  | LinkCancelledBody
  | EndpointDisabledBody
  | EndpointTestBody;

/** A link's operations all succeeded. */
export interface LinkCompleteBody {
  event: "link.complete";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: string;
  status: "complete";
  /** What was asked for: it names the data of `result` where there is one operation. */
  operations: OperationName[];
  /** One operation: its data. Several: `{ operations: [{ resource, action, data }] }`. */
  result: unknown;
  error: null;
}

/** An attempt failed. The person may try again with the same link until it expires. */
export interface LinkFailedBody {
  event: "link.failed";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: string;
  status: "failed";
  result: null;
  error: LinkError;
}

/** Nobody completed the link in time. For endpoints that subscribe to it. */
export interface LinkExpiredBody {
  event: "link.expired";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: string;
  status: "expired";
  result: null;
  error: null;
}

/** The link's owner cancelled it. For endpoints that subscribe to it. */
export interface LinkCancelledBody {
  event: "link.cancelled";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: string;
  /** The status of a cancelled link, which has a `cancelledAt` too. */
  status: "expired";
  result: null;
  error: null;
}

/**
 * Passage sends nothing more to an endpoint: it answered 410 (`gone`), or failed for five days
 * (`failing`).
 */
export interface EndpointDisabledBody {
  event: "webhook_endpoint.disabled";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: null;
  status: null;
  result: null;
  error: null;
  endpointId: string;
  reason: "gone" | "failing";
}

/** Sent because you asked for it: `POST /v1/webhook_endpoints/:id/test`. */
export interface EndpointTestBody {
  event: "webhook_endpoint.test";
  /** The same on every delivery of this event: keep it to recognise a repeat. */
  id: string;
  /** When it happened, in epoch milliseconds. */
  timestamp: number;
  linkId: null;
  status: null;
  result: null;
  error: null;
  endpointId: string;
}

/** An event on its way to one receiver. */
export interface Delivery {
  /** Null: the link's own `webhookUrl`. */
  endpointId: string | null;
  /** Null where the endpoint was deleted. */
  url: string | null;
  /**
   * `waiting`: for its first or next attempt, or for an earlier event of the same link. `failed`: given up
   * after the last attempt, or after a 410. `cancelled`: its endpoint was disabled or deleted.
   */
  state: "waiting" | "sending" | "delivered" | "failed" | "cancelled";
  /** Epoch milliseconds. */
  nextAttemptAt: number | null;
  attempts: DeliveryAttempt[];
}

/** One attempt to deliver an event. */
export interface DeliveryAttempt {
  /** Epoch milliseconds. */
  at: number;
  /** The HTTP status; null without an answer. */
  status: number | null;
  /** How long it took; null while it is under way, or where a restart cut it short. */
  ms: number | null;
  /**
   * Why it did not deliver. `interrupted`: the server stopped during it, and it was made again. `internal`:
   * a fault of the server.
   */
  error:
    | "status"
    | "redirect"
    | "gone"
    | "timeout"
    | "unreachable"
    | "refused_address"
    | "interrupted"
    | "internal"
    | null;
}

/** An event signed as a webhook, just now: send the body with the headers, byte for byte. */
export interface SignedDelivery {
  headers: Record<string, string>;
  body: string;
}

/** Where to send an event again. */
export interface RedeliverEventRequest {
  /** The endpoint to send it to, also one that never had it. Without it, every receiver that it went to. */
  endpointId?: string | undefined;
}

/** What was sent again. */
export interface Redelivered {
  /** How many deliveries that makes. */
  deliveries: number;
}

/** The body of `POST /v1/webhook_endpoints`. */
export interface CreateEndpointRequest {
  url: string;
  eventTypes?: SubscribableEventType[] | undefined;
  description?: string | null | undefined;
}

/** What an endpoint can subscribe to. */
export type SubscribableEventType =
  | "link.complete"
  | "link.failed"
  | "link.expired"
  | "link.cancelled"
  | "webhook_endpoint.disabled";

/** An endpoint that was just made, with its secret. */
export interface CreatedWebhookEndpoint {
  id: string;
  url: string;
  eventTypes: SubscribableEventType[];
  description: string | null;
  disabled: boolean;
  /** `gone`: it answered 410. `failing`: nothing but failures for five days. */
  disabledReason: "by_owner" | "gone" | "failing" | null;
  /** Epoch milliseconds. */
  createdAt: number;
  health: {
    /** Of the last 24 hours. */
    attempts: number;
    /** The share of them that delivered, 0 to 1; null without any. */
    successShare: number | null;
    /** Epoch milliseconds. */
    lastSuccessAt: number | null;
    lastError: {
      /** Epoch milliseconds. */
      at: number;
      /** The HTTP status; null without an answer. */
      status: number | null;
      /**
       * Why it did not deliver. `interrupted`: the server stopped during it, and it was made again. `internal`:
       * a fault of the server.
       */
      error:
        | "status"
        | "redirect"
        | "gone"
        | "timeout"
        | "unreachable"
        | "refused_address"
        | "interrupted"
        | "internal"
        | null;
    } | null;
    /** Since when every attempt has failed, in epoch milliseconds. After five days the endpoint is disabled. */
    failingSince: number | null;
    /** Deliveries that are not over. */
    backlog: number;
  };
  /** Of its Standard Webhooks signatures. Shown this once. */
  secret: string;
}

/** All endpoints: an organization has at most 50. */
export interface EndpointList {
  endpoints: WebhookEndpoint[];
}

/** Where an organization's events go, beside each link's own `webhookUrl`. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  eventTypes: SubscribableEventType[];
  description: string | null;
  disabled: boolean;
  /** `gone`: it answered 410. `failing`: nothing but failures for five days. */
  disabledReason: "by_owner" | "gone" | "failing" | null;
  /** Epoch milliseconds. */
  createdAt: number;
  health: {
    /** Of the last 24 hours. */
    attempts: number;
    /** The share of them that delivered, 0 to 1; null without any. */
    successShare: number | null;
    /** Epoch milliseconds. */
    lastSuccessAt: number | null;
    lastError: {
      /** Epoch milliseconds. */
      at: number;
      /** The HTTP status; null without an answer. */
      status: number | null;
      /**
       * Why it did not deliver. `interrupted`: the server stopped during it, and it was made again. `internal`:
       * a fault of the server.
       */
      error:
        | "status"
        | "redirect"
        | "gone"
        | "timeout"
        | "unreachable"
        | "refused_address"
        | "interrupted"
        | "internal"
        | null;
    } | null;
    /** Since when every attempt has failed, in epoch milliseconds. After five days the endpoint is disabled. */
    failingSince: number | null;
    /** Deliveries that are not over. */
    backlog: number;
  };
}

/** What is left out stays as it is. */
export interface UpdateEndpointRequest {
  url?: string | undefined;
  eventTypes?: SubscribableEventType[] | undefined;
  description?: string | null | undefined;
  disabled?: boolean | undefined;
}

/** Of a secret or a signing key. */
export interface RotateRequest {
  /** How long the old one is valid beside the new one. 0 withdraws it at once. Default 86,400. */
  overlapSeconds?: number | undefined;
}

/** The new secret, shown this once. */
export interface RotatedSecret {
  secret: string;
  /**
   * Until when webhooks carry a signature by the old one too, in epoch milliseconds; null when there is
   * none.
   */
  previousUntil: number | null;
}

/** Which events to send an endpoint again, in order. */
export interface RedeliverSinceRequest {
  /** Epoch milliseconds. */
  since: number;
  /**
   * `undelivered`: those that the endpoint did not get. `all`: all that it subscribes to. Default
   * `undelivered`.
   */
  include?: "undelivered" | "all" | undefined;
}

/** The test event that was sent. */
export interface TestedEndpoint {
  eventId: string;
}

/** The ES256 keys that sign an organization's webhooks, the one in use first. */
export interface SigningKeyList {
  /** The `aud` of every signature. */
  organization: string;
  /** Where a JWT library finds the public halves. */
  jwksUrl: string;
  keys: {
    keyId: string;
    /** Epoch milliseconds. */
    createdAt: number;
    /** Epoch milliseconds. */
    retiresAt: number | null;
  }[];
}

/** The body of `POST /v1/keys`. */
export interface CreateKeyRequest {
  /** What you call it. */
  name?: string | undefined;
  /** A key cannot give what it may not do itself. Default `["*"]`. */
  scopes?: Scope[] | undefined;
  /** Seconds; without it the key does not expire. */
  expiresIn?: number | undefined;
}

/** What an API key may do. `<resource>:*` holds both of a resource's scopes, `*` holds all. */
export type Scope =
  | "*"
  | "links:*"
  | "sessions:*"
  | "keys:*"
  | "webhooks:*"
  | "links:read"
  | "links:write"
  | "sessions:read"
  | "sessions:write"
  | "keys:read"
  | "keys:write"
  | "webhooks:read"
  | "webhooks:write"
  | "events:read"
  | "audit:read";

/** A key that was just made. */
export interface CreatedKey {
  id: string;
  name: string | null;
  mode: "test" | "live";
  scopes: Scope[];
  /** Its last four characters. */
  hint: string;
  /** Epoch milliseconds, to the minute. */
  lastUsedAt: number | null;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds. */
  expiresAt: number | null;
  /** Epoch milliseconds. */
  revokedAt: number | null;
  /** The key that it was rotated to. */
  replacedBy: string | null;
  /** The secret, shown this once: the server keeps its hash. */
  key: string;
}

/** One page of keys, newest first. */
export interface KeyList {
  keys: Key[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** An API key as lists show it. */
export interface Key {
  id: string;
  name: string | null;
  mode: "test" | "live";
  scopes: Scope[];
  /** Its last four characters. */
  hint: string;
  /** Epoch milliseconds, to the minute. */
  lastUsedAt: number | null;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds. */
  expiresAt: number | null;
  /** Epoch milliseconds. */
  revokedAt: number | null;
  /** The key that it was rotated to. */
  replacedBy: string | null;
}

/** The body of `POST /v1/keys/:id/rotate`. */
export interface RotateKeyRequest {
  /** Seconds for which the old key still works; 0 ends it at once. Default 86,400. */
  overlap?: number | undefined;
}

/** One page of changes, newest first. */
export interface AuditLog {
  entries: AuditEntry[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** One change that somebody made. */
export interface AuditEntry {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** The id of the API key, or `operator`. */
  actor: string;
  /** For example `key.created`, `link.cancelled`. */
  action: string;
  /** The id of what was changed. */
  target: string;
  requestId: string;
}

/** What an element can be waited for to be. */
export type ElementState = "attached" | "detached" | "visible" | "hidden";

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * What leaves the device of a JSON value: a small subset of JSON Schema that ends in leaves. Keys that it
 * does not name stay on the device. An unknown keyword is refused with `invalid_params`.
 */
export type Shape =
  | Leaf
  /** One of these texts. */
  | { enum: readonly string[] }
  | { type: "object"; properties: { readonly [key: string]: Shape }; required: readonly string[] }
  /** The values of an object whose keys are data, as a list. */
  | { type: "object"; additionalProperties: Shape; maxProperties: number }
  | { type: "array"; items: Shape; maxItems: number }
  /** The first that fits; each is written as another kind of JSON. */
  | { anyOf: readonly (Shape | { type: "null" })[] }
  /** Objects that one required key with a text of its own tells apart. */
  | { oneOf: readonly Shape[] }
  /** Decoration: null where it does not fit, and `drift` says so. */
  | { orNull: Shape };

/**
 * What a value is read as. The device parses it and writes it anew: a date as `2026-11-29`, a time as
 * `2026-11-29T12:00:00Z`, money as `"85.00"`, an expiry as `12/29`. A value that is none of it does not
 * fit.
 */
export type Leaf =
  | { leaf: "date"; order?: "mdy" | "dmy" }
  | { leaf: "dates"; order?: "mdy" | "dmy" }
  | { leaf: "time" }
  | { leaf: "money"; places?: 0 | 2 | 3 }
  | { leaf: "decimal" }
  | { leaf: "integer"; min?: number; max?: number }
  | { leaf: "boolean" }
  | { leaf: "last4" }
  | { leaf: "expiry" }
  | { leaf: "currency" }
  | { leaf: "country" }
  | { leaf: "postcode" }
  | { leaf: "id"; max: number; digits?: true }
  /** An https address of one of these origins. */
  | { leaf: "url"; of: readonly string[] }
  /** Cut to `max` characters (at most 500) and cleaned. `digits: true` keeps long rows of digits. */
  | { leaf: "text"; max: number; digits?: true; blank?: null };

/**
 * Where a response does not fit: the place without indexes, what was expected and seen there, and how
 * often.
 */
export interface Drift {
  at: string;
  expected: string;
  seen: "absent" | "null" | "boolean" | "number" | "text" | "list" | "object" | "too many";
  count: number;
}

/** What to wait for while the person has the page. */
export interface YieldRequest {
  /** 1 to 16. */
  conditions: YieldCondition[];
  /** Whether one condition is enough. Default `any`. */
  match?: "any" | "all" | undefined;
  /** What the person reads while they have the page. */
  status?: { heading?: string | undefined; subheading?: string | undefined } | undefined;
  /** When the time is over, return `{ matched: false }` instead of failing. */
  optional?: boolean | undefined;
  /** ms. Default 600,000 (10 minutes). */
  timeout?: number | undefined;
}

/** What a yield waits for. Evaluated on the device: the server learns only that it held. */
export type YieldCondition =
  /** The main frame's URL. */
  | {
      type: "url";
      /** A linear-time (RE2) regular expression, searched, unanchored. */
      pattern: string;
    }
  /** An element's state. */
  | {
      type: "selector";
      selector: string;
      /** Default `visible`. */
      state?: ElementState | undefined;
    }
  /** A response of the page; all fields that are given must fit. */
  | {
      type: "networkRequest";
      /** Regular expression on the URL. */
      url?: string | undefined;
      urlContains?: string | undefined;
      method?: string | undefined;
      /** Status 2xx only. */
      successfulOnly?: boolean | undefined;
      bodyContains?: string | undefined;
      /** Puts the response's body into the result. */
      captureBody?: boolean | undefined;
    }
  /** The person presses "I'm done". */
  | { type: "userDone" };

/** Worker to server. */
export type WorkerMessage =
  | { type: "worker.hello"; protocol?: number | undefined; lastSeq?: number | undefined }
  | { type: "worker.command"; id: string; command: string; params?: Record<string, unknown> | undefined }
  | {
      type: "worker.yield_to_user";
      id?: string | undefined;
      /** 1 to 16. */
      conditions: YieldCondition[];
      /** Whether one condition is enough. Default `any`. */
      match?: "any" | "all" | undefined;
      /** What the person reads while they have the page. */
      status?: { heading?: string | undefined; subheading?: string | undefined } | undefined;
      /** When the time is over, return `{ matched: false }` instead of failing. */
      optional?: boolean | undefined;
      /** ms. Default 600,000 (10 minutes). */
      timeout?: number | undefined;
    }
  | { type: "worker.cancel"; id: string }
  | { type: "worker.complete"; result?: unknown }
  | { type: "worker.fail"; error?: { code: string; message: string } | undefined };

/** How a yield ended. */
export interface YieldResult {
  /** False: the person gave up, or an optional yield ran out of time. See `reason`. */
  matched: boolean;
  /** Index of the condition that matched. */
  condition?: number | undefined;
  /** Origin and path where it matched; no query, no fragment. */
  url?: string | undefined;
  /** The response that met a `networkRequest` condition. */
  networkCapture?:
    | {
        url: string;
        method: string;
        status: number;
        /** Only for a condition with `captureBody`; at most 1 MiB of text. */
        responseBody?: string | undefined;
        /** Why a condition with `captureBody` has no `responseBody`, though the response has a body. */
        bodyMissing?: "binary" | "undecodable" | "incomplete" | "notKept" | "private" | undefined;
      }
    | undefined;
  reason?: "timeout" | "user_gave_up" | undefined;
}

/** Server to worker. */
export type ServerMessage =
  | {
      type: "server.hello";
      protocol: number;
      session: SessionView;
      lastClientSeq: number;
      debug?: boolean | undefined;
      capture?: CaptureConfig | undefined;
      /** The event types that are of use. */
      eventFilter?: { types: string[] } | undefined;
      /** Scripts of the device's own, by name (`injectionScript`). A session that sends code instead is refused. */
      injectionScripts?: unknown[] | undefined;
      /** One for each operation of a link. */
      manifests?: string[] | undefined;
      /** In test mode: where the sandbox answers, in place of the live sites. */
      sandbox?: string | undefined;
      operations?: { resource: string; action: string; description: string }[] | undefined;
      /** 64 hex digits, the same in all sessions of an organization. The device makes `accountId` with it. */
      accountSalt?: string | undefined;
    }
  | { type: "server.replay"; messages: Record<string, unknown>[] }
  | { type: "server.client_ready" }
  | { type: "server.client_disconnected" }
  | { type: "server.command_result"; id: string; result?: unknown; error: ErrorValue | null }
  | { type: "server.session_end"; phase: SessionPhase; error: ErrorValue | null; returnUrl: string | null }
  | { type: "server.error"; code: string; message: string; ref?: string | undefined };

/** Where a session stands, and who is connected. */
export interface SessionView {
  id: string;
  phase: SessionPhase;
  /** Epoch milliseconds. */
  expiresAt: number;
  clientConnected: boolean;
  workerConnected: boolean;
}

/** An error as it stands in a session's messages. */
export interface ErrorValue {
  code: string;
  message: string;
  details?: Record<string, unknown> | undefined;
}

/** One field of a request body that is missing or wrong. */
export interface Issue {
  /** Dot separated, for example `operations.0.action`. */
  path: string;
  message: string;
}
