import { PassageError } from "@passage/protocol/errors";
import { publicUrl } from "../egress/public-url.ts";
import type { Progress } from "../executor/progress.ts";
import type { Incident } from "../incident.ts";
import { Listeners } from "../listeners.ts";
import { NetworkLog } from "../network/log.ts";
import type { PageApi, PageMessage } from "../page-script/api.ts";
import type { LoadFailure, NavigationToken, Webview, WebviewEvent } from "../webview.ts";
import { type Called, Frame } from "./frame.ts";
import { parsePageMessage } from "./page-message.ts";

const reached = { commit: 0, domcontentloaded: 1, load: 2 } as const;
export type Reached = keyof typeof reached;

interface Document {
  readonly token: NavigationToken;
  readonly status: number | null;
  readonly failure: LoadFailure | null;
  readonly reached: Reached;
  /** See {@link Page.asked}. */
  readonly asked: string | null;
  /** See {@link Page.wantsBrowserSignIn}. */
  readonly challenged: boolean;
}

/** The session's page: the webview, and how far its current document has come. */
export class Page {
  readonly webview: Webview;
  readonly mainFrame: Frame;
  /** Null where the host cannot see the network. */
  readonly network: NetworkLog | null;
  /** What the page script says unasked. */
  readonly messages = new Listeners<PageMessage>();
  /** How many downloads the host has refused. */
  downloads = 0;
  /** The history's entry that the first navigate of the session led to. */
  firstEntry: number | null = null;
  /** Where the `navigate` that is under way was to go. */
  #asking: string | null = null;
  #document: Document | null = null;
  /** The navigation that has started and has no document yet. */
  #pending: NavigationToken | null = null;
  /** How many navigations have started. */
  started = 0;
  /** The site has asked for HTTP authentication, and its next document is the answer to a browser that has none. */
  #challenged = false;
  readonly #committed: NavigationToken[] = [];
  readonly #cancelled: NavigationToken[] = [];

  constructor(webview: Webview) {
    this.webview = webview;
    this.mainFrame = Frame.main(webview);
    this.network = webview.network ? new NetworkLog(webview.network) : null;
    webview.listen((event) => this.#follow(event));
  }

  url(): string {
    return this.webview.url();
  }

  get documentToken(): NavigationToken | null {
    return this.#document?.token ?? null;
  }

  /** Whether a navigation has started that has neither a document nor come to nothing. */
  get leaving(): boolean {
    return this.#pending !== null;
  }

  get status(): number | null {
    return this.#document?.status ?? null;
  }

  /**
   * What the `navigate` asked for that led to this address, which differs where the site redirected it. Null once the page has
   * gone on from there.
   */
  get asked(): string | null {
    return this.#document?.asked ?? null;
  }

  /** Everything that comes while `navigate` runs comes of it. */
  async navigating<T>(asked: string, navigate: () => Promise<T>): Promise<T> {
    this.#asking = asked;
    this.#challenged = false;
    if (this.#document) this.#document = { ...this.#document, challenged: false };
    try {
      return await navigate();
    } finally {
      this.#asking = null;
    }
  }

  /** Whether the site wants a sign-in by HTTP authentication, in place of its page. */
  get wantsBrowserSignIn(): boolean {
    return this.#challenged || (this.#document?.challenged ?? false);
  }

  /** Calls the page script of the main frame. */
  call<Name extends keyof PageApi>(name: Name, ...args: Parameters<PageApi[Name]>): Promise<Called<Name>> {
    return this.mainFrame.call(name, ...args);
  }

  /** Whether the current document has come that far. One that the automation did not load is there. */
  has(state: Reached): boolean {
    return this.#document === null || reached[this.#document.reached] >= reached[state];
  }

  /**
   * Waits until the document of the navigation, or one that took its place since, has come that far.
   * @throws `navigation_failed` when it ended in an error page, or without a document.
   */
  async until(token: NavigationToken, state: Reached, progress: Progress): Promise<void> {
    await this.when(progress, () => {
      if (this.#cancelled.includes(token)) throw navigationFailed(replaced, this.url());
      if (!this.#committed.includes(token) || !this.#document) return false;
      if (this.#document.failure) throw navigationFailed(this.#document.failure, this.url());
      if (this.#document.token !== token) progress.log(`the page went on to ${publicUrl(this.url())}`);
      return reached[this.#document.reached] >= reached[state];
    });
  }

  /** Resolves once the predicate holds. It is asked now and after each event of the webview. */
  async when(progress: Progress, predicate: () => boolean): Promise<void> {
    if (predicate()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = this.webview.listen(() => {
      try {
        if (predicate()) resolve();
      } catch (error) {
        reject(error);
      }
    });
    try {
      await progress.race(promise);
    } finally {
      stop();
    }
  }

  #follow(event: WebviewEvent): void {
    const message = event.type === "message" ? parsePageMessage(event.text) : null;
    if (message) this.messages.emit(message);
    if (event.type === "incident" && event.incident.type === "download.refused") this.downloads++;
    if (event.type === "started") {
      this.#pending = event.token;
      this.started++;
    }
    const hasEnded = event.type === "committed" || event.type === "failed" || event.type === "cancelled";
    if (event.type === "crashed" || (hasEnded && event.token === this.#pending)) this.#pending = null;
    if (event.type === "cancelled") remember(this.#cancelled, event.token);
    if (event.type === "committed" || event.type === "failed") {
      const { token } = event;
      const [status, failure] = event.type === "committed" ? [event.status, null] : [null, event.failure];
      this.#document = { token, status, failure, reached: "commit", asked: this.#asking, challenged: this.#challenged };
      this.#challenged = false;
      remember(this.#committed, token);
    }
    if (event.type === "incident" && isChallenge(event.incident)) this.#challenged = true;
    if (event.type === "sameDocument" && this.#document) this.#document = { ...this.#document, asked: this.#asking };
    if (event.type !== "domcontentloaded" && event.type !== "loaded") return;
    if (event.token !== this.#document?.token) return;
    this.#document = { ...this.#document, reached: event.type === "loaded" ? "load" : "domcontentloaded" };
  }
}

const replaced: LoadFailure = { reason: "aborted", detail: "it was stopped, or another navigation took its place" };

function remember(tokens: NavigationToken[], token: NavigationToken): void {
  tokens.push(token);
  if (tokens.length > 64) tokens.shift();
}

/** A proxy's question says nothing about the site. */
export function isChallenge(incident: Incident): boolean {
  return incident.type === "auth.cancelled" && incident.window === "main" && !incident.proxy;
}

export function browserSignInWanted(url: string): PassageError {
  const where = publicUrl(url);
  const message = `${where} asks for a sign-in by HTTP authentication, which this device does not offer`;
  return new PassageError("navigation_failed", message, {
    details: { reason: "unsupported_login_method", url: where },
  });
}

export function navigationFailed({ reason, detail }: LoadFailure, url: string): PassageError {
  const where = publicUrl(url);
  const message =
    reason === "download"
      ? `${where} is a download and not a page; ask for it from a page of its site with fetchInPage, as base64`
      : `${where} did not load: ${detail}`;
  return new PassageError("navigation_failed", message, { details: { reason, url: where } });
}
