import type { Point } from "./api.ts";
import { describe } from "./describe.ts";
import { parentOf } from "./states.ts";

/** Where a click on the element goes: the middle of its first box, cut to the viewport. Null when that is outside. */
export function clickPoint(element: Element): Point | null {
  for (const box of element.getClientRects()) {
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    const right = Math.min(box.right, innerWidth);
    const bottom = Math.min(box.bottom, innerHeight);
    if (right - left >= 1 && bottom - top >= 1) return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  return null;
}

/** The element that a click at the point would reach, through open shadow roots. */
export function elementAt({ x, y }: Point): Element | null {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

/** What would take a click at the point in the element's stead, or null when the element gets it. */
export function covering(element: Element, point: Point): string | null {
  const target = element.closest("button, [role=button], a, [role=link]") ?? element;
  const hit = elementAt(point);
  for (let at: Element | null = hit; at; at = parentOf(at)) {
    if (at === target || at === element) return null;
  }
  if (!hit) return "nothing";
  return describe(topUnder(hit, target));
}

/** The outermost ancestor of the hit that does not hold the target: the dialog, rather than a paragraph inside it. */
function topUnder(hit: Element, target: Element): Element {
  let top = hit;
  for (let at = parentOf(hit); at && !holds(at, target); at = parentOf(at)) top = at;
  return top;
}

function holds(ancestor: Element, element: Element): boolean {
  for (let at: Element | null = element; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}
