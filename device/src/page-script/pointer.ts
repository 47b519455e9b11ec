import type { Clicking, Done, Failure, Point, Pointing, Retry } from "./api.ts";
import { commitProblem } from "./commit.ts";
import { clickPoint, elementAt, obstacle } from "./hit-target.ts";
import { isFocusable, windowOf } from "./kinds.ts";
import { nextTask } from "./moments.ts";
import { done, notActionable, replaced, retry } from "./outcomes.ts";
import { actsByScript } from "./ownership.ts";
import { parentOf } from "./states.ts";

const buttons = {
  left: { button: 0, held: 1 },
  right: { button: 2, held: 2 },
  middle: { button: 1, held: 4 },
} as const;

let last: Element | null = null;

/**
 * The whole pointer sequence by script, for hosts without trusted input. Its events are not `isTrusted`. A person's press and
 * release are tasks of their own, and frameworks draw in between.
 */
export async function click(element: Element | null, how: Clicking): Promise<Done | Retry | Failure> {
  const before = aim(element, how);
  if ("kind" in before) return before;
  moveTo(before);
  // The page has heard the pointer come, and may have put something in its way.
  const at = aim(element, how);
  if ("kind" in at) return at;
  for (let count = 1; count <= how.clickCount; count++) {
    if (count > 1) await nextTask();
    const problem = await press(at, how, count, () => (how.commit && element ? commitProblem(element) : null));
    if (problem) return notActionable(problem);
  }
  return done;
}

/** The pointer's way to the element by script. Styles for `:hover` do not follow it. */
export function hover(element: Element | null, how: Pointing): Done | Retry {
  const at = aim(element, how);
  if ("kind" in at) return at;
  moveTo(at);
  return done;
}

/** What the pointer is over, and where in its document. */
interface Spot {
  readonly target: Element;
  readonly point: Point;
  readonly keys: ReturnType<typeof keysOf>;
}

function aim(element: Element | null, { position, force, modifiers }: Pointing): Spot | Retry {
  if (!element?.isConnected) return replaced;
  const why = obstacle(element, position);
  if (why && !(force && why.includes("covered"))) return retry(why, true);
  const point = clickPoint(element, position);
  const target = point && elementAt(point, element.ownerDocument);
  return target ? { target, point, keys: keysOf(modifiers) } : retry("the element is outside the window", true);
}

function moveTo(spot: Spot): void {
  const { target } = spot;
  const from = last?.isConnected ? last : null;
  last = target;
  if (from !== target) {
    if (from) {
      both({ ...spot, target: from }, "out", { relatedTarget: target });
      for (const left of upTo(from, target)) both({ ...spot, target: left }, "leave", { bubbles: false });
    }
    both(spot, "over", { relatedTarget: from });
    for (const entered of upTo(target, from).reverse()) both({ ...spot, target: entered }, "enter", { bubbles: false });
  }
  both(spot, "move", {});
}

/** @param hindered asked in the task of each press: why there is none. */
async function press(
  spot: Spot,
  { button: name }: Clicking,
  detail: number,
  hindered: () => string | null,
): Promise<string | null> {
  const early = hindered();
  if (early) return early;
  const { button, held } = buttons[name];
  // A pointerdown that is prevented takes the mouse events with it; a control that is disabled gets none.
  const mouse = pointer(spot, "down", { button, buttons: held }) && !isDisabled(spot.target);
  if (mouse && mouseEvent(spot, "mousedown", { button, buttons: held, detail })) focusNear(spot.target);
  await nextTask();
  const under = elementAt(spot.point, spot.target.ownerDocument) ?? spot.target;
  const up = { ...spot, target: under };
  pointer(up, "up", { button, buttons: 0 });
  if (isDisabled(under)) return null;
  if (mouse) mouseEvent(up, "mouseup", { button, detail });
  const clicked = meeting(spot.target, under);
  if (!clicked || isDisabled(clicked)) return null;
  const late = hindered();
  if (late) return late;
  const type = button === 0 ? "click" : button === 1 ? "auxclick" : "contextmenu";
  dispatch(PointerEvent, { ...spot, target: clicked }, type, { ...mousePointer, button, detail });
  if (button === 2)
    dispatch(PointerEvent, { ...spot, target: clicked }, "auxclick", { ...mousePointer, button, detail });
  if (button === 0 && detail === 2) mouseEvent({ ...spot, target: clicked }, "dblclick", { detail });
  return null;
}

const mousePointer = { pointerId: 1, pointerType: "mouse", isPrimary: true };

function both(spot: Spot, type: string, init: MouseEventInit): void {
  pointer(spot, type, init);
  mouseEvent(spot, `mouse${type}`, init);
}

function pointer(spot: Spot, type: string, init: MouseEventInit): boolean {
  // A mouse has no sensor: half while a button is held, by the standard.
  const pressure = init.buttons ? 0.5 : 0;
  return dispatch(PointerEvent, spot, `pointer${type}`, { button: -1, pressure, ...mousePointer, ...init });
}

function mouseEvent(spot: Spot, type: string, init: MouseEventInit): boolean {
  return dispatch(MouseEvent, spot, type, init);
}

function dispatch(
  Kind: new (type: string, init: PointerEventInit) => Event,
  { target, point: { x, y }, keys }: Spot,
  type: string,
  init: PointerEventInit,
): boolean {
  const at = { clientX: x, clientY: y, screenX: screenX + x, screenY: screenY + y };
  const travels = { bubbles: true, cancelable: init.bubbles !== false, composed: true, view: windowOf(target) };
  const event = new Kind(type, { button: 0, ...at, ...keys, ...travels, ...init });
  return actsByScript(target, () => target.dispatchEvent(event));
}

function keysOf(modifiers: Pointing["modifiers"]) {
  return {
    altKey: modifiers.includes("Alt"),
    ctrlKey: modifiers.includes("Control"),
    metaKey: modifiers.includes("Meta"),
    shiftKey: modifiers.includes("Shift"),
  };
}

function isDisabled(target: Element): boolean {
  return target.closest("button, input, select, textarea, option")?.matches(":disabled") ?? false;
}

/** The element and its ancestors that do not hold the other. */
function upTo(element: Element, other: Element | null): Element[] {
  const list: Element[] = [];
  for (let at: Element | null = element; at && !(other && at.contains(other)); at = parentOf(at)) list.push(at);
  return list;
}

/** A click is for what holds both the press and the release. */
function meeting(down: Element, up: Element): Element | null {
  for (let at: Element | null = up; at; at = parentOf(at)) if (at.contains(down) || at === down) return at;
  return null;
}

function focusNear(target: Element): void {
  const near = target.closest("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]");
  const { activeElement } = target.ownerDocument;
  if (isFocusable(near)) near.focus({ preventScroll: true });
  else if (isFocusable(activeElement)) activeElement.blur();
}
