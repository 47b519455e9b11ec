/**
 * The element's text as a person reads it, in one line: words that stand apart on the page stand apart in the text, and what is
 * never shown (`display: none`, hidden elements, scripts, closed details) is left out. Unlike `innerText` it goes through open
 * shadow roots and slots, and keeps the letters that the document has where a style capitalises them. Of an element that is not
 * shown itself it returns what would be read if it were.
 */
export function shownText(element: Element): string {
  const parts: string[] = [];
  const isShown = isRendered(element);
  const isHidden = getComputedStyle(element).visibility !== "visible";
  collect(element, { parts, isShown, isHidden });
  return parts.join("").replace(/\s+/g, " ").trim();
}

interface Walk {
  readonly parts: string[];
  /** Whether the walk is in what is rendered: only then can a child be told from one that is not. */
  readonly isShown: boolean;
  /** Whether the element that was asked for is hidden: then all that it holds may be. */
  readonly isHidden: boolean;
}

function collect(parent: Element, walk: Walk): void {
  const { visibility } = getComputedStyle(parent);
  const within = name(parent) === "select" ? { ...walk, isShown: false } : walk;
  for (const child of childrenOf(parent)) {
    if (type.call(child) === Node.TEXT_NODE) {
      if (walk.isHidden || visibility === "visible") walk.parts.push((child as Text).data);
    } else if (type.call(child) === Node.ELEMENT_NODE) visit(child as Element, within);
  }
}

function visit(element: Element, walk: Walk): void {
  if (name(element) === "br") return void walk.parts.push(" ");
  const { display } = getComputedStyle(element);
  if (display === "none" || name(element) === "textarea") return;
  if (walk.isShown && display !== "contents" && !isRendered(element)) return;
  const apart = /^(inline|contents|ruby)/.test(display) ? "" : " ";
  walk.parts.push(apart);
  collect(element, walk);
  walk.parts.push(apart);
}

/** In the flat tree: a shadow root in place of its host's children, which show where slots put them. */
function* childrenOf(element: Element): Iterable<Node> {
  const root = shadowRoot.call(element) as ShadowRoot | null;
  if (!root && name(element) === "slot") {
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) return yield* assigned;
  }
  const isClosed = name(element) === "details" && !Element.prototype.hasAttribute.call(element, "open");
  for (let child = firstChild.call(root ?? element); child; child = nextSibling.call(child))
    if (!isClosed || name(child as Node) === "summary") yield child as Node;
}

// Of the prototypes: a form's fields and an element's attributes can take the place of its own properties.
const firstChild = getter(Node.prototype, "firstChild");
const nextSibling = getter(Node.prototype, "nextSibling");
const type = getter(Node.prototype, "nodeType");
const localName = getter(Element.prototype, "localName");
const shadowRoot = getter(Element.prototype, "shadowRoot");

function getter(prototype: object, property: string): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, property)?.get ?? (() => null);
}

/** Null for a node that is no element. */
function name(node: Node): unknown {
  return type.call(node) === Node.ELEMENT_NODE ? localName.call(node) : null;
}

function isRendered(element: Element): boolean {
  return Element.prototype.checkVisibility.call(element);
}
