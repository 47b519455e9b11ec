import { Listeners } from "../listeners.ts";
import type { NetworkObserver } from "../webview.ts";

const mostRequests = 500;

export interface SentRequest {
  readonly url: string;
  /** Of the document that asked. */
  readonly documentOrigin: string;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The headers of the page's latest documents, fetches and XMLHttpRequests since the last navigate. They stay on the device. */
export class SentHeaders {
  readonly #requests = new Map<string, SentRequest>();
  readonly #changes = new Listeners<void>();

  constructor(observer: NetworkObserver) {
    observer.listen((event) => {
      if (event.type !== "request" || event.kind === "other") return;
      const headers = new Map(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
      const documentOrigin = URL.parse(event.documentUrl)?.origin ?? "null";
      this.#requests.set(event.id, { url: event.url, documentOrigin, headers });
      const [oldest] = this.#requests.keys();
      if (this.#requests.size > mostRequests && oldest !== undefined) this.#requests.delete(oldest);
      this.#changes.emit();
    });
  }

  /** The latest request that counts; null where none does yet. */
  latest(counts: (request: SentRequest) => boolean): SentRequest | null {
    return [...this.#requests.values()].findLast(counts) ?? null;
  }

  listen(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  forget(): void {
    this.#requests.clear();
  }
}
