import type { Protocol } from "devtools-protocol";
import { Listeners } from "../../listeners.ts";
import type { NetworkEvent, NetworkObserver } from "../../webview.ts";
import type { FirstPage } from "../browser/first-page.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";

/** What Chromium keeps of bodies until they are asked for. Strings of two bytes per character count double. */
const buffers = { maxResourceBufferSize: 8 * 1_048_576, maxTotalBufferSize: 64 * 1_048_576 };

/** Has Chromium report the network. */
export async function enableNetwork(session: CdpSession): Promise<void> {
  await session.send("Network.enable", buffers);
  // Keeps bodies outside of the page's process, which ends when the page goes to another site. Not in every Chromium.
  await session.send("Network.configureDurableMessages", buffers).catch(() => {});
}

/**
 * A second session of the page, which has the bodies that only the page's process has: those that a service worker gives never
 * pass the network process, where `configureDurableMessages` keeps bodies, and with it Chromium looks nowhere else.
 */
async function sessionInProcess({ pipe, id: targetId }: FirstPage): Promise<CdpSession> {
  const { sessionId } = await pipe.browser.send("Target.attachToTarget", { targetId, flatten: true });
  const session = pipe.session(sessionId);
  await session.send("Network.enable", buffers);
  return session;
}

interface Open {
  readonly id: string;
  readonly frameId: string | undefined;
  readonly loaderId: string;
  bytes: number;
}

/** The network of the page's process, by the DevTools Network domain. Nothing is intercepted. */
export class ChromiumNetwork implements NetworkObserver {
  readonly #first: FirstPage;
  #inProcess: CdpSession | null = null;
  /** Finished or not, until their body is asked for. */
  readonly #byServiceWorker = new Set<string>();
  readonly #listeners = new Listeners<NetworkEvent>();
  readonly #open = new Map<string, Open>();
  #hops = 0;

  constructor(first: FirstPage) {
    const { session, id: mainFrameId } = first;
    this.#first = first;
    session.on("Network.requestWillBeSent", (event) => this.#request(event));
    session.on("Network.responseReceived", ({ requestId, response }) => this.#response(requestId, response));
    session.on("Network.dataReceived", ({ requestId, dataLength }) => {
      const open = this.#open.get(requestId);
      if (open) open.bytes += dataLength;
    });
    session.on("Network.loadingFinished", ({ requestId }) => this.#finish(requestId, this.#open.get(requestId)?.bytes));
    session.on("Network.loadingFailed", ({ requestId }) => this.#finish(requestId));
    // What a document left under way when it went is never reported as finished.
    session.on("Page.frameNavigated", ({ frame }) => {
      if (frame.id === mainFrameId) this.#finishAll((open) => open.loaderId !== frame.loaderId);
    });
    session.on("Page.frameDetached", ({ frameId }) => this.#finishAll((open) => open.frameId === frameId));
  }

  /** Before the first page is loaded. */
  async start(): Promise<void> {
    this.#inProcess = await sessionInProcess(this.#first);
  }

  listen(listener: (event: NetworkEvent) => void): () => void {
    return this.#listeners.listen(listener);
  }

  async body(id: string): Promise<Uint8Array | null> {
    const requestId = id.slice(0, id.lastIndexOf("#"));
    const sessions = [this.#first.session, this.#inProcess];
    // The page's process may end at any time, and with it what only that process has.
    if (this.#byServiceWorker.delete(id)) sessions.reverse();
    for (const session of sessions) {
      const bytes = session && (await bodyIn(session, requestId));
      if (bytes) return bytes;
    }
    return null;
  }

  #request(event: Protocol.Network.RequestWillBeSentEvent): void {
    const { requestId, frameId, loaderId, request, redirectResponse, type } = event;
    if (redirectResponse) {
      this.#response(requestId, redirectResponse);
      this.#finish(requestId);
    }
    // A fetch takes the response of a preload, and is not reported itself.
    const kind = type === "Other" && request.isLinkPreload ? "fetch" : kindOf(type);
    if (!kind || !/^https?:/.test(request.url)) return;
    const id = `${requestId}#${++this.#hops}`;
    this.#open.set(requestId, { id, frameId, loaderId, bytes: 0 });
    this.#listeners.emit({ type: "request", id, kind, url: request.url, method: request.method, inPage: true });
  }

  #response(requestId: string, { url, status, headers, fromServiceWorker }: Protocol.Network.Response): void {
    const open = this.#open.get(requestId);
    if (!open) return;
    if (fromServiceWorker) this.#byServiceWorker.add(open.id);
    const [, contentType = null] =
      Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
    this.#listeners.emit({ type: "response", id: open.id, url, status, contentType });
  }

  #finish(requestId: string, bodyBytes: number | null = null): void {
    const open = this.#open.get(requestId);
    if (!open) return;
    this.#open.delete(requestId);
    this.#listeners.emit({ type: "finished", id: open.id, bodyBytes });
    if (bodyBytes === null) this.#byServiceWorker.delete(open.id);
  }

  #finishAll(gone: (open: Open) => boolean): void {
    for (const [requestId, open] of [...this.#open]) if (gone(open)) this.#finish(requestId);
  }
}

/** Null where the session has no body of the request. Chromium gives bytes that are not UTF-8 as base64, and all others as text. */
async function bodyIn(session: CdpSession, requestId: string): Promise<Uint8Array | null> {
  try {
    const { body, base64Encoded } = await session.send("Network.getResponseBody", { requestId });
    return new Uint8Array(Buffer.from(body, base64Encoded ? "base64" : "utf8"));
  } catch (error) {
    if (!(error instanceof CdpError)) throw error;
    return null;
  }
}

/** Null for what has no end of its own, or none that the page waits for. */
function kindOf(type: Protocol.Network.ResourceType | undefined): "document" | "fetch" | "other" | null {
  switch (type) {
    case "Document":
      return "document";
    case "XHR":
    case "Fetch":
      return "fetch";
    case "EventSource":
    case "WebSocket":
    case "Ping":
    case "Preflight":
    case "CSPViolationReport":
      return null;
    default:
      return "other";
  }
}
