import type { Incident } from "../../incident.ts";
import type { FirstPage } from "./first-page.ts";
import { CdpError, type CdpSession } from "./pipe.ts";

/** A window that the site has opened. */
export interface OpenedWindow {
  /** `popup-1`, `popup-2`, … in the order in which they came. */
  readonly name: string;
  readonly session: CdpSession;
}

export interface WindowsOptions {
  readonly first: FirstPage;
  readonly tell: (incident: Incident) => void;
  /**
   * Makes the window ready. The site's scripts wait until what this sends at once has been done; they wait in the opener's
   * process, so that an answer may not come before they go on.
   */
  readonly prepare: (window: OpenedWindow) => Promise<unknown>;
  readonly closed: (window: OpenedWindow) => void;
}

export const mainWindow = "main";

/** The windows that the page opens: real ones with their opener, for the person. Commands never go there. */
export class Windows {
  readonly #options: WindowsOptions;
  readonly #open = new Map<string, OpenedWindow>();
  #count = 0;
  #personHasControl = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  async follow(): Promise<void> {
    const { browser } = this.#options.first.pipe;
    browser.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      const { targetId, openerId, url } = targetInfo;
      if (targetId === this.#options.first.id || targetInfo.type !== "page") return void this.#leave(sessionId);
      if (!this.#open.has(targetId)) void this.#opened(targetId, openerId, url, sessionId);
    });
    browser.on("Target.targetDestroyed", ({ targetId }) => this.#closed(targetId));
    await browser.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: "page" }],
    });
  }

  /**
   * The person gets the window that came last; the automation gets the page in front of all, since Chromium takes no input for
   * what is behind.
   */
  async handOver(toPerson: boolean): Promise<void> {
    this.#personHasControl = toPerson;
    const last = [...this.#open.values()].at(-1);
    if (toPerson) await show(last?.session ?? this.#options.first.session);
    else if (last) await show(this.#options.first.session);
  }

  async #opened(targetId: string, openerId: string | undefined, url: string, sessionId: string): Promise<void> {
    const { first, tell, prepare } = this.#options;
    const window = { name: `popup-${++this.#count}`, session: first.pipe.session(sessionId) };
    this.#open.set(targetId, window);
    window.session.on("Inspector.targetCrashed", () =>
      tell({ type: "window.crashed", window: window.name, reloaded: false }),
    );
    const opener = openerId === undefined ? null : (this.#open.get(openerId)?.name ?? mainWindow);
    tell({ type: "window.opened", window: window.name, opener, url });
    try {
      await Promise.all([prepare(window), window.session.send("Runtime.runIfWaitingForDebugger")]);
      if (!this.#personHasControl) await show(first.session);
    } catch (error) {
      // It was gone before the device came to it.
      if (!(error instanceof CdpError)) throw error;
    }
  }

  #closed(targetId: string): void {
    const window = this.#open.get(targetId);
    if (!window) return;
    this.#open.delete(targetId);
    this.#options.closed(window);
    this.#options.tell({ type: "window.closed", window: window.name });
  }

  /** The first page has a session of its own already. */
  async #leave(sessionId: string): Promise<void> {
    const { browser } = this.#options.first.pipe;
    await browser.send("Target.detachFromTarget", { sessionId }).catch(() => {});
  }
}

/** A new window has the keyboard in its address bar: what a person typed there would go to a search engine. */
async function show(session: CdpSession): Promise<void> {
  await session.send("Page.bringToFront").catch(() => {});
}
