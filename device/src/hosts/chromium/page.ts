import type { Incident } from "../../incident.ts";
import { Listeners } from "../../listeners.ts";
import type {
  ChildFrames,
  Evaluation,
  History,
  Load,
  Snapshot,
  SnapshotRequest,
  TrustedInput,
  WebviewEvent,
} from "../../webview.ts";
import type { AttachedTarget } from "../browser/auto-attach.ts";
import { closeOtherWindows, type FirstPage } from "../browser/first-page.ts";
import { navigationHistory } from "../browser/history.ts";
import type { HostedPage } from "../browser/launch.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";
import { Policies } from "../browser/policies.ts";
import { mainWindow, Windows } from "../browser/windows.ts";
import { EnteredFrames } from "./child-frames.ts";
import { giveClosedRoots } from "./closed-roots.ts";
import { ChromiumCredentials } from "./credentials.ts";
import { Frames } from "./frames.ts";
import { selectAll, trustedInput } from "./input.ts";
import { loadFailure, Navigation } from "./navigation.ts";
import { ChromiumNetwork } from "./network.ts";
import { takeSnapshot } from "./snapshot.ts";
import { Popups } from "./windows.ts";
import { IsolatedWorld, newWorld } from "./world.ts";

const reloadsAfterCrash = 3;

/** The main page of the browser. Windows that the site opens stay real windows, for the person alone. */
export class ChromiumPage implements HostedPage {
  readonly userAgent: string;
  readonly trustedInput: TrustedInput;
  readonly network: ChromiumNetwork;
  readonly credentials: ChromiumCredentials;
  readonly frames: ChildFrames;
  readonly snapshot: (wanted: SnapshotRequest) => Promise<Snapshot>;
  readonly #first: FirstPage;
  readonly #session: CdpSession;
  readonly #world: IsolatedWorld;
  readonly #apart: IsolatedWorld;
  readonly #frames: Frames;
  readonly #navigation: Navigation;
  readonly #policies: Policies;
  readonly #popups: Popups;
  readonly #windows: Windows;
  readonly #listeners = new Listeners<WebviewEvent>();
  #crashes = 0;
  #closing = false;
  #closed = false;

  static async open(first: FirstPage, script: string): Promise<ChromiumPage> {
    const page = new ChromiumPage(first, script);
    await page.#navigation.follow(() => page.#documentChanged());
    await page.network.start();
    await page.#frames.follow((text) => page.#heard(text));
    await page.#policies.start();
    await page.#policies.applyTo({ name: mainWindow, session: first.session });
    await page.#windows.follow();
    return page;
  }

