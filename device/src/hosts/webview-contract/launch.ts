import type { FirstPage } from "../browser/first-page.ts";
import { type BrowserHost, type LaunchOptions, launchBrowser, type OpenPage } from "../browser/launch.ts";
import { androidCallbacks, wkCallbacks } from "./callbacks.ts";
import { ContentWorld } from "./content-world.ts";
import { ContractPage } from "./page.ts";
import { PageWorld } from "./page-world.ts";

/** `isolated`: the page script has a world of its own, as on WKWebView. `page`: it lives in the page's, as on Android WebView. */
export type WebviewVariant = "isolated" | "page";

const variants = {
  isolated: (first: FirstPage, script: string) => new ContractPage(first, wkCallbacks, new ContentWorld(first, script)),
  page: (first: FirstPage, script: string) => new ContractPage(first, androidCallbacks, new PageWorld(first, script)),
} as const;

/** The same Chromium, but through nothing that a phone's webview has not: no trusted input, no view of the network. */
export function launchWebviewContract(variant: WebviewVariant, options: LaunchOptions = {}): Promise<BrowserHost> {
  const openPage: OpenPage = async (first, script) => {
    const page = variants[variant](first, script);
    await page.start();
    return page;
  };
  // javaScriptCanOpenWindowsAutomatically: a click by script is no gesture.
  return launchBrowser({ openPage, switches: ["--disable-popup-blocking"] }, options);
}
