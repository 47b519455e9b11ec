import type { Snapshot, WebviewEvent } from "../../webview.ts";
import type { FirstPage } from "../browser/first-page.ts";
import { navigationHistory } from "../browser/history.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { loadFailure, Navigation } from "../chromium/navigation.ts";
import { takeSnapshot } from "../chromium/snapshot.ts";
import type { Callbacks } from "./callbacks.ts";
import type { PlatformEvent } from "./platform.ts";

/** A phone's webview, played by Chromium: its methods answer nothing, and all that it says it says in its callbacks. */
export class View {
  readonly #session: CdpSession;
  readonly #navigation: Navigation;
  readonly #callbacks: Callbacks;
  #tell: (event: PlatformEvent) => void = () => {};

  constructor({ session, id }: FirstPage, callbacks: Callbacks) {
    this.#session = session;
    this.#callbacks = callbacks;
    this.#navigation = new Navigation(session, id, (event) => this.#happened(event));
  }

  async start(tell: (event: PlatformEvent) => void): Promise<void> {
    this.#tell = tell;
    await this.#navigation.follow(() => {});
  }

  get url(): string {
    return this.#navigation.url;
  }

  /** WKWebView.isLoading; WebView.getProgress() below 100. */
  get isLoading(): boolean {
    return this.#navigation.isLoading;
  }

  /** WKWebView and Android WebView take headers with a load. */
  load(url: string, referer?: string): void {
    const from = referer === undefined ? null : ({ referrer: referer, referrerPolicy: "unsafeUrl" } as const);
    this.#session.send("Page.navigate", { url, ...from }).then(
      ({ loaderId = "", errorText }) => {
        // What becomes of a load that has started is reported as an event.
        if (errorText && !loaderId) this.#failed(url, errorText);
      },
      (error: Error) => this.#failed(url, error.message),
    );
  }

  reload(): void {
    this.#session.send("Page.reload").catch((error: Error) => this.#failed(this.url, error.message));
  }

  stopLoading(): void {
    this.#session.send("Page.stopLoading").catch(() => {});
  }

  /** Resolves after the callbacks for what has happened by now: here two processes report it, on a phone one queue does. */
  async reported(): Promise<void> {
    await navigationHistory(this.#session);
  }

  /** WKBackForwardList; WebBackForwardList. */
  async backForwardList(): Promise<{ readonly current: number; readonly urls: readonly string[] }> {
    const { currentIndex, entries } = await navigationHistory(this.#session);
    return { current: currentIndex, urls: entries.map((entry) => entry.url) };
  }

  async goBack(): Promise<void> {
    const { currentIndex, entries } = await navigationHistory(this.#session);
    const entryId = entries[currentIndex - 1]?.id;
    if (entryId !== undefined) await this.#session.send("Page.navigateToHistoryEntry", { entryId });
  }

  /** WKWebView.takeSnapshot; a WebView drawn on a canvas. */
  takeSnapshot(format: "png" | "jpeg", quality: number): Promise<Snapshot> {
    return takeSnapshot(this.#session, { format, quality, fullPage: false });
  }

  #failed(url: string, errorText: string): void {
    this.#happened({ type: "failed", token: "", url, failure: loadFailure(errorText) });
  }

  #happened(event: WebviewEvent): void {
    for (const told of this.#callbacks(event, this.url)) this.#tell(told);
  }
}
