import { setTimeout } from "node:timers/promises";
import type { Page } from "../page/page.ts";
import { globals } from "../page-script/api.ts";

const deselect = `globalThis.${globals.api}?.deselect()`;
const briefMs = 1_000;

/** What a person leaves behind when their turn ends: what they had selected, and what they had copied. */
export class Leftovers {
  readonly #page: Page;
  #usedClipboard = false;

  constructor(page: Page) {
    this.#page = page;
    page.messages.listen(({ type }) => {
      if (type === "clipboard") this.#usedClipboard = true;
    });
  }

  /** Empties selections in every frame, the desktop's, and the clipboard where they used it. A page that is blocked is not waited for. */
  async empty(): Promise<void> {
    const patience = new AbortController();
    const tooLate = setTimeout(briefMs, undefined, { signal: patience.signal }).catch(() => {});
    try {
      await Promise.race([this.#empty().catch(() => {}), tooLate]);
    } finally {
      patience.abort();
    }
  }

  async #empty(): Promise<void> {
    const { webview } = this.#page;
    await (webview.evaluateEverywhere?.(deselect) ?? this.#page.call("deselect"));
    const usedClipboard = this.#usedClipboard;
    await webview.blankSelection?.(usedClipboard);
    if (usedClipboard) this.#usedClipboard = false;
  }
}
