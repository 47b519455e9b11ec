import { Listeners } from "../../listeners.ts";
import type { Load, LoadFailure, WebviewEvent } from "../../webview.ts";
import type { PlatformEvent } from "./platform.ts";

export const aborted: LoadFailure = { reason: "aborted", detail: "the load came to nothing" };

export function failed(failure: LoadFailure): Load {
  return { kind: "failed", failure };
}

/** The platform's events, for those who wait to hear what became of a load. */
export class Loads {
  readonly #events = new Listeners<PlatformEvent>();
  readonly #listenToPage: (listener: (event: WebviewEvent) => void) => () => void;

  constructor(listenToPage: (listener: (event: WebviewEvent) => void) => () => void) {
    this.#listenToPage = listenToPage;
  }

  emit(event: PlatformEvent): void {
    this.#events.emit(event);
  }

  /** Resolves with the load of the first event that counts. When the page closes first, the load is aborted. */
  next(counts: (event: PlatformEvent) => Load | false): Promise<Load> {
    const { promise, resolve } = Promise.withResolvers<Load>();
    const stops = [
      this.#events.listen((event) => {
        const load = counts(event);
        if (load) resolve(load);
      }),
      this.#listenToPage((event) => {
        if (event.type === "closed") resolve(failed(aborted));
      }),
    ];
    return promise.finally(() => {
      for (const stop of stops) stop();
    });
  }
}
