import { roots } from "../fields.ts";
import { windowOf } from "../kinds.ts";
import { parentOf } from "../states.ts";
import { isOverlay } from "./host.ts";

/** A text that the page draws: a text node, an element with a text of its own, or what a style puts before or after one. */
interface Drawn {
  readonly text: string;
  readonly by: Text | Element;
  readonly isGenerated: boolean;
}

const unread = "script, style, noscript, template, textarea, select, iframe, title";
const captioned = "input[type=button], input[type=submit], input[type=reset], img[alt], area[alt]";
/** Styles that draw an element's text a second time, wherever they like. */
const copies = ["text-shadow", "filter", "-webkit-box-reflect"];

let drawn: readonly Drawn[] = [];

/** See {@link PageApi.drawnTexts}. */
export function drawnTexts(): readonly string[] {
  drawn = roots().flatMap((root) => [...textsIn(root)]);
  return drawn.map(({ text }) => text);
}

/** The boxes of these texts, in the viewport; null where a text may be drawn outside of the box that is known for it. */
export function boxesOf(places: readonly number[]): DOMRect[] | null {
  const boxes: DOMRect[] = [];
  for (const place of places) {
    const one = drawn[place];
    if (!one?.by.isConnected) return null;
    if (mayStandElsewhere(one)) return null;
    boxes.push(...boxesAround(one.by));
  }
  return boxes;
}

function* textsIn(root: Document | ShadowRoot): Generator<Drawn> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (!isElement(node)) return NodeFilter.FILTER_ACCEPT;
    const isLeft = isOverlay(node) || node.matches(unread) || !node.checkVisibility();
    // A child with `display: contents` is not visible by itself, and what is in it may be.
    return isLeft && windowOf(node).getComputedStyle(node).display !== "contents"
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!isElement(node)) {
      if ((node as Text).data.trim() !== "") yield { text: (node as Text).data, by: node as Text, isGenerated: false };
      continue;
    }
    yield* generated(node);
    const caption = node.matches(captioned) ? captionOf(node) : "";
    if (caption) yield { text: caption, by: node, isGenerated: false };
  }
}

function* generated(element: Element): Generator<Drawn> {
  for (const place of ["::before", "::after", "::marker"]) {
    const { content } = windowOf(element).getComputedStyle(element, place);
    if (/["']/.test(content)) yield { text: content, by: element, isGenerated: true };
  }
  // A marker whose style is a text has the content `normal`.
  const { display, listStyleType } = windowOf(element).getComputedStyle(element);
  if (/list-item/.test(display) && /["']/.test(listStyleType))
    yield { text: listStyleType, by: element, isGenerated: true };
}

function captionOf(element: Element): string {
  return (element.localName === "input" ? (element as HTMLInputElement).value : element.getAttribute("alt")) ?? "";
}

function boxesAround(node: Text | Element): DOMRect[] {
  if (isElement(node)) return [node.getBoundingClientRect()];
  const range = document.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()];
}

function mayStandElsewhere({ by, isGenerated }: Drawn): boolean {
  // Where a style puts what it generates is known to nobody but the browser.
  if (isGenerated) return true;
  for (let at = isElement(by) ? by : by.parentElement; at; at = parentOf(at)) {
    const style = windowOf(at).getComputedStyle(at);
    if (copies.some((name) => !["none", ""].includes(style.getPropertyValue(name)))) return true;
  }
  return false;
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}
