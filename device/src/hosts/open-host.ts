import type { BrowserHost, LaunchOptions } from "./browser/launch.ts";
import { launchChromium } from "./chromium/launch.ts";
import { launchWebviewContract } from "./webview-contract/launch.ts";

/**
 * `chromium` uses all that Chromium can do. The contract hosts run the same Chromium by what WKWebView (`isolated`) and
 * Android WebView (`page`) can do.
 */
export const hostNames = ["chromium", "webview-contract-isolated", "webview-contract-page"] as const;
export type HostName = (typeof hostNames)[number];

export function openHost(name: HostName, options: LaunchOptions = {}): Promise<BrowserHost> {
  switch (name) {
    case "chromium":
      return launchChromium(options);
    case "webview-contract-isolated":
      return launchWebviewContract("isolated", options);
    case "webview-contract-page":
      return launchWebviewContract("page", options);
  }
}
