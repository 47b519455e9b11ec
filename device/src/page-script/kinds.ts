const html = "http://www.w3.org/1999/xhtml";

/** By name and not by `instanceof`: the elements of another frame have constructors of their own. */
export function isA<Name extends keyof HTMLElementTagNameMap>(
  element: Element | null,
  name: Name,
): element is HTMLElementTagNameMap[Name] {
  return element?.localName === name && element.namespaceURI === html;
}

export function isHtml(element: Element | null): element is HTMLElement {
  return element?.namespaceURI === html;
}

/** HTML, SVG or MathML: what may take the focus. */
export function isFocusable(element: Element | null): element is HTMLElement {
  return element !== null && "focus" in element;
}

export function isEditableHost(element: Element | null): element is HTMLElement {
  return isHtml(element) && element.isContentEditable;
}

export function isFrame(element: Element | null): element is HTMLIFrameElement {
  return isA(element, "iframe") || isA(element, "frame" as never);
}

export function windowOf(element: Element): Window & typeof globalThis {
  return element.ownerDocument.defaultView ?? window;
}
