import { Listeners } from "../listeners.ts";
import type { NetworkEvent, NetworkObserver } from "../webview.ts";
import { bodyText } from "./body-text.ts";
import { SentHeaders } from "./sent-headers.ts";

const mebibyte = 1_048_576;

/** What is kept of the page's responses. Past these limits the oldest body, or the oldest response, goes. */
export const networkLimits = {
  responses: 5_000,
  /** Of one body. A larger one is never kept. */
  bodyBytes: 4 * mebibyte,
  /** Of all bodies together. */
  bodiesBytes: 32 * mebibyte,
  /** Of all addresses together. */
  addressCharacters: 4 * mebibyte,
} as const;

export type ResponseBody =
  | { readonly kind: "text"; readonly text: string; readonly bytes: number }
  /** The response has none: a redirect, a 204. */
  | { readonly kind: "none" }
  | MissingBody;

/** The response has a body, and its text is not here. `why` completes "the body …". */
export interface MissingBody {
  readonly kind: "tooLarge" | "binary" | "undecodable" | "incomplete" | "notKept" | "private";
  readonly why: string;
}

/** A response to a document, fetch or XMLHttpRequest. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** Null until all of it has come. */
  readonly body: ResponseBody | null;
  /** The log's revision when the response last changed. */
  readonly revision: number;
}

interface Kept {
  readonly method: string;
  url: string;
  status: number | null;
  contentType: string | null;
  body: ResponseBody | null;
  revision: number;
  /** See {@link NetworkEvent}. */
  readonly inPage: boolean;
}

const keptPrivate: MissingBody = {
  kind: "private",
  why: "came outside of the page itself while the page was private, so it stays on the device",
};
const notKept: MissingBody = { kind: "notKept", why: "is no longer kept, because newer bodies took its place" };

/** What the page has loaded since the automation's last navigate. It stays on the device. */
export class NetworkLog {
  readonly #observer: NetworkObserver;
  /** Emits the text of each body once, also of a response that was forgotten meanwhile. */
  readonly texts = new Listeners<{ readonly text: string; readonly url: string }>();
  readonly sent: SentHeaders;
  readonly #changes = new Listeners<void>();
  readonly #underWay = new Set<string>();
  readonly #kept = new Map<string, Kept>();
  /** Those whose body's text is kept, oldest first. */
  readonly #withText = new Set<Kept>();
  #bodiesBytes = 0;
  #addressCharacters = 0;
  #dropped = 0;
  #revision = 0;
  #isPrivate = () => false;

  constructor(observer: NetworkObserver) {
    this.#observer = observer;
    this.sent = new SentHeaders(observer);
    observer.listen((event) => {
      this.#follow(event);
      this.#changes.emit();
    });
  }

  /** Bodies of frames in other processes and of their like are not kept while this holds: who signs in does so there, too. */
  guard(isPrivate: () => boolean): void {
    this.#isPrivate = isPrivate;
  }

  /** Requests without an end, pictures and scripts too. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** How many responses are no longer kept, because newer ones took their place. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Grows with each change of a response. */
  get revision(): number {
    return this.#revision;
  }

  /** Responses, oldest first: all of them, or those that have changed since the revision. */
  *responses(since = -1): Iterable<Exchange> {
    for (const exchange of this.#kept.values())
      if (exchange.status !== null && exchange.revision > since) yield exchange as Exchange;
  }

  listen(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  /** A navigate begins: what was loaded before it does not count any more. */
  forget(): void {
    this.sent.forget();
    this.#kept.clear();
    this.#withText.clear();
    this.#bodiesBytes = 0;
    this.#addressCharacters = 0;
    this.#dropped = 0;
  }

  #follow(event: NetworkEvent): void {
    const kept = this.#kept.get(event.id);
    switch (event.type) {
      case "request":
        if (event.inPage) this.#underWay.add(event.id);
        if (event.kind === "other") return;
        return this.#keep(event.id, event);
      case "response":
        if (!kept) return;
        this.#addressCharacters += event.url.length - kept.url.length;
        return this.#change(kept, { url: event.url, status: event.status, contentType: event.contentType });
      case "finished":
        this.#underWay.delete(event.id);
        if (kept) this.#finish(event.id, kept, event.bodyBytes);
    }
  }

  #keep(id: string, { method, url, inPage }: Pick<Kept, "method" | "url" | "inPage">): void {
    this.#kept.set(id, {
      method,
      url,
      inPage,
      status: null,
      contentType: null,
      body: null,
      revision: ++this.#revision,
    });
    this.#addressCharacters += url.length;
    const { responses, addressCharacters } = networkLimits;
    while (this.#kept.size > responses || this.#addressCharacters > addressCharacters) this.#dropOldest();
  }

  #finish(id: string, kept: Kept, bodyBytes: number | null): void {
    if (hasNoBody(kept)) this.#change(kept, { body: { kind: "none" } });
    else if (bodyBytes === null)
      this.#change(kept, {
        body: { kind: "incomplete", why: "did not come whole: the page or the site broke it off" },
      });
    else if (bodyBytes > networkLimits.bodyBytes) this.#change(kept, { body: tooLarge() });
    else void this.#keepBody(id, kept, bodyBytes);
  }

  async #keepBody(id: string, kept: Kept, expectedBytes: number): Promise<void> {
    const isPrivate = !kept.inPage && this.#isPrivate();
    const bytes = await this.#observer.body(id).catch(() => null);
    const read = bodyOf(bytes, kept.contentType, expectedBytes);
    if (read.kind === "text") this.texts.emit({ text: read.text, url: kept.url });
    const body = isPrivate || (!kept.inPage && this.#isPrivate()) ? keptPrivate : read;
    if (this.#kept.get(id) !== kept) return;
    this.#change(kept, { body });
    if (body.kind === "text") {
      this.#withText.add(kept);
      this.#bodiesBytes += body.bytes;
    }
    for (const oldest of this.#withText) {
      if (this.#bodiesBytes <= networkLimits.bodiesBytes) break;
      this.#dropText(oldest);
    }
    this.#changes.emit();
  }

  #change(kept: Kept, change: Partial<Kept>): void {
    Object.assign(kept, change, { revision: ++this.#revision });
  }

  #dropOldest(): void {
    const [oldest] = this.#kept;
    if (!oldest) return;
    const [id, kept] = oldest;
    this.#dropText(kept);
    this.#kept.delete(id);
    this.#addressCharacters -= kept.url.length;
    this.#dropped++;
  }

  #dropText(kept: Kept): void {
    if (!this.#withText.delete(kept) || kept.body?.kind !== "text") return;
    this.#bodiesBytes -= kept.body.bytes;
    this.#change(kept, { body: notKept });
  }
}

function hasNoBody({ method, status }: Kept): boolean {
  const redirect = status !== null && status >= 300 && status < 400;
  return method === "HEAD" || redirect || status === 204 || status === 205;
}

function bodyOf(bytes: Uint8Array | null, contentType: string | null, expectedBytes: number): ResponseBody {
  if (bytes === null)
    return expectedBytes === 0 ? { kind: "none" } : { kind: "notKept", why: "is no longer kept by the browser" };
  if (bytes.length > networkLimits.bodyBytes) return tooLarge();
  const read = bodyText(bytes, contentType);
  if (read.kind === "text") return { ...read, bytes: bytes.length };
  return read.kind === "binary" ? { kind: "binary", why: "is not text" } : read;
}

function tooLarge(): MissingBody {
  return { kind: "tooLarge", why: `is over ${networkLimits.bodyBytes} bytes` };
}
