import { type Done, globals, type PageMessage } from "./api.ts";
import { roots } from "./fields.ts";
import { focused } from "./frames.ts";
import { isA, isFocusable } from "./kinds.ts";
import { done } from "./outcomes.ts";
import { isOverlay, overlayRoot, placeOverlay } from "./overlay/host.ts";

/** See {@link PageApi.deselect}. A field keeps what was selected in it while the focus is elsewhere. */
export function deselect(): Done {
  getSelection()?.removeAllRanges();
  for (const root of roots())
    for (const field of root.querySelectorAll("input, textarea"))
      if (isA(field, "input") || isA(field, "textarea")) collapse(field);
  return done;
}

/** Fields of some types, such as number, have no selection that a script may know. */
function collapse(field: HTMLInputElement | HTMLTextAreaElement): void {
  const { selectionStart, selectionEnd } = field;
  if (selectionStart !== null && selectionStart !== selectionEnd) field.setSelectionRange(selectionEnd, selectionEnd);
}

let blank: HTMLInputElement | null = null;
let before: Element | null = null;

/** See {@link PageApi.blank}. The page hears nothing of the keys that come to it. */
export function showBlank(shown: boolean): Done {
  if (shown) {
    before = focused();
    blank ??= blankField();
    overlayRoot().append(blank);
    placeOverlay();
    blank.focus({ preventScroll: true });
  } else {
    blank?.remove();
    blank = null;
    if (before?.isConnected && isFocusable(before)) before.focus({ preventScroll: true });
  }
  return done;
}

/** Listens for what a person copies, and keeps from the page what happens in the blank field. */
export function listenToClipboard(): void {
  for (const type of ["copy", "cut", "paste"]) addEventListener(type, tellClipboard, { capture: true, passive: true });
  for (const type of ["keydown", "keyup", "copy", "select", "selectionchange"]) addEventListener(type, keep, true);
}

function tellClipboard(event: Event): void {
  if (event.isTrusted && !blank) post({ type: "clipboard" });
}

function keep(event: Event): void {
  const target = event.composedPath()[0];
  if (blank && target instanceof Element && isOverlay(target)) event.stopImmediatePropagation();
}

function blankField(): HTMLInputElement {
  const field = document.createElement("input");
  field.value = " ";
  field.tabIndex = -1;
  field.setAttribute("aria-hidden", "true");
  field.style.cssText = "position: fixed; left: 0; bottom: 0; width: 1px; height: 1px; opacity: 0";
  return field;
}

function post(message: PageMessage): void {
  const binding: unknown = Reflect.get(globalThis, globals.post);
  if (typeof binding === "function") binding(JSON.stringify(message));
}
