import { isOverlay, overlayRoot } from "./host.ts";

/** What a person does with a pointer or a key. */
const deeds = [
  ...["down", "up", "move", "rawupdate", "over", "out", "enter", "leave", "cancel"].map((name) => `pointer${name}`),
  ...["down", "up", "move", "over", "out", "enter", "leave"].map((name) => `mouse${name}`),
  ...["start", "move", "end", "cancel"].map((name) => `touch${name}`),
  ...["gotpointercapture", "lostpointercapture", "click", "dblclick", "auxclick", "contextmenu", "wheel"],
  ...["keydown", "keypress", "keyup", "beforeinput", "input", "dragstart", "selectstart"],
];

/** What a button of the overlay does. */
export interface Pressable {
  press(): void;
  /** Whether a press that begins now may be meant for the button, which then has to stand still as well. */
  begins?(): boolean;
}

const pressables = new WeakMap<Element, Pressable>();
/** The button that a pointer is held down on, and where it stood then. */
let held: { readonly button: Element; readonly place: string; readonly counts: boolean } | null = null;

export function onPress(button: Element, pressable: Pressable): void {
  pressables.set(button, pressable);
}

/**
 * Listens before any script of the page does, and keeps what is done to the overlay from the page: the overlay's own elements
 * hear nothing of it either, and are told from here. What an element does by itself, such as taking the focus, it still does.
 */
export function listenToPresses(): void {
  for (const type of deeds) addEventListener(type, hear, { capture: true });
}

function hear(event: Event): void {
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || !isOverlay(target)) return;
  event.stopImmediatePropagation();
  if (!event.isTrusted) return;
  if (event.type === "pointerdown") hold(event as PointerEvent);
  if (event.type === "click") release(event as PointerEvent);
}

function hold(event: PointerEvent): void {
  const button = buttonAt(event);
  held = button && {
    button,
    place: placeOf(button),
    counts: event.button === 0 && pressables.get(button)?.begins?.() !== false,
  };
}

/** A click counts for the button that the press began on. One of a card that is still on its way in counts too, but not for a yes. */
function release(event: PointerEvent): void {
  const before = held;
  held = null;
  // Of a key, or of a program that reads the page aloud.
  const byKey = event.detail === 0;
  const button = byKey ? focusedButton() : buttonAt(event);
  if (!button) return;
  const pressable = pressables.get(button);
  const stoodStill = !pressable?.begins || before?.place === placeOf(button);
  if (byKey || (before?.counts && before.button === button && stoodStill)) pressable?.press();
}

function buttonAt({ clientX, clientY }: PointerEvent): Element | null {
  return overlayRoot().elementFromPoint(clientX, clientY)?.closest("button") ?? null;
}

function focusedButton(): Element | null {
  return overlayRoot().activeElement?.closest("button") ?? null;
}

/** Where the element stands in the window, to the pixel. */
export function placeOf(element: Element): string {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map(Math.round).join();
}

/** Whether a press in the middle of the element would reach it. */
export function isReached(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const outer = document.elementFromPoint(x, y);
  return outer !== null && isOverlay(outer) && overlayRoot().elementFromPoint(x, y) === element;
}
