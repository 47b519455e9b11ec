import { PassageError } from "@passage/protocol/errors";
import type { Page } from "./page.ts";
import type { Progress } from "./progress.ts";

/**
 * What an `evaluate` leaves in a document (listeners, timers, scripts) could wait there for what a person types. No world of
 * a page can be emptied, so the person gets another document, and windows that could reach into it are closed.
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

  /** An expression of the automation is about to run in the current document. */
  evaluated(): void {
    this.#everEvaluated = true;
    this.#touched = true;
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
