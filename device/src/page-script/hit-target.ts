import type { Point } from "./api.ts";
import { describe } from "./describe.ts";
import { frameAround, outside } from "./frames.ts";
import { windowOf } from "./kinds.ts";
import { pressable } from "./retarget.ts";
import { parentOf } from "./states.ts";

/**
 * Where the pointer goes for the element, in its own document's viewport: the position within it, or the middle of its first
 * box, cut to the viewport. Null when that is outside.
 */
export function clickPoint(element: Element, position?: Point): Point | null {
  const view = windowOf(element);
  if (position) {
    const point = wantedPoint(element, position);
    return point && isInside(view, point) ? point : null;
  }
  for (const box of boxesOf(element)) {
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    const right = Math.min(box.right, view.innerWidth);
    const bottom = Math.min(box.bottom, view.innerHeight);
    if (right - left >= 1 && bottom - top >= 1) return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  return null;
}

/** As {@link clickPoint}, wherever it is. Null for an element without a box. */
export function wantedPoint(element: Element, position?: Point): Point | null {
  const [box] = boxesOf(element);
  if (!box) return null;
  if (!position) return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const { left, top } = element.getClientRects().length > 0 ? element.getBoundingClientRect() : box;
  return { x: left + element.clientLeft + position.x, y: top + element.clientTop + position.y };
}

/** The boxes that the element is drawn in; those of its content where it has none itself (`display: contents`). */
function boxesOf(element: Element): readonly DOMRect[] {
  const own = [...element.getClientRects()].filter(isDrawn);
  if (own.length > 0 || windowOf(element).getComputedStyle(element).display !== "contents") return own;
  const content = element.ownerDocument.createRange();
  content.selectNodeContents(element);
  return [...content.getClientRects()].filter(isDrawn);
}

function isDrawn({ width, height }: DOMRect): boolean {
  return width > 0 && height > 0;
}

/** The element of the document that a click at the point would reach, through open shadow roots. */
export function elementAt({ x, y }: Point, document: Document): Element | null {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

/** Why a click would not reach the element, in its document or in one around it; null when it would. */
export function obstacle(element: Element, position?: Point): string | null {
  const point = clickPoint(element, position);
  return point ? obstacleAt(element, point) : outOfSight;
}

/** As {@link obstacle}, for a point of the element's document. */
export function obstacleAt(element: Element, point: Point): string | null {
  if (!isInside(windowOf(element), point)) return outOfSight;
  const cover = covering(element, point);
  if (cover) return `the element is covered by ${cover}`;
  const frame = frameAround(element);
  return frame && obstacleAt(frame, outside(frame, point));
}

export const outOfSight = "the element is outside the window";

/** What would take a click at the point in the element's stead, or null when the element gets it. */
function covering(element: Element, point: Point): string | null {
  const target = pressable(element);
  const hit = elementAt(point, element.ownerDocument);
  for (let at: Element | null = hit; at; at = parentOf(at)) {
    if (at === target || at === element) return null;
  }
  if (!hit) return "nothing";
  return describe(topUnder(hit, target));
}

function isInside({ innerWidth, innerHeight }: Window, { x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
}

/** The outermost ancestor of the hit that does not hold the target: the dialog, rather than a paragraph inside it. */
export function topUnder(hit: Element, target: Element): Element {
  let top = hit;
  for (let at = parentOf(hit); at && !holds(at, target); at = parentOf(at)) top = at;
  return top;
}

function holds(ancestor: Element, element: Element): boolean {
  for (let at: Element | null = element; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}
