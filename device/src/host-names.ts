/**
 * `chromium` uses all that Chromium can do. The contract hosts run the same Chromium by what WKWebView (`isolated`) and
 * Android WebView (`page`) can do.
 */
export const hostNames = ["chromium", "webview-contract-isolated", "webview-contract-page"] as const;
export type HostName = (typeof hostNames)[number];
