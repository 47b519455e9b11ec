import type { Done, Point, Retry } from "./api.ts";
import { clickPoint, covering, elementAt } from "./hit-target.ts";

/** The whole pointer sequence by script, for hosts without trusted input. Its events are not `isTrusted`. */
export function click(element: Element | null): Done | Retry {
  if (!element) return { kind: "retry", reason: "the element was replaced", found: true };
  const point = clickPoint(element);
  const cover = point ? covering(element, point) : "nothing";
  const target = point && elementAt(point);
  if (!point || cover || !target) return { kind: "retry", reason: `the element is covered by ${cover}`, found: true };

  for (const type of ["over", "enter", "move"]) pointerAndMouse(target, type, point, 0);
  if (pointerAndMouse(target, "down", point, 1)) focusNear(target);
  pointerAndMouse(target, "up", point, 0);
  target.dispatchEvent(new PointerEvent("click", { ...where(point, 0), ...pointer, detail: 1 }));
  return { kind: "done" };
}

const pointer = { pointerId: 1, pointerType: "mouse", isPrimary: true };

function pointerAndMouse(target: Element, type: string, point: Point, buttons: number): boolean {
  const bubbles = type !== "enter";
  const init = { ...where(point, buttons), bubbles, cancelable: bubbles };
  target.dispatchEvent(
    new PointerEvent(`pointer${type}`, { ...init, ...pointer, button: type === "down" || type === "up" ? 0 : -1 }),
  );
  return target.dispatchEvent(
    new MouseEvent(`mouse${type}`, { ...init, detail: type === "down" || type === "up" ? 1 : 0 }),
  );
}

function where({ x, y }: Point, buttons: number) {
  const at = { clientX: x, clientY: y, screenX: screenX + x, screenY: screenY + y };
  return { ...at, buttons, button: 0, bubbles: true, cancelable: true, composed: true, view: window };
}

function focusNear(target: Element): void {
  const focusable = target.closest<HTMLElement>(
    "a[href], button, input, select, textarea, [tabindex], [contenteditable]",
  );
  if (focusable) focusable.focus({ preventScroll: true });
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
