import type { Protocol } from "devtools-protocol";
import type { NetworkEvent } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";

export interface OpenRequest {
  readonly id: string;
  /** The target that it belongs to now: the script of a worker is asked for by the page, and its response goes to the worker. */
  target: string;
  readonly frameId: string | undefined;
  readonly loaderId: string;
  bytes: number;
}

export interface SessionRequestsOptions {
  readonly target: string;
  readonly session: CdpSession;
  readonly inPage: boolean;
  /** The requests under way of all targets, by Chromium's ids. */
  readonly open: Map<string, OpenRequest>;
  readonly emit: (event: NetworkEvent) => void;
}

/** The requests of one target: the page, a frame in a process of its own, or a worker. */
export class SessionRequests {
  readonly session: CdpSession;
  readonly #options: SessionRequestsOptions;
  readonly #open: Map<string, OpenRequest>;
  /** Finished or not, until their body is asked for. */
  readonly #byServiceWorker = new Set<string>();
  #hops = 0;

  constructor(options: SessionRequestsOptions) {
    const { session } = options;
    this.#options = options;
    this.session = session;
    this.#open = options.open;
    session.on("Network.requestWillBeSent", (event) => this.#request(event));
    session.on("Network.responseReceived", ({ requestId, response }) => this.#response(requestId, response));
    session.on("Network.dataReceived", ({ requestId, dataLength }) => {
      const open = this.#open.get(requestId);
      if (open) open.bytes += dataLength;
    });
    session.on("Network.loadingFinished", ({ requestId }) => this.#finish(requestId, this.#open.get(requestId)?.bytes));
    session.on("Network.loadingFailed", ({ requestId }) => this.#finish(requestId));
  }

  /** Reports the end of those that nothing more will come of. */
  finishAll(gone: (open: OpenRequest) => boolean): void {
    for (const [requestId, open] of [...this.#open])
      if (open.target === this.#options.target && gone(open)) this.#finish(requestId);
  }

  /** Whether a service worker gave the response; said once. */
  forgetServiceWorker(id: string): boolean {
    return this.#byServiceWorker.delete(id);
  }

  #request(event: Protocol.Network.RequestWillBeSentEvent): void {
    const { requestId, frameId, loaderId, documentURL: documentUrl, request, redirectResponse, type } = event;
    if (redirectResponse) {
      this.#response(requestId, redirectResponse);
      this.#finish(requestId);
    }
    const { target, inPage, emit } = this.#options;
    // A fetch takes the response of a preload, and is not reported itself.
    const kind = type === "Other" && request.isLinkPreload ? "fetch" : kindOf(type);
    if (!kind || !/^https?:/.test(request.url)) return;
    const id = `${target} ${requestId}#${++this.#hops}`;
    this.#open.set(requestId, { id, target, frameId, loaderId, bytes: 0 });
    const { url, method, headers } = request;
    emit({ type: "request", id, kind, url, method, documentUrl, headers, inPage });
  }

  #response(requestId: string, { url, status, headers, fromServiceWorker }: Protocol.Network.Response): void {
    const open = this.#open.get(requestId);
    if (!open) return;
    open.target = this.#options.target;
    if (fromServiceWorker) this.#byServiceWorker.add(open.id);
    const [, contentType = null] =
      Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
    this.#options.emit({ type: "response", id: open.id, url, status, contentType });
  }

  #finish(requestId: string, bodyBytes: number | null = null): void {
    const open = this.#open.get(requestId);
    if (!open) return;
    this.#open.delete(requestId);
    this.#options.emit({ type: "finished", id: open.id, bodyBytes });
    if (bodyBytes === null) this.#byServiceWorker.delete(open.id);
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
