import { PassageError } from "@passage/protocol/errors";
import type { Incident } from "../../incident.ts";
import { Listeners } from "../../listeners.ts";
import type { Evaluation, History, Load, Snapshot, SnapshotRequest, WebviewEvent } from "../../webview.ts";
import { closeOtherWindows, type FirstPage } from "../browser/first-page.ts";
import type { HostedPage } from "../browser/launch.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { Policies } from "../browser/policies.ts";
import { mainWindow, Windows } from "../browser/windows.ts";
import type { Callbacks } from "./callbacks.ts";
import { aborted, failed, Loads } from "./loads.ts";
import type { PlatformEvent, Scripts } from "./platform.ts";
import { View } from "./view.ts";

const reloadsAfterCrash = 3;

/** The page as an app sees it that has a phone's webview and nothing else. Navigations are numbered as they come. */
export class ContractPage implements HostedPage {
  readonly userAgent: string;
  readonly sharesWorld: boolean;
  readonly #view: View;
  readonly #scripts: Scripts;
  readonly #policies: Policies;
  readonly #windows: Windows;
  readonly #first: FirstPage;
  readonly #loads = new Loads((listener) => this.listen(listener));
  readonly #listeners = new Listeners<WebviewEvent>();
  /** What is told waits for what was told before it. */
  #telling: Promise<void> = Promise.resolve();
  #status: number | null = null;
  #document = "0";
  /** The navigation that has started and has neither a document nor ended. */
  #pending: string | null = null;
  #navigations = 0;
  #crashes = 0;
  #closing = false;
  #closed = false;

