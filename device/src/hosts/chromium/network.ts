import { Listeners } from "../../listeners.ts";
import type { NetworkEvent, NetworkObserver } from "../../webview.ts";
import type { AttachedTarget } from "../browser/auto-attach.ts";
import type { FirstPage } from "../browser/first-page.ts";
import { CdpError, type CdpSession } from "../browser/pipe.ts";
import { type OpenRequest, SessionRequests } from "./session-requests.ts";

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

/**
 * The network of the page, of its frames and of its workers, by the DevTools Network domain of each session. Nothing is
 * intercepted.
 */
export class ChromiumNetwork implements NetworkObserver {
  readonly #first: FirstPage;
  #inProcess: CdpSession | null = null;
  readonly #listeners = new Listeners<NetworkEvent>();
  readonly #open = new Map<string, OpenRequest>();
  /** By the name of their target, with which the ids of their requests begin. */
  readonly #sessions = new Map<string, SessionRequests>();
  #count = 0;

  constructor(first: FirstPage) {
    const { session, id: mainFrameId } = first;
    this.#first = first;
    const requests = this.#observe("page", session, true);
    // What a document left under way when it went is never reported as finished.
    session.on("Page.frameNavigated", ({ frame }) => {
      if (frame.id === mainFrameId) requests.finishAll((open) => open.loaderId !== frame.loaderId);
    });
    session.on("Page.frameDetached", ({ frameId }) => requests.finishAll((open) => open.frameId === frameId));
  }

  /** Before the first page is loaded. */
  async start(): Promise<void> {
    this.#inProcess = await sessionInProcess(this.#first);
  }

  /** Observes a frame in a process of its own, or a worker. */
  async follow({ info, session, detached }: AttachedTarget): Promise<void> {
    const target = `target-${++this.#count}`;
    const requests = this.#observe(target, session, info.type === "worker");
    void detached.then(() => {
      requests.finishAll(() => true);
      this.#sessions.delete(target);
    });
    await enableNetwork(session);
  }

  listen(listener: (event: NetworkEvent) => void): () => void {
    return this.#listeners.listen(listener);
  }

  async body(id: string): Promise<Uint8Array | null> {
    const target = id.slice(0, id.indexOf(" "));
    const requestId = id.slice(target.length + 1, id.lastIndexOf("#"));
    const requests = this.#sessions.get(target);
    if (!requests) return null;
    const sessions = target === "page" ? [requests.session, this.#inProcess] : [requests.session];
    // The page's process may end at any time, and with it what only that process has.
    if (requests.forgetServiceWorker(id)) sessions.reverse();
    for (const session of sessions) {
      const bytes = session && (await bodyIn(session, requestId));
      if (bytes) return bytes;
    }
    return null;
  }

  #observe(target: string, session: CdpSession, inPage: boolean): SessionRequests {
    const emit = (event: NetworkEvent) => this.#listeners.emit(event);
    const requests = new SessionRequests({ target, session, inPage, open: this.#open, emit });
    this.#sessions.set(target, requests);
    return requests;
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
