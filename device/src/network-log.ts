import { Listeners } from "./listeners.ts";
import type { NetworkEvent, NetworkObserver } from "./webview.ts";

const keptExchanges = 500;
/** A larger body is not kept: its exchange says `tooLarge`. */
export const maxBodyBytes = 1_048_576;
const maxBytes = 16 * maxBodyBytes;

export type ResponseBody =
  | { readonly kind: "text"; readonly text: string }
  /** No text: a picture, a redirect, nothing at all. */
  | { readonly kind: "none" }
  | { readonly kind: "tooLarge" };

/** A response to a document, fetch or XMLHttpRequest. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** Null until all of it has come. */
  readonly body: ResponseBody | null;
}

interface Kept {
  readonly method: string;
  url: string;
  status: number | null;
  body: ResponseBody | null;
  bytes: number;
}

/** What the page has loaded since the automation's last navigate. It stays on the device. */
export class NetworkLog {
  readonly #observer: NetworkObserver;
  readonly #changes = new Listeners<void>();
  readonly #underWay = new Set<string>();
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(observer: NetworkObserver) {
    this.#observer = observer;
    observer.listen((event) => {
      this.#follow(event);
      this.#changes.emit();
    });
  }

  /** Requests without an end, pictures and scripts too. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** Responses, oldest first. */
  *responses(): Iterable<Exchange> {
    for (const exchange of this.#kept.values()) if (exchange.status !== null) yield exchange as Exchange;
  }

  listen(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  /** A navigate begins: what was loaded before it answers no later question. */
  forget(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #follow(event: NetworkEvent): void {
    const kept = this.#kept.get(event.id);
    switch (event.type) {
      case "request":
        this.#underWay.add(event.id);
        if (event.kind === "other") return;
        this.#kept.set(event.id, { method: event.method, url: event.url, status: null, body: null, bytes: 0 });
        if (this.#kept.size > keptExchanges) this.#drop();
        return;
      case "response":
        if (kept) Object.assign(kept, { url: event.url, status: event.status });
        return;
      case "finished":
        this.#underWay.delete(event.id);
        if (!kept) return;
        if (event.bodyBytes === null) kept.body = { kind: "none" };
        else if (event.bodyBytes > maxBodyBytes) kept.body = { kind: "tooLarge" };
        else void this.#keepBody(event.id, kept);
    }
  }

  async #keepBody(id: string, kept: Kept): Promise<void> {
    const text = await this.#observer.body(id).catch(() => null);
    if (this.#kept.get(id) !== kept) return;
    const bytes = text === null ? 0 : Buffer.byteLength(text);
    if (text === null) kept.body = { kind: "none" };
    else if (bytes > maxBodyBytes) kept.body = { kind: "tooLarge" };
    else {
      kept.body = { kind: "text", text };
      kept.bytes = bytes;
      this.#bytes += bytes;
    }
    while (this.#bytes > maxBytes) this.#drop();
    this.#changes.emit();
  }

  #drop(): void {
    const [oldest] = this.#kept;
    if (!oldest) return;
    this.#bytes -= oldest[1].bytes;
    this.#kept.delete(oldest[0]);
  }
}
