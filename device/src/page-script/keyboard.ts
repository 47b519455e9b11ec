import type { Keystroke, Modifier } from "../webview.ts";
import type { Done, Failure, Retry } from "./api.ts";
import { focused } from "./frames.ts";
import { isA, isEditableHost, isFocusable, isHtml, windowOf } from "./kinds.ts";
import { done, replaced, retry } from "./outcomes.ts";
import { actsByScript, ownedFailure } from "./ownership.ts";
import { isEnabled, isVisible } from "./states.ts";

export function focus(element: Element | null): Done | Retry {
  if (!isFocusable(element)) return replaced;
  element.focus();
  // A frame has the focus while something inside it has.
  const { activeElement } = element.getRootNode() as Document | ShadowRoot;
  return activeElement === element ? done : retry("the element does not take the focus", true);
}

/** See {@link PageApi.press}. For hosts without a keyboard: the events are not `isTrusted`, so what they would do is done here. */
export async function press(stroke: Keystroke, holdMs: number): Promise<Done | Failure> {
  const failure = focusFailure();
  if (failure) return failure;
  const held: Modifier[] = [];
  for (const name of stroke.modifiers) {
    held.push(name);
    dispatch("keydown", { key: name, code: `${name}Left`, keyCode: 0 }, held);
  }
  const typed = stroke.text ? stroke.text.charCodeAt(0) : 0;
  const goesOn =
    dispatch("keydown", stroke, held) && (!typed || dispatch("keypress", { ...stroke, keyCode: typed }, held));
  if (goesOn) actsByScript(focused(), () => act(stroke));
  if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs));
  dispatch("keyup", stroke, held);
  while (held.length > 0) {
    const name = held.pop() as Modifier;
    dispatch("keyup", { key: name, code: `${name}Left`, keyCode: 0 }, held);
  }
  return done;
}

/** See {@link PageApi.insertText}. */
export function insertText(text: string): Done | Failure {
  const failure = focusFailure();
  if (failure) return failure;
  actsByScript(focused(), () => focused()?.ownerDocument.execCommand("insertText", false, text));
  return done;
}

function focusFailure(): Failure | null {
  const element = focused();
  return element && ownedFailure(element);
}

function dispatch(type: string, { key, code, keyCode }: Pick<Keystroke, "key" | "code" | "keyCode">, held: Modifier[]) {
  const modifiers = {
    altKey: held.includes("Alt"),
    ctrlKey: held.includes("Control"),
    metaKey: held.includes("Meta"),
    shiftKey: held.includes("Shift"),
  };
  const target = focused() ?? document.body ?? document.documentElement;
  const travels = { bubbles: true, cancelable: true, composed: true, view: windowOf(target) };
  const event = new KeyboardEvent(type, { key, code, keyCode, ...modifiers, ...travels });
  return actsByScript(target, () => target.dispatchEvent(event));
}

function act({ key, text, modifiers }: Keystroke): void {
  const element = focused();
  if (key === "Tab") return moveFocus(modifiers.includes("Shift") ? -1 : 1);
  if (!isHtml(element)) return;
  if ((modifiers.includes("Control") || modifiers.includes("Meta")) && key === "a")
    return void element.ownerDocument.execCommand("selectAll");
  const lines = isA(element, "textarea") || isEditableHost(element);
  if (key === "Enter") return lines ? newLine(element) : enter(element);
  if (key === " " && element.matches("button, summary, [type=checkbox], [type=radio], [type=submit], [type=button]"))
    return element.click();
  if (lines || isA(element, "input")) edit(element.ownerDocument, key, text);
}

function newLine(element: HTMLElement): void {
  if (element.isContentEditable) element.ownerDocument.execCommand("insertParagraph");
  else element.ownerDocument.execCommand("insertText", false, "\n");
}

function edit(page: Document, key: string, text: string): void {
  if (key === "Backspace") page.execCommand("delete");
  else if (key === "Delete") page.execCommand("forwardDelete");
  else if (text) page.execCommand("insertText", false, text);
}

/** A link or button is clicked; an input submits its form, as the HTML standard's implicit submission does. */
function enter(element: HTMLElement): void {
  if (!isA(element, "input") || element.matches("[type=submit], [type=image], [type=button]"))
    return element.matches("a[href], button, summary, input") ? element.click() : undefined;
  const { form } = element;
  if (!form) return;
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLButtonElement>("input, button")];
  const button = fields.find((field) => field.type === "submit" || field.type === "image");
  if (button) return button.click();
  if (fields.filter(submitsAlone).length < 2) form.requestSubmit();
}

function submitsAlone(field: HTMLInputElement | HTMLButtonElement): boolean {
  return isA(field, "input") && !/^(hidden|checkbox|radio|file|range|color|reset|button)$/.test(field.type);
}

function moveFocus(step: 1 | -1): void {
  const page = focused()?.ownerDocument ?? document;
  const stops = [
    ...page.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]",
    ),
  ]
    .filter((element) => element.tabIndex >= 0 && isEnabled(element) && isVisible(element))
    .toSorted((one, other) => (one.tabIndex || Number.MAX_VALUE) - (other.tabIndex || Number.MAX_VALUE));
  const at = stops.indexOf(page.activeElement as HTMLElement);
  const next = at < 0 && step < 0 ? stops.length - 1 : at + step;
  stops[(next + stops.length) % stops.length]?.focus();
}
