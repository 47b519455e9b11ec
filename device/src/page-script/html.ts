import type { Failure, Read, Retry } from "./api.ts";
import { isHtml } from "./kinds.ts";
import { notActionable, read, replaced } from "./outcomes.ts";
import { overlayHost } from "./overlay/host.ts";

/** The HTML inside the element, without the overlay. */
export function innerHtml(element: Element): string {
  return withoutOverlay(element, element.innerHTML);
}

/** The rendered text of the element, as `innerText` gives it. */
export function innerText(element: Element | null): Read<string> | Retry | Failure {
  if (!element) return replaced;
  // biome-ignore lint/performance/useDomNodeTextContent: what is rendered is what is asked for
  return isHtml(element) ? read(element.innerText) : notActionable("only an HTML element has innerText");
}

/** The HTML of the document, with its doctype and without the overlay. */
export function content(): string {
  const root = document.documentElement;
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  return type + (root ? withoutOverlay(root, root.outerHTML) : "");
}

/** Cut out of the text: a copy of the tree would load its pictures and run its custom elements. */
function withoutOverlay(element: Element, html: string): string {
  const host = overlayHost();
  return element.contains(host) ? html.replace(host.outerHTML, "") : html;
}
