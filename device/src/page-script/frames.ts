import type { Point } from "./api.ts";
import { isFrame, windowOf } from "./kinds.ts";

/** The frame element around the element's document, where this script can see it. */
export function frameAround(element: Element): Element | null {
  const view = windowOf(element);
  return view === window ? null : view.frameElement;
}

/** A point of the frame's document, as one of the document that the frame is in, through transforms and CSS zoom. */
export function outside(frame: Element, { x, y }: Point): Point {
  const style = windowOf(frame).getComputedStyle(frame);
  const zoom = (frame as { currentCSSZoom?: number }).currentCSSZoom ?? 1;
  const wanted = {
    x: (x + Number.parseFloat(style.paddingLeft)) * zoom,
    y: (y + Number.parseFloat(style.paddingTop)) * zoom,
  };
  const box = frame.getBoundingClientRect();
  let at = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  // The browser maps only inwards. Each step is exact for whatever is no perspective.
  for (let step = 0; step < 8; step++) {
    const here = within(frame, at);
    const off = { x: wanted.x - here.x, y: wanted.y - here.y };
    if (Math.hypot(off.x, off.y) < 0.01) break;
    const [right, down] = [within(frame, { x: at.x + 10, y: at.y }), within(frame, { x: at.x, y: at.y + 10 })];
    const [a, b, c, d] = [right.x - here.x, down.x - here.x, right.y - here.y, down.y - here.y];
    const area = a * d - b * c;
    if (area === 0) break;
    at = { x: at.x + (10 * (d * off.x - b * off.y)) / area, y: at.y + (10 * (a * off.y - c * off.x)) / area };
  }
  return at;
}

/** Where in the element's padding box a point of its document is: what a pointer event says of its target. */
function within(element: Element, { x, y }: Point): Point {
  const probe = new PointerEvent(probeType, { clientX: x, clientY: y, view: windowOf(element) });
  element.dispatchEvent(probe);
  return { x: probe.offsetX, y: probe.offsetY };
}

/** A name that no page listens for. */
const probeType = crypto.getRandomValues(new Uint32Array(4)).join("-");

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
