import { overlayHost } from "./overlay/host.ts";

/** The page's structure and text, without what a person typed and without what a site keeps in its HTML for itself. */
export function snapshot(): { readonly title: string; readonly html: string } {
  // In a document without a window nothing is loaded and no custom element runs.
  const inert = document.implementation.createHTMLDocument("");
  const source = document.documentElement;
  if (!source) return { title: document.title, html: "" };
  const copy = inert.importNode(source, true);
  const at = overlayIn(source);
  if (at) copyOf(at, source, copy)?.remove();
  for (const element of [...copy.querySelectorAll(dropped)]) element.remove();
  for (const element of copy.querySelectorAll(typedInto)) element.replaceChildren();
  for (const element of [copy, ...copy.querySelectorAll("*")]) keepAttributes(element);
  for (const comment of comments(inert, copy)) comment.remove();
  return { title: document.title, html: copy.outerHTML };
}

const dropped =
  "script, style, link, meta, base, noscript, template, iframe, frame, object, embed, audio, video, canvas, input[type=hidden i]";
const typedInto = "textarea, output, datalist, [contenteditable]:not([contenteditable=false])";
const kept =
  /^(id|class|role|name|type|for|alt|title|lang|dir|placeholder|autocomplete|inputmode|label|scope|colspan|rowspan|headers|hidden|disabled|readonly|required|open|multiple|contenteditable|tabindex|aria-(label|labelledby|describedby|controls|hidden|disabled|expanded|selected|current|haspopup|modal|live|level))$/;
const addresses = /^(href|src|action|formaction|cite)$/;

/** A list of what stays, since a site may put a value into any attribute. */
function keepAttributes(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (addresses.test(name)) element.setAttribute(name, place(value));
    else if (!kept.test(name)) element.removeAttribute(name);
  }
}

/** The address without its query and fragment; empty for anything that is not of the web. */
function place(address: string): string {
  const url = URL.parse(address, document.baseURI);
  return url && /^https?:$/.test(url.protocol) ? url.origin + url.pathname : "";
}

function overlayIn(source: Element): Element | null {
  const host = overlayHost();
  return source.contains(host) ? host : null;
}

/** The element of the copy at the same place. */
function copyOf(element: Element, source: Element, copy: Element): Element | undefined {
  if (element === source) return copy;
  const parent = element.parentElement && copyOf(element.parentElement, source, copy);
  return parent?.children[[...(element.parentElement?.children ?? [])].indexOf(element)];
}

function comments(owner: Document, root: Element): Comment[] {
  const walker = owner.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  return found;
}
