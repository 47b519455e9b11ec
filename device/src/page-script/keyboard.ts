import type { Keystroke, Modifier } from "../webview.ts";
import type { Done, Retry } from "./api.ts";
import { isEnabled, isVisible } from "./states.ts";

export function focus(element: Element | null): Done | Retry {
  if (!(element instanceof HTMLElement || element instanceof SVGElement))
    return { kind: "retry", reason: "the element was replaced", found: true };
  element.focus();
  if (focused() === element) return { kind: "done" };
  return { kind: "retry", reason: "the element does not take the focus", found: true };
}

/** See {@link PageApi.press}. For hosts without a keyboard: the events are not `isTrusted`, so what they would do is done here. */
export function press(stroke: Keystroke): Done {
  const held: Modifier[] = [];
  for (const name of stroke.modifiers) {
    held.push(name);
    dispatch("keydown", { key: name, code: `${name}Left`, keyCode: 0 }, held);
  }
  const typed = stroke.text ? stroke.text.charCodeAt(0) : 0;
  const goesOn =
    dispatch("keydown", stroke, held) && (!typed || dispatch("keypress", { ...stroke, keyCode: typed }, held));
  if (goesOn) act(stroke);
  dispatch("keyup", stroke, held);
  while (held.length > 0) {
    const name = held.pop() as Modifier;
    dispatch("keyup", { key: name, code: `${name}Left`, keyCode: 0 }, held);
  }
  return { kind: "done" };
}

function dispatch(type: string, { key, code, keyCode }: Pick<Keystroke, "key" | "code" | "keyCode">, held: Modifier[]) {
  const modifiers = {
    altKey: held.includes("Alt"),
    ctrlKey: held.includes("Control"),
    metaKey: held.includes("Meta"),
    shiftKey: held.includes("Shift"),
  };
  const init = { key, code, keyCode, ...modifiers, bubbles: true, cancelable: true, composed: true, view: window };
  return (focused() ?? document.body ?? document.documentElement).dispatchEvent(new KeyboardEvent(type, init));
}

function act({ key, text, modifiers }: Keystroke): void {
  const element = focused();
  if (key === "Tab") return moveFocus(modifiers.includes("Shift") ? -1 : 1);
  if (!(element instanceof HTMLElement)) return;
  if ((modifiers.includes("Control") || modifiers.includes("Meta")) && key === "a")
    return void document.execCommand("selectAll");
  const lines = element instanceof HTMLTextAreaElement || element.isContentEditable;
  if (key === "Enter") return lines ? newLine(element) : enter(element);
  if (key === " " && element.matches("button, summary, [type=checkbox], [type=radio], [type=submit], [type=button]"))
    return element.click();
  if (lines || element instanceof HTMLInputElement) edit(key, text);
}

function newLine(element: HTMLElement): void {
  if (element.isContentEditable) document.execCommand("insertParagraph");
  else document.execCommand("insertText", false, "\n");
}

function edit(key: string, text: string): void {
  if (key === "Backspace") document.execCommand("delete");
  else if (key === "Delete") document.execCommand("forwardDelete");
  else if (text) document.execCommand("insertText", false, text);
}

/** A link or button is clicked; an input submits its form, as the HTML standard's implicit submission does. */
function enter(element: HTMLElement): void {
  if (!(element instanceof HTMLInputElement) || element.matches("[type=submit], [type=image], [type=button]"))
    return element.matches("a[href], button, summary, input") ? element.click() : undefined;
  const { form } = element;
  if (!form) return;
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLButtonElement>("input, button")];
  const button = fields.find((field) => field.type === "submit" || field.type === "image");
  if (button) return button.click();
  if (fields.filter(submitsAlone).length < 2) form.requestSubmit();
}

function submitsAlone(field: HTMLInputElement | HTMLButtonElement): boolean {
  return (
    field instanceof HTMLInputElement && !/^(hidden|checkbox|radio|file|range|color|reset|button)$/.test(field.type)
  );
}

function moveFocus(step: 1 | -1): void {
  const stops = [
    ...document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]",
    ),
  ]
    .filter((element) => element.tabIndex >= 0 && isEnabled(element) && isVisible(element))
    .toSorted((one, other) => (one.tabIndex || Number.MAX_VALUE) - (other.tabIndex || Number.MAX_VALUE));
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 && step < 0 ? stops.length - 1 : at + step;
  stops[(next + stops.length) % stops.length]?.focus();
}

/** The element with the focus, in open shadow roots too. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
