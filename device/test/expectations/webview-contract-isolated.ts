import type { Gap } from "./gap.ts";

const networkIsNotSeen: Gap = {
  cause: "No phone's webview tells an app of the page's requests and their bodies.",
  tests: [
    "is met by a fetch, and tells its place; the body only when asked for",
    "all given fields must hold",
    "what was loaded since the last navigate counts, and nothing from before",
    "a document's response, and the redirect before it",
    "a page that leaves at once has had its response",
    "a fetch of a frame without a source, which a wrapped fetch would miss",
    "a body over the limit is refused by name, not cut; nothing and pictures are no body",
    "only of the session's origins",
    "with others: any of them, or all together",
    "waits for what is under way, and for the quiet after it",
    "requests that a page left under way do not count, nor a frame of another site",
    'waitForNetworkIdle {"idleTime":50,"timeout":10000}',
    'navigate, waitForNetworkIdle {"idleTime":50,"timeout":800} is timeout',
  ],
};

const picturesShowWhatIsVisible: Gap = {
  cause: "A webview draws what is visible: there is no picture of the whole page.",
  tests: [
    "fullPage is the whole page, as jpeg",
    "a picture over the frame's limit says what to do",
    'screenshot {"format":"jpeg","fullPage":true}',
  ],
};

const inputIsByScript: Gap = {
  cause: "Events by script are not trusted: `isTrusted` is false, and a key does nothing of its own.",
  tests: [
    "click with trusted input > gives the whole sequence, with coordinates",
    "press with a trusted keyboard > types what the key types, and tells the page its name, code and number",
  ],
};

/** What a webview lacks on either platform. */
export const anyWebview: readonly Gap[] = [networkIsNotSeen, picturesShowWhatIsVisible, inputIsByScript];

export const webviewContractIsolated: readonly Gap[] = anyWebview;
