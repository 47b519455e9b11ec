import type { Incident } from "./incident.ts";

/**
 * The webview contract: what WKWebView and Android WebView can do, and the executor uses nothing more. A host that can
 * do better offers it as an optional capability. Before it hands out a webview, a host sees to it that the page script
 * runs at the start of each main-frame document, in an isolated world, with its binding for messages out of the page.
 */
export interface Webview {
  /** The main frame's address, same-document changes included. */
  url(): string;
  /** Resolves when the new document is committed, or will not be. `url` is http(s) or about:blank, `referer` a header. */
  load(url: string, referer?: string): Promise<Load>;
  stop(): Promise<void>;
  /** Resolves once every navigation that the page's scripts have started by now has been reported as `started`. */
  settled(): Promise<void>;
  /** As `load`, for the address that shows. */
  reload(): Promise<Load>;
  history(): Promise<History>;
  /** Goes to the previous entry of the history, which is there. */
  goBack(): Promise<Load>;
  /** Calls a function of the page script in the main frame's current document; promises are awaited. */
  call(name: string, args: readonly unknown[]): Promise<Evaluation>;
  /** Evaluates an expression in the isolated world of the main frame's current document; promises are awaited. */
  evaluate(expression: string): Promise<Evaluation>;
  /** As `evaluate`, in another isolated world: what runs there cannot reach the page script, its binding or its closures. */
  evaluateApart(expression: string): Promise<Evaluation>;
  /** Closes every window that the page has opened; returns whether they are gone. */
  closeOtherWindows(): Promise<boolean>;
  listen(listener: (event: WebviewEvent) => void): () => void;
  /** Dialogs and file choosers are the person's while they have control; otherwise the host refuses them. */
  handOver(toPerson: boolean): void;
  readonly userAgent: string;
  /**
   * The JSON values of the expression, or of its promise, in the page script's world of every frame, those of other sites and
   * of the windows that the page has opened too; null where it has none. A frame that goes meanwhile is left out.
   */
  readonly evaluateEverywhere?: (expression: string) => Promise<readonly unknown[]>;
  /**
   * Puts a blank in the place of what was selected last in the browser, where the desktop keeps that for its middle button, and
   * of what the clipboard holds.
   */
  readonly blankSelection?: (clipboard: boolean) => Promise<void>;
  /** Shows the page at its usual size again, whatever a person's or the page's zoom has made of it. */
  readonly resetZoom?: () => Promise<void>;
  /** Whether the page script runs in the page's own world, where the page can meddle with what it asks a person. */
  readonly sharesWorld?: boolean;
  /** Input that the page cannot tell from a person's. */
  readonly trustedInput?: TrustedInput;
  /** Frames of other origins: the main frame's world cannot look into them. */
  readonly frames?: ChildFrames;
  /** Shows the page script the closed shadow roots that the document has now. */
  readonly openClosedRoots?: () => Promise<void>;
  /** A picture of the page as it is. */
  readonly snapshot?: (wanted: SnapshotRequest) => Promise<Snapshot>;
  /** What the page loads, seen from outside of it. */
  readonly network?: NetworkObserver;
  /** What goes over the wire and signs the person in, so that it can be kept from leaving. */
  readonly credentials?: CredentialObserver;
}

export interface CredentialObserver {
  /**
   * Each header with a credential that a request or its response has, each cookie as it is sent or set, the addresses of
   * redirects, and the texts of web sockets, event streams and request bodies.
   */
  listen(listener: (seen: Credential) => void): () => void;
  /** All cookies that the browser has, httpOnly too. */
  cookies(): Promise<readonly Credential[]>;
}

export interface Credential {
  readonly kind: "cookie" | "header" | "address" | "message";
  readonly name: string;
  readonly value: string;
  /** The site's host. */
  readonly host: string;
}

/** Coordinates are CSS pixels of the viewport. */
export interface TrustedInput {
  /** With `goesOn`, which is asked once the button is down: where it resolves to false, the button is let go elsewhere, and nothing is clicked. */
  click(point: ViewportPoint, how?: MouseClick, goesOn?: () => Promise<boolean>): Promise<void>;
  /** Moves the mouse there. */
  move?(point: ViewportPoint, modifiers: readonly Modifier[]): Promise<void>;
  /** Presses and releases a key where the focus is. */
  press?(stroke: Keystroke, holdMs?: number): Promise<void>;
  /** Types text that no key types, where the focus is. */
  insertText?(text: string): Promise<void>;
}

export interface ViewportPoint {
  readonly x: number;
  readonly y: number;
}

