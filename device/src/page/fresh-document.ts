import { PassageError } from "@passage/protocol/errors";
import type { Progress } from "../executor/progress.ts";
import { globals } from "../page-script/api.ts";
import type { Page } from "./page.ts";

const codeRan = `globalThis.${globals.api}?.codeRan()`;

/**
 * What an `evaluate` leaves in a document (listeners, timers, scripts) could wait there for what a person types. No world of
 * a page can be emptied, so the person gets another document, and windows that could reach into it are closed. Until then the
 * document takes nothing that a person types (`page-script/hold-off.ts`).
 */
export class FreshDocument {
  readonly #page: Page;
  #everEvaluated = false;
  #touched = false;

  constructor(page: Page) {
    this.#page = page;
    page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed") this.#touched = false;
    });
  }

  /** Whether code of the automation's own has run in the current document. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Runs an expression of the automation in the current document, or in one that comes just then. */
  async evaluating<T>(evaluate: () => Promise<T>): Promise<T> {
    this.#everEvaluated = true;
    const { documentToken } = this.#page;
    if (!this.#touched) await this.spread();
    this.#touched = true;
    try {
      return await evaluate();
    } finally {
      // Whether it ran in the one or the other nobody knows.
      if (documentToken !== this.#page.documentToken) {
        this.#touched = true;
        this.spread().catch(() => {});
      }
    }
  }

  /** Tells every frame and window that is there now: the code could reach those of its origin. */
  async spread(): Promise<void> {
    const { webview, documentToken } = this.#page;
    await Promise.all([this.#page.call("codeRan"), webview.evaluateEverywhere?.(codeRan)]);
    // A document that came meanwhile may have been told.
    if (documentToken !== this.#page.documentToken) this.#touched = true;
  }

  /** Before a person types. @throws `blocked_private` when the page could not be loaded anew. */
  async provide(progress: Progress): Promise<void> {
    if (!this.#everEvaluated) return;
    const { webview } = this.#page;
    if (!(await progress.race(webview.closeOtherWindows())))
      throw refusal("a window that the page has opened does not close");
    if (!this.#touched) return;
    // By its address and not by a reload, which would send a form again.
    const load = await progress.race(webview.load(this.#page.url()));
    if (load.kind === "document") await this.#page.until(load.token, "domcontentloaded", progress);
    if (!this.#touched) return;
    throw refusal("it could not be loaded anew");
  }
}

function refusal(why: string): PassageError {
  const message = `evaluate has run in this page, and ${why}; navigate before you yield`;
  return new PassageError("blocked_private", message, { details: { reason: "evaluated_document" } });
}
