import type { LoadFailure, WebviewEvent } from "../../webview.ts";
import type { PlatformEvent } from "./platform.ts";

/** What a platform's callbacks make of what happened in the browser. Whatever they do not tell is dropped here. */
export type Callbacks = (event: WebviewEvent, shownUrl: string) => readonly PlatformEvent[];

/** WKNavigationDelegate, and the key-value observation of `URL`. */
export const wkCallbacks: Callbacks = (event, shownUrl) => {
  switch (event.type) {
    case "started":
      return [{ type: "started", url: event.url }];
    case "committed":
      return [...(event.status === null ? [] : [responded(event.status)]), { type: "committed", url: event.url }];
    case "loaded":
      return [{ type: "finished", url: shownUrl }];
    case "failed":
      return [failed(event.url, event.failure.reason)];
    case "cancelled":
      return [failed(event.url, "aborted")];
    case "sameDocument":
      return [{ type: "moved", url: event.url }];
    default:
      return [];
  }
};

/** WebViewClient. Its error texts are Chromium's. */
export const androidCallbacks: Callbacks = (event, shownUrl) => {
  switch (event.type) {
    case "committed": {
      const isError = event.status !== null && event.status >= 400;
      return [...(isError ? [responded(event.status)] : []), { type: "committed", url: event.url }];
    }
    case "loaded":
      return [{ type: "finished", url: shownUrl }];
    case "failed":
      return [{ type: "failed", url: event.url, failure: event.failure }];
    case "cancelled":
      return [{ type: "finished", url: event.url }];
    case "sameDocument": {
      const moved: PlatformEvent = { type: "moved", url: event.url };
      return event.url.includes("#") ? [moved, { type: "finished", url: event.url }] : [moved];
    }
    default:
      return [];
  }
};

function responded(status: number): PlatformEvent {
  return { type: "responded", status };
}

function failed(url: string, reason: LoadFailure["reason"]): PlatformEvent {
  return { type: "failed", url, failure: { reason, detail: nsErrors[reason] } };
}

const nsErrors: Readonly<Record<LoadFailure["reason"], string>> = {
  dns: "NSURLErrorCannotFindHost",
  refused: "NSURLErrorCannotConnectToHost",
  connection: "NSURLErrorNetworkConnectionLost",
  tls: "NSURLErrorSecureConnectionFailed",
  offline: "NSURLErrorNotConnectedToInternet",
  timed_out: "NSURLErrorTimedOut",
  redirects: "NSURLErrorHTTPTooManyRedirects",
  aborted: "NSURLErrorCancelled",
  download: "NSURLErrorCancelled",
  other: "NSURLErrorUnknown",
};
