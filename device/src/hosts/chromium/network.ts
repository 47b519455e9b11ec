import type { Protocol } from "devtools-protocol";
import { Listeners } from "../../listeners.ts";
import type { NetworkEvent, NetworkObserver } from "../../webview.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";

/** What Chromium keeps of bodies until they are asked for. Strings of two bytes a character count double. */
const buffers = { maxResourceBufferSize: 2 * 1_048_576, maxTotalBufferSize: 32 * 1_048_576 };

/** Has Chromium tell of the network. */
export async function enableNetwork(session: CdpSession): Promise<void> {
  await session.send("Network.enable", buffers);
  // Bodies outside of the page's process: a page that goes to another site takes its own with it. Not in every Chromium.
  await session.send("Network.configureDurableMessages", buffers).catch(() => {});
}

interface Open {
  readonly id: string;
  readonly frameId: string | undefined;
  readonly loaderId: string;
  bytes: number;
}

/** The network of the page's process, by the DevTools Network domain. Nothing is intercepted. */
export class ChromiumNetwork implements NetworkObserver {
  readonly #session: CdpSession;
  readonly #listeners = new Listeners<NetworkEvent>();
  readonly #open = new Map<string, Open>();
  #hops = 0;

  constructor(session: CdpSession, mainFrameId: string) {
    this.#session = session;
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

  listen(listener: (event: NetworkEvent) => void): () => void {
    return this.#listeners.listen(listener);
  }

  async body(id: string): Promise<string | null> {
    try {
      const requestId = id.slice(0, id.lastIndexOf("#"));
      const { body, base64Encoded } = await this.#session.send("Network.getResponseBody", { requestId });
      return base64Encoded ? null : body;
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
      return null;
    }
  }

  #request(event: Protocol.Network.RequestWillBeSentEvent): void {
    const { requestId, frameId, loaderId, request, redirectResponse, type } = event;
    if (redirectResponse) {
      this.#response(requestId, redirectResponse);
      this.#finish(requestId);
    }
    const kind = kindOf(type);
    if (!kind || !/^https?:/.test(request.url)) return;
    const id = `${requestId}#${++this.#hops}`;
    this.#open.set(requestId, { id, frameId, loaderId, bytes: 0 });
    this.#listeners.emit({ type: "request", id, kind, url: request.url, method: request.method });
  }

  #response(requestId: string, { url, status }: Protocol.Network.Response): void {
    const open = this.#open.get(requestId);
    if (open) this.#listeners.emit({ type: "response", id: open.id, url, status });
  }

  #finish(requestId: string, bodyBytes: number | null = null): void {
    const open = this.#open.get(requestId);
    if (!open) return;
    this.#open.delete(requestId);
    this.#listeners.emit({ type: "finished", id: open.id, bodyBytes });
  }

  #finishAll(gone: (open: Open) => boolean): void {
    for (const [requestId, open] of [...this.#open]) if (gone(open)) this.#finish(requestId);
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
