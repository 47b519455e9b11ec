import type { LoadFailure, WebviewEvent } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";
import { enableNetwork } from "./network.ts";

/** Follows the main frame. Chromium's loader ids are the navigation tokens. */
export class Navigation {
  readonly #statuses = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  readonly #emit: (event: WebviewEvent) => void;
  readonly #session: CdpSession;
  readonly #frameId: string;
  #url = "about:blank";
  /** The navigation that has no document yet. */
  #pending: { readonly token: string; readonly url: string } | null = null;

  constructor(session: CdpSession, frameId: string, emit: (event: WebviewEvent) => void) {
    this.#session = session;
    this.#frameId = frameId;
    this.#emit = emit;
  }

  get url(): string {
    return this.#url;
  }

  /** Whether a navigation is under way that has no document yet. */
  get isLoading(): boolean {
    return this.#pending !== null;
  }

  /** The HTTP status of the navigation, if it got as far as a response. */
  status(token: string): number | null {
    return this.#statuses.get(token) ?? null;
  }

  async follow(onNewDocument: () => void): Promise<void> {
    const session = this.#session;
    const isMain = (frameId: string | undefined) => frameId === this.#frameId;
    session.on("Network.responseReceived", ({ requestId, loaderId, frameId, response }) => {
      if (isMain(frameId) && requestId === loaderId) remember(this.#statuses, loaderId, response.status);
    });
    session.on("Network.loadingFailed", ({ requestId, type, errorText }) => {
      if (type === "Document") remember(this.#failures, requestId, errorText);
    });
    session.on("Page.frameStartedNavigating", ({ frameId, url, loaderId, navigationType }) => {
      if (!isMain(frameId) || /samedocument/i.test(navigationType)) return;
      if (loaderId !== this.#pending?.token) this.#cancelled();
      this.#pending = { token: loaderId, url };
      this.#emit({ type: "started", token: loaderId, url });
    });
    session.on("Page.frameNavigated", ({ frame }) => {
      if (!isMain(frame.id)) return;
      const token = frame.loaderId;
      if (token === this.#pending?.token) this.#pending = null;
      const failed = frame.unreachableUrl !== undefined && !this.#statuses.has(token);
      this.#url = frame.unreachableUrl ?? frame.url + (frame.urlFragment ?? "");
      onNewDocument();
      if (failed)
        this.#emit({ type: "failed", token, url: this.#url, failure: loadFailure(this.#failures.get(token) ?? "") });
      else this.#emit({ type: "committed", token, url: this.#url, status: this.status(token) });
    });
    session.on("Page.frameStoppedLoading", ({ frameId }) => {
      if (isMain(frameId)) this.#cancelled();
    });
    session.on("Page.navigatedWithinDocument", ({ frameId, url }) => {
      if (!isMain(frameId)) return;
      this.#url = url;
      this.#emit({ type: "sameDocument", url });
    });
    session.on("Page.lifecycleEvent", ({ frameId, loaderId, name }) => {
      if (!isMain(frameId)) return;
      if (name === "DOMContentLoaded") this.#emit({ type: "domcontentloaded", token: loaderId });
      if (name === "load") this.#emit({ type: "loaded", token: loaderId });
    });
    await Promise.all([
      session.send("Page.enable"),
      session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      enableNetwork(session),
      session.send("Inspector.enable"),
      // Without it a window in the background fires no focus and blur events for the automation's typing.
      session.send("Emulation.setFocusEmulationEnabled", { enabled: true }),
    ]);
  }

  #cancelled(): void {
    const cancelled = this.#pending;
    this.#pending = null;
    if (cancelled) this.#emit({ type: "cancelled", ...cancelled });
  }
}

const reasons: readonly [RegExp, LoadFailure["reason"]][] = [
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION/, "dns"],
  [/CONNECTION_REFUSED/, "refused"],
  [/CERT_|SSL_/, "tls"],
  [/INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_CHANGED/, "offline"],
  [/TIMED_OUT/, "timed_out"],
  [/TOO_MANY_REDIRECTS/, "redirects"],
  [/ABORTED/, "aborted"],
  [/CONNECTION_|EMPTY_RESPONSE|SOCKET_/, "connection"],
];

export function loadFailure(errorText: string): LoadFailure {
  const detail = errorText.replace(/^net::/, "") || "the browser gave no reason";
  return { reason: reasons.find(([pattern]) => pattern.test(errorText))?.[1] ?? "other", detail };
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > 64 && oldest !== undefined) map.delete(oldest);
}
