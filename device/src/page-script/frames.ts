import type { Point } from "./api.ts";
import { isFrame, windowOf } from "./kinds.ts";

/** The frame element around the element's document, where this script can see it. */
export function frameAround(element: Element): Element | null {
  const view = windowOf(element);
  return view === window ? null : view.frameElement;
}

/** A point of the frame's document, as one of the document that the frame is in. */
export function outside(frame: Element, { x, y }: Point): Point {
  const box = frame.getBoundingClientRect();
  const style = windowOf(frame).getComputedStyle(frame);
  return {
    x: x + box.left + frame.clientLeft + Number.parseFloat(style.paddingLeft),
    y: y + box.top + frame.clientTop + Number.parseFloat(style.paddingTop),
  };
}

/** A point of the element's document, as one of this script's window. */
export function inWindow(element: Element, point: Point): Point {
  const frame = frameAround(element);
  return frame ? inWindow(frame, outside(frame, point)) : point;
}

/** The element with the focus, in open shadow roots and in frames of the same origin too. */
export function focused(): Element | null {
  let element = document.activeElement;
  for (;;) {
    const inner = isFrame(element) ? element.contentDocument?.activeElement : element?.shadowRoot?.activeElement;
    if (!inner) return element;
    element = inner;
  }
}
