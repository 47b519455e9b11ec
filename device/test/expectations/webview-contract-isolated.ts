import type { Gap } from "./gap.ts";

const networkIsNotSeen: Gap = {
  cause: "No phone's webview tells an app of the page's requests and their bodies.",
  tests: [
    'fetchInPage, fetchInPage {"url":"/api/bills","as":"json","headersFrom":{"url":"/api/echo","names":["authorization"]}}',
    /^((click|fetchInPage), )?waitForResponse \{/,
    /^((click|fetchInPage), )?extract \{"from":"response"/,
    /^(navigate, )?waitForNetworkIdle \{/,
    "one that came, or comes; the latest; the body where it is asked for",
    "another status",
    "another method",
    "a broken pattern",
    "a body over the limit",
    "waitForResponse > only of the session's origins",
    "the response is waited for, and only what the schema names leaves",
    "a place that is not there",
    "a body that is not JSON",
    "no such response",
  ],
};

const framesOfOthersAreClosed: Gap = {
  cause: "A script can look into frames of its own origin only, and no phone's webview lets an app choose a frame.",
  tests: [
    /"frame=#other >> /,
    "commands act in the page's process",
    "commands act in a process of its own",
    "within each other, covered from outside, and after the frame went elsewhere",
    "only at the session's origins, and only where the host can",
    "the frame's own page sees nothing of it",
    "a click reaches the element in a frame of another site that is > scaled down",
    "a click reaches the element in a frame of another site that is > scaled up",
    "a click reaches the element in a frame of another site that is > zoomed in",
    "a click reaches the element in a frame of another site that is > zoomed out",
    "a click reaches the element in a frame of another site that is > turned",
    "a click reaches the element in a frame of another site that is > in perspective",
    "a click reaches the element in a frame of another site that is > below the fold, within another one, and a third site's",
    "a click reaches the element in a frame of another site that is > below the fold, within another one, and of the same site as its parent",
    "a click reaches the element in a frame of another site that is > below the fold, within another one, and of the page's own site again",
    "a click reaches the element in a frame of another site that is > below the fold, within another one, and in one of the page's own",
  ],
};

const picturesShowWhatIsVisible: Gap = {
  cause: "A webview draws what is visible: there is no picture of the whole page.",
  tests: [
    "fullPage is the whole page, as jpeg",
    "a picture over the frame's limit says what to do",
    "pictures of the whole page cover everything editable",
    "pictures of the whole page, scrolled cover everything editable",
    'screenshot {"format":"jpeg","fullPage":true}',
  ],
};

/** What a webview lacks on either platform. */
const closedRootsAreClosed: Gap = {
  cause: "No script finds a closed shadow root, and a webview does not show its host the document from outside.",
  tests: [
    "pictures cover the fields of a closed root of an ordinary element",
    "pictures cover the fields of a closed root of an element whose children have a slot",
    "pictures cover the fields of a closed root of a custom element with children",
    "pictures cover the fields of a closed root of an element of another closed root",
    "there is no picture of a typed value in a closed root",
  ],
};

export const anyWebview: readonly Gap[] = [
  networkIsNotSeen,
  framesOfOthersAreClosed,
  picturesShowWhatIsVisible,
  closedRootsAreClosed,
];

export const webviewContractIsolated: readonly Gap[] = anyWebview;
