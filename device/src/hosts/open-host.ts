import type { HostName } from "../host-names.ts";
import type { BrowserHost, LaunchOptions } from "./browser/launch.ts";
import { launchChromium } from "./chromium/launch.ts";
import { launchWebviewContract } from "./webview-contract/launch.ts";

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
