import type { ExecutorParts } from "../executor/parts.ts";
import { Progress } from "../executor/progress.ts";

const freshDocumentMs = 30_000;

/**
 * A document in which code of the automation's own has run is never one in which a person types. Its page script keeps their
 * input from it; here they are told why, and once they try, they get the same address as a fresh document.
 */
export class HoldOff {
  readonly #parts: Pick<ExecutorParts, "page" | "fresh" | "overlay">;
  #replacing = false;

  constructor(parts: Pick<ExecutorParts, "page" | "fresh" | "overlay">) {
    this.#parts = parts;
    const { fresh, overlay } = parts;
    parts.page.webview.listen((event) => {
      if (event.type === "committed" || event.type === "failed") overlay.holdOff(false);
    });
    parts.page.messages.listen((message) => {
      if (!fresh.touched) return;
      if (message.type === "sensitive" && message.kinds.length > 0) {
        overlay.holdOff(true);
        // A frame that has come since may be within reach of what ran.
        if (!message.ran) fresh.spread().catch(() => {});
      }
      if (message.type === "heldOff") void this.#replace();
    });
  }

  async #replace(): Promise<void> {
    if (this.#replacing) return;
    this.#replacing = true;
    this.#parts.overlay.holdOff(true);
    const progress = new Progress(freshDocumentMs);
    try {
      await this.#parts.fresh.provide(progress);
    } catch {
      // It goes on being held off, and the next try of theirs is another one of this.
    } finally {
      progress.finish();
      this.#replacing = false;
    }
  }
}
