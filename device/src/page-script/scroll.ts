import type { Point } from "./api.ts";
import { frameAround, outside } from "./frames.ts";
import { windowOf } from "./kinds.ts";
import { parentOf } from "./states.ts";

/**
 * Scrolls what is around the element until the point shows, in the element's document and in those around it that this script
 * can see. `scrollIntoView` knows no points, and goes on in documents of other processes at some later time.
 * @param pointOf where the point is now, in the element's document; null when it is nowhere.
 */
export function scrollToPoint(element: Element, pointOf: () => Point | null): void {
  const view = windowOf(element);
  for (let at = parentOf(element); at; at = parentOf(at)) {
    if (at === element.ownerDocument.scrollingElement || !scrolls(at)) continue;
    const box = at.getBoundingClientRect();
    const [left, top] = [box.left + at.clientLeft, box.top + at.clientTop];
    bring(at, pointOf(), { left, top, right: left + at.clientWidth, bottom: top + at.clientHeight });
  }
  bring(view, pointOf(), { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight });
  const frame = frameAround(element);
  if (!frame) return;
  scrollToPoint(frame, () => {
    const point = pointOf();
    return point && outside(frame, point);
  });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function bring(scroller: Element | Window, point: Point | null, { left, top, right, bottom }: Box): void {
  if (!point) return;
  const { x, y } = point;
  scroller.scrollBy({
    left: x >= left && x < right ? 0 : x - (left + right) / 2,
    top: y >= top && y < bottom ? 0 : y - (top + bottom) / 2,
    behavior: "instant",
  });
}

function scrolls(element: Element): boolean {
  return element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth;
}
