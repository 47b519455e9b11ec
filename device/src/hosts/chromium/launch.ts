import { type BrowserHost, type LaunchOptions, launchBrowser } from "../browser/launch.ts";
import { ChromiumPage } from "./page.ts";

/** Chromium with all that it can do: trusted input, the network from outside of the page, pictures of the whole page. */
export function launchChromium(options: LaunchOptions = {}): Promise<BrowserHost> {
  return launchBrowser({ openPage: ChromiumPage.open, switches: [] }, options);
}
