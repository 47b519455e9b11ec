import { overlayHost } from "./overlay/host.ts";

/** The HTML inside the element, without the overlay. */
export function innerHtml(element: Element): string {
  return withoutOverlay(element, element.innerHTML);
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
