import type { Incident } from "../../incident.ts";
import { type AttachedTarget, autoAttach, type TakeOver } from "./auto-attach.ts";
import type { FirstPage } from "./first-page.ts";
import type { CdpSession } from "./pipe.ts";

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
  /** As `autoAttach`, for what belongs to no window: shared workers and service workers. */
  readonly takeOver?: TakeOver;
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
    const { first } = this.#options;
    const { browser } = first.pipe;
    browser.on("Target.targetDestroyed", ({ targetId }) => this.#closed(targetId));
    await autoAttach(first.pipe, browser, (target) => {
      const { targetId, type } = target.info;
      if (type !== "page") return this.#options.takeOver?.(target) ?? null;
      // The first page has a session of its own already.
      return targetId === first.id || this.#open.has(targetId) ? null : this.#opened(target);
    });
    await show(first.session);
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

  async #opened({ info, session }: AttachedTarget): Promise<void> {
    const { first, tell, prepare } = this.#options;
    const { targetId, openerId, url } = info;
    const window = { name: `popup-${++this.#count}`, session };
    this.#open.set(targetId, window);
    session.on("Inspector.targetCrashed", () => tell({ type: "window.crashed", window: window.name, reloaded: false }));
    const opener = openerId === undefined ? null : (this.#open.get(openerId)?.name ?? mainWindow);
    tell({ type: "window.opened", window: window.name, opener, url });
    await Promise.all([prepare(window), session.send("Runtime.runIfWaitingForDebugger")]);
    if (!this.#personHasControl) await show(first.session);
  }

  #closed(targetId: string): void {
    const window = this.#open.get(targetId);
    if (!window) return;
    this.#open.delete(targetId);
    this.#options.closed(window);
    this.#options.tell({ type: "window.closed", window: window.name });
  }
}

/** A new window has the keyboard in its address bar: what a person typed there would go to a search engine. */
async function show(session: CdpSession): Promise<void> {
  await session.send("Page.bringToFront").catch(() => {});
}