  constructor(first: FirstPage, callbacks: Callbacks, scripts: Scripts) {
    this.#first = first;
    this.userAgent = first.userAgent;
    this.#view = new View(first, callbacks);
    this.#scripts = scripts;
    this.sharesWorld = scripts.sharesWorld;
    this.#policies = new Policies(first, (incident) => this.#report(incident));
    // createWebViewWith and onCreateWindow give the app a webview for each: the app puts its script there too.
    this.#windows = new Windows({
      first,
      tell: (incident) => this.#report(incident),
      prepare: (window) =>
        Promise.all([
          enableWindow(window.session),
          this.#policies.applyTo(window),
          this.#scripts.installIn(window.session, (text) => this.#heard(text)),
        ]),
      closed: (window) => this.#policies.forget(window),
    });
    first.session.on("Inspector.targetCrashed", () => this.#crashed());
  }

  async start(): Promise<void> {
    const { session } = this.#first;
    await this.#view.start((event) => this.#follow(event));
    await this.#scripts.install(
      (text) => this.#heard(text),
      () => void this.#leaving(),
    );
    await this.#policies.start();
    await this.#policies.applyTo({ name: mainWindow, session });
    await this.#windows.follow();
  }

  url(): string {
    return this.#view.url;
  }

  /** Who comes late still hears that the page is gone. */
  listen(listener: (event: WebviewEvent) => void): () => void {
    if (this.#closed) queueMicrotask(() => listener({ type: "closed", reason: this.#closing ? "host" : "user" }));
    return this.#listeners.listen(listener);
  }

  async load(url: string, referer?: string): Promise<Load> {
    if (this.#pending !== null) await this.stop();
    const before = this.url();
    // A load of the address that shows, fragment included, is a jump within the document.
    if (url === before && URL.parse(url)?.hash) return this.reload();
    const load = this.#loads.next((event) => {
      if (event.type === "moved") return event.url === url && { kind: "sameDocument" };
      if (event.type === "finished" && event.url === url && url !== before) return failed(aborted);
      // The end of a load before this one is not this one's.
      if (event.type === "failed" && event.failure.reason === "aborted" && event.url !== url) return false;
      return this.#newDocument(event);
    });
    this.#view.load(url, referer);
    return load;
  }

  async stop(): Promise<void> {
    if (this.#pending === null) return this.#view.stopLoading();
    await this.#view.reported();
    if (!this.#view.isLoading) return this.#cameToNothing();
    // No event says which navigation it is about, so the end of this one must not be taken for that of the next.
    const ending = this.#loads.next(
      (event) => event.type !== "started" && event.type !== "responded" && failed(aborted),
    );
    this.#view.stopLoading();
    await ending;
    this.#ended(this.url());
  }

  async settled(): Promise<void> {
    await this.#scripts.call("turn", []);
    await this.#view.reported();
    await this.#telling;
  }

  async reload(): Promise<Load> {
    const load = this.#loads.next((event) => this.#newDocument(event));
    this.#view.reload();
    return load;
  }

  async history(): Promise<History> {
    const { current } = await this.#view.backForwardList();
    return { current, previous: current > 0 ? current - 1 : null };
  }

  async goBack(): Promise<Load> {
    const { current, urls } = await this.#view.backForwardList();
    const load = this.#loads.next((event) => {
      if (event.type === "moved") return event.url === urls[current - 1] && { kind: "sameDocument" };
      return this.#newDocument(event);
    });
    await this.#view.goBack();
    return load;
  }

  call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    return this.#scripts.call(name, args);
  }

  evaluate(expression: string): Promise<Evaluation> {
    return this.#scripts.evaluate(expression);
  }

  evaluateApart(expression: string): Promise<Evaluation> {
    return this.#scripts.evaluateApart(expression);
  }

  closeOtherWindows(): Promise<boolean> {
    return closeOtherWindows(this.#first);
  }

  /** WKWebView's `scrollView.zoomScale`, Android WebView's `zoomBy`. */
  async resetZoom(): Promise<void> {
    await this.#first.session.send("Emulation.resetPageScaleFactor").catch(() => {});
  }

  readonly snapshot = async ({ format, quality, fullPage }: SnapshotRequest): Promise<Snapshot> => {
    if (!fullPage) return this.#view.takeSnapshot(format, quality);
    throw new PassageError("unsupported_command", "This device takes pictures of what shows only; leave out fullPage");
  };

  handOver(toPerson: boolean): void {
    this.#policies.handOver(toPerson);
    void this.#windows.handOver(toPerson);
  }

  closing(): void {
    this.#closing = true;
  }

  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scripts.documentChanged();
    this.#listeners.emit({ type: "closed", reason: this.#closing ? "host" : "user" });
  }

  #follow(event: PlatformEvent): void {
    switch (event.type) {
      case "started":
        this.#started(event.url);
        break;
      case "responded":
        this.#status = event.status;
        break;
      case "committed":
        void this.#committed(event.url);
        break;
      case "failed":
        // Only the error page of a failed load is a document.
        if (event.failure.reason === "aborted") this.#ended(event.url);
        else {
          const token = this.#nextDocument();
          this.#tell({ type: "failed", token, url: event.url, failure: event.failure });
        }
        break;
      case "moved":
        this.#tell({ type: "sameDocument", url: event.url });
        break;
      case "finished":
        if (event.url !== this.url()) this.#ended(event.url);
        void this.#finished();
    }
    this.#loads.emit(event);
  }

  async #committed(url: string): Promise<void> {
    const told = this.#status;
    const token = this.#nextDocument();
    const asked = told === null && this.#scripts.tellsStatus ? this.#scripts.status() : told;
    this.#telling = this.#telling.then(async () => {
      this.#listeners.emit({ type: "committed", token, url, status: await asked });
    });
    const arrived = await this.#scripts.arrived("interactive");
    if (arrived.kind === "value" && token === this.#document) this.#tell({ type: "domcontentloaded", token });
  }

  /** Android says so of fragments too: the document itself says whether it has loaded. */
  async #finished(): Promise<void> {
    const token = this.#document;
    await this.#scripts.arrived("complete");
    if (token === this.#document) this.#tell({ type: "loaded", token });
  }

  /** The page's own word that it leaves can come after the callbacks have told the end of that navigation. */
  async #leaving(): Promise<void> {
    this.#started("");
    const token = this.#pending;
    try {
      await this.#scripts.call("turn", []);
      await this.#view.reported();
    } catch {
      // The page has closed, which its listeners hear.
      return;
    }
    if (token === this.#pending && !this.#view.isLoading) this.#cameToNothing();
  }

  #cameToNothing(): void {
    this.#follow({ type: "failed", url: this.url(), failure: aborted });
  }

  #started(url: string): void {
    this.#pending = String(++this.#navigations);
    this.#tell({ type: "started", token: this.#pending, url });
  }

  /** The navigation came to nothing. */
  #ended(url: string): void {
    if (this.#pending === null) return;
    this.#tell({ type: "cancelled", token: this.#pending, url });
    this.#pending = null;
  }

  #nextDocument(): string {
    this.#scripts.documentChanged();
    this.#status = null;
    this.#document = this.#pending ?? String(++this.#navigations);
    this.#pending = null;
    return this.#document;
  }

  #tell(event: WebviewEvent): void {
    this.#telling = this.#telling.then(() => this.#listeners.emit(event));
  }

  #newDocument(event: PlatformEvent): Load | false {
    if (event.type === "committed") return { kind: "document", token: this.#document };
    return event.type === "failed" && failed(event.failure);
  }

  #heard(text: string): void {
    this.#listeners.emit({ type: "message", text });
  }

  #report(incident: Incident): void {
    this.#listeners.emit({ type: "incident", incident });
  }

  #crashed(): void {
    this.#scripts.documentChanged();
    this.#tell({ type: "crashed" });
    const reloaded = this.#crashes++ < reloadsAfterCrash;
    this.#report({ type: "window.crashed", window: mainWindow, reloaded });
    if (reloaded) this.#view.reload();
  }
}

async function enableWindow(session: CdpSession): Promise<void> {
  await Promise.all([
    session.send("Page.enable"),
    session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
    session.send("Inspector.enable"),
  ]);
}