  private constructor(first: FirstPage, script: string) {
    const { pipe, session, id: frameId, userAgent } = first;
    const world = newWorld(script);
    this.#first = first;
    this.#session = session;
    this.userAgent = userAgent;
    this.trustedInput = trustedInput(session);
    this.snapshot = (wanted) => takeSnapshot(session, wanted);
    this.network = new ChromiumNetwork(first);
    this.credentials = new ChromiumCredentials(session, pipe.browser);
    const { credentials, network } = this;
    this.#world = new IsolatedWorld(session, frameId, world);
    this.#apart = new IsolatedWorld(session, frameId, newWorld(""));
    this.#frames = new Frames({ pipe, main: session, world, credentials, network });
    this.frames = new EnteredFrames(this.#frames, session, this.#world, world);
    this.#navigation = new Navigation(session, frameId, (event) => this.#listeners.emit(event));
    const tell = (incident: Incident) => this.#report(incident);
    const popups = new Popups({ pipe, world, credentials, onMessage: (text) => this.#heard(text) });
    const policies = new Policies(first, tell);
    this.#popups = popups;
    this.#policies = policies;
    this.#windows = new Windows({
      first,
      tell,
      prepare: (window) => Promise.all([popups.enter(window), policies.applyTo(window)]),
      closed: (window) => {
        popups.leave(window);
        policies.forget(window);
      },
      takeOver: (target) => this.#startedWorker(target),
    });
    session.on("Inspector.targetCrashed", () => this.#crashed());
  }

  url(): string {
    return this.#navigation.url;
  }

  /** Who comes late still hears that the page is gone. */
  listen(listener: (event: WebviewEvent) => void): () => void {
    if (this.#closed) queueMicrotask(() => listener({ type: "closed", reason: this.#closing ? "host" : "user" }));
    return this.#listeners.listen(listener);
  }

  async load(url: string, referer?: string): Promise<Load> {
    // Chromium takes a navigation to the address that it shows, fragment included, for a jump within the document.
    if (url === this.url() && URL.parse(url)?.hash) return this.reload();
    const jump = this.#next((event) => event.type === "sameDocument" && { kind: "sameDocument" });
    try {
      const from = referer === undefined ? null : ({ referrer: referer, referrerPolicy: "unsafeUrl" } as const);
      const { loaderId, errorText, isDownload } = await this.#session.send("Page.navigate", { url, ...from });
      if (isDownload) return { kind: "failed", failure: { reason: "download", detail: errorText ?? "" } };
      if (!loaderId) return errorText ? { kind: "failed", failure: loadFailure(errorText) } : await jump.happens;
      const answered = this.#navigation.status(loaderId) !== null && !errorText?.includes("ABORTED");
      if (errorText && !answered) return { kind: "failed", failure: loadFailure(errorText) };
      return { kind: "document", token: loaderId };
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return { kind: "failed", failure: { reason: "other", detail: error.message } };
    } finally {
      jump.stop();
    }
  }

  async stop(): Promise<void> {
    await this.#session.send("Page.stopLoading").catch(() => {});
  }

  async settled(): Promise<void> {
    await this.#world.call("turn", []);
    // The browser process reports navigations; its answer comes after what it has reported.
    await this.#entries().catch(ignoreClosed);
  }

  async reload(): Promise<Load> {
    const commit = this.#next(newDocument);
    await this.#session.send("Page.reload").catch(() => {});
    return commit.happens.finally(commit.stop);
  }

  async history(): Promise<History> {
    const { current, previous } = await this.#entries();
    return { current: current?.id ?? 0, previous: previous?.id ?? null };
  }

  async goBack(): Promise<Load> {
    const { previous } = await this.#entries();
    if (!previous) return { kind: "failed", failure: { reason: "other", detail: "there is no page before this one" } };
    const there = this.#next((event) => {
      const jump = event.type === "sameDocument" && event.url === previous.url;
      return jump ? { kind: "sameDocument" } : newDocument(event);
    });
    await this.#session.send("Page.navigateToHistoryEntry", { entryId: previous.id }).catch(() => {});
    return there.happens.finally(there.stop);
  }

  call(name: string, args: readonly unknown[]): Promise<Evaluation> {
    return this.#world.call(name, args);
  }

  evaluate(expression: string): Promise<Evaluation> {
    return this.#world.evaluate(expression);
  }

  openClosedRoots(): Promise<void> {
    return giveClosedRoots(this.#session, this.#world);
  }

  evaluateApart(expression: string): Promise<Evaluation> {
    return this.#apart.evaluate(expression);
  }

  async evaluateEverywhere(expression: string): Promise<readonly unknown[]> {
    return (await Promise.all([this.#frames, this.#popups].map((frames) => frames.evaluate(expression)))).flat();
  }

  async blankSelection(clipboard: boolean): Promise<void> {
    // The desktop's middle button is Linux's, and a browser without a window has no desktop.
    if (!clipboard && (process.platform !== "linux" || this.userAgent.includes("Headless"))) return;
    const shown = await this.call("blank", [true]);
    if (shown.kind === "value") await selectAll(this.#session, clipboard);
    await this.call("blank", [false]);
  }

  async resetZoom(): Promise<void> {
    await this.#session.send("Emulation.resetPageScaleFactor").catch(ignoreClosed);
  }

  closeOtherWindows(): Promise<boolean> {
    return closeOtherWindows(this.#first);
  }

  handOver(toPerson: boolean): void {
    this.#policies.handOver(toPerson);
    void this.#windows.handOver(toPerson);
  }

  /** The host is about to close the browser. */
  closing(): void {
    this.#closing = true;
  }

  /** The page or the browser is gone. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#documentChanged();
    this.#listeners.emit({ type: "closed", reason: this.#closing ? "host" : "user" });
  }

  async #entries() {
    const { currentIndex, entries } = await navigationHistory(this.#session);
    return { current: entries[currentIndex], previous: entries[currentIndex - 1] };
  }

  /** The first event that counts, or the page's end. */
  #next(counts: (event: WebviewEvent) => Load | false): { happens: Promise<Load>; stop: () => void } {
    const { promise, resolve } = Promise.withResolvers<Load>();
    const stop = this.listen((event) => {
      const load = counts(event);
      if (load) resolve(load);
      if (event.type === "closed") resolve({ kind: "failed", failure: loadFailure("ABORTED") });
    });
    return { happens: promise, stop };
  }

  /** What a service worker passes on, the page's own requests report. */
  #startedWorker(target: AttachedTarget): Promise<unknown> | null {
    const { type } = target.info;
    if (type !== "shared_worker" && type !== "service_worker") return null;
    this.credentials.follow(target.session);
    return type === "shared_worker" ? this.network.follow(target) : target.session.send("Network.enable");
  }

  #documentChanged(): void {
    this.#world.documentChanged();
    this.#apart.documentChanged();
  }

  #heard(text: string): void {
    this.#listeners.emit({ type: "message", text });
  }

  #report(incident: Incident): void {
    this.#listeners.emit({ type: "incident", incident });
  }

  #crashed(): void {
    this.#documentChanged();
    this.#listeners.emit({ type: "crashed" });
    const reloaded = this.#crashes++ < reloadsAfterCrash;
    this.#report({ type: "window.crashed", window: mainWindow, reloaded });
    if (reloaded) void this.reload();
  }
}

/** A session that is closed has nothing more to report. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof CdpError)) throw error;
}

function newDocument(event: WebviewEvent): Load | false {
  if (event.type === "committed") return { kind: "document", token: event.token };
  return event.type === "failed" && { kind: "failed", failure: event.failure };
}