export interface MouseClick {
  readonly button: "left" | "middle" | "right";
  readonly clickCount: number;
  readonly modifiers: readonly Modifier[];
}

export interface ChildFrames {
  /**
   * The document that is now in the frame element which the expression answers, in the main frame's world or in that of
   * `parent`. Null when the element or its document is gone.
   */
  enter(parent: ChildFrame | null, elementExpression: string): Promise<ChildFrame | null>;
}

export interface ChildFrame {
  /** As the webview's. */
  call(name: string, args: readonly unknown[]): Promise<Evaluation>;
  /** As the webview's, in an isolated world of the frame that has the page script. */
  evaluate(expression: string): Promise<Evaluation>;
}

export type Modifier = "Alt" | "Control" | "Meta" | "Shift";

/** One key of a keyboard, as KeyboardEvent names it, with the modifiers held down meanwhile. */
export interface Keystroke {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  /** What the key types; empty where it types nothing. */
  readonly text: string;
  readonly modifiers: readonly Modifier[];
}

/** Entries of the back-forward list, by numbers that grow with each new entry. */
export interface History {
  readonly current: number;
  readonly previous: number | null;
}

export interface SnapshotRequest {
  readonly format: "png" | "jpeg";
  readonly quality: number;
  readonly fullPage: boolean;
}

/** `data` is base64, the size in CSS pixels. */
export interface Snapshot {
  readonly data: string;
  readonly width: number;
  readonly height: number;
}

/** Watches and never delays: the page cannot tell that it is there. */
export interface NetworkObserver {
  listen(listener: (event: NetworkEvent) => void): () => void;
  /** The body of a response that has just finished, as the page gets it: decompressed, not decoded. Null where the browser has none. */
  body(id: string): Promise<Uint8Array | null>;
}

/** Each redirect is a request of its own. `fetch` includes XMLHttpRequest. */
export type NetworkEvent =
  | {
      readonly type: "request";
      readonly id: string;
      readonly kind: "document" | "fetch" | "other";
      readonly url: string;
      readonly method: string;
      /** The document that asked. */
      readonly documentUrl: string;
      /** Those that its script gave it among them. */
      readonly headers: Readonly<Record<string, string>>;
      /** Whether the page, a frame in its process or a dedicated worker made the request. `waitForNetworkIdle` waits for these only. */
      readonly inPage: boolean;
    }
  | {
      readonly type: "response";
      readonly id: string;
      readonly url: string;
      readonly status: number;
      /** The Content-Type header. */
      readonly contentType: string | null;
    }
  /** Nothing more comes of the request. The body's length as far as it is known; null where not all of it has come. */
  | { readonly type: "finished"; readonly id: string; readonly bodyBytes: number | null };

/** Names one navigation, and the document that it led to. */
export type NavigationToken = string;

export type Load =
  | { readonly kind: "document"; readonly token: NavigationToken }
  | { readonly kind: "sameDocument" }
  | { readonly kind: "failed"; readonly failure: LoadFailure };

export interface LoadFailure {
  readonly reason:
    | "dns"
    | "refused"
    | "connection"
    | "tls"
    | "offline"
    | "timed_out"
    | "redirects"
    | "aborted"
    /** The site gave a file instead of a page. */
    | "download"
    | "other";
  /** The platform's own word for it. */
  readonly detail: string;
}

export type Evaluation =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "threw"; readonly message: string }
  /** The document went away first. */
  | { readonly kind: "gone" }
  /** The promise can never settle. */
  | { readonly kind: "unsettled" };

export type WebviewEvent =
  | { readonly type: "started"; readonly token: NavigationToken; readonly url: string }
  | {
      readonly type: "committed";
      readonly token: NavigationToken;
      readonly url: string;
      readonly status: number | null;
    }
  | { readonly type: "domcontentloaded"; readonly token: NavigationToken }
  | { readonly type: "loaded"; readonly token: NavigationToken }
  /** The navigation ended without a document: a download, status 204, stopped, or replaced by another one. */
  | { readonly type: "cancelled"; readonly token: NavigationToken; readonly url: string }
  /** The navigation ended in the host's error page. */
  | {
      readonly type: "failed";
      readonly token: NavigationToken;
      readonly url: string;
      readonly failure: LoadFailure;
    }
  | { readonly type: "sameDocument"; readonly url: string }
  /** A message out of the page script. */
  | { readonly type: "message"; readonly text: string }
  | { readonly type: "crashed" }
  | { readonly type: "incident"; readonly incident: Incident }
  | { readonly type: "closed"; readonly reason: "user" | "host" };
