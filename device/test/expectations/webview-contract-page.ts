import type { Gap } from "./gap.ts";
import { anyWebview } from "./webview-contract-isolated.ts";

export const webviewContractPage: readonly Gap[] = [
  ...anyWebview,
  {
    cause:
      "Chromium keeps a popup's first, empty window for the document that it is opened with, and runs no document-start script of the page's own world there again. A WebView of its own does.",
    tests: ["a field for a secret in a popup makes the page private"],
  },
  {
    cause: "A sandboxed document without allow-scripts runs no script in the page's own world.",
    tests: ["works in a sandbox without scripts"],
  },
  {
    cause:
      "The script of a page cannot speak with that of a frame of its origin, which alone knows what the person typed there.",
    tests: [
      "a field in a frame takes nothing from the automation, and answers no question",
      "every command works there, by enter-frame",
      "every command works there, by a readable path",
      "every command works there, by any selector for the frame",
    ],
  },
  {
    cause: "Of a program of statements, evaluateJavascript answers what it can turn into JSON, and null for the rest.",
    tests: ["const ring = {}; ring.self = ring; ring is evaluate_failed, by its message alone"],
  },
];
