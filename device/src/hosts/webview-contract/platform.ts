import type { Evaluation, LoadFailure } from "../../webview.ts";
import type { CdpSession } from "../browser/pipe.ts";

/**
 * What a phone's webview reports about its main frame, in the order in which it tells it. No event names its navigation: Android
 * has no such name, so the contract host does without.
 */
export type PlatformEvent =
  /** WKWebView alone: didStartProvisionalNavigation. */
  | { readonly type: "started"; readonly url: string }
  /** decidePolicyForNavigationResponse; on Android onReceivedHttpError, from 400 on. */
  | { readonly type: "responded"; readonly status: number }
  /** didCommitNavigation; onPageStarted. */
  | { readonly type: "committed"; readonly url: string }
  /** didFinishNavigation; onPageFinished, which Android also calls for fragments and for loads that came to nothing. */
  | { readonly type: "finished"; readonly url: string }
  /** didFailProvisionalNavigation; onReceivedError of the main frame. */
  | { readonly type: "failed"; readonly url: string; readonly failure: LoadFailure }
  /** The observed `URL` changes without a commit; doUpdateVisitedHistory without onPageStarted. */
  | { readonly type: "moved"; readonly url: string };

/** How the device's script lives in the page, and how the device speaks with it. */
export interface Scripts {
  /** As the webview's. */
  readonly sharesWorld: boolean;
  /** Whether the page tells the status of its document where the platform does not. */
  readonly tellsStatus: boolean;
  /** @param onLeaving the document is about to be replaced; called where the platform does not report that a navigation starts. */
  install(onMessage: (text: string) => void, onLeaving: () => void): Promise<void>;
  /** As `install`, in another window: what the script says there is heard, and nothing there is called. */
  installIn(window: CdpSession, onMessage: (text: string) => void): Promise<void>;
  call(name: string, args: readonly unknown[]): Promise<Evaluation>;
  evaluate(expression: string): Promise<Evaluation>;
  evaluateApart(expression: string): Promise<Evaluation>;
  /** Resolves once the document's `readyState` is this one or a later one; no platform reports DOMContentLoaded. */
  arrived(state: "interactive" | "complete"): Promise<Evaluation>;
  status(): Promise<number | null>;
  /** A new document is there: what is under way in the old one is answered `gone`. */
  documentChanged(): void;
}
