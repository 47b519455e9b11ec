import type { Done, Failure, Retry } from "./api.ts";
import { describe } from "./describe.ts";

const typed = new Set(["", "text", "email", "password", "search", "tel", "url", "number"]);
const set = new Set(["color", "date", "datetime-local", "month", "range", "time", "week"]);

/** Why the element can never be filled, or null. */
export function unfillable(element: Element): string | null {
  if (element instanceof HTMLInputElement) {
    if (typed.has(element.type) || set.has(element.type)) return null;
    const instead = element.type === "checkbox" || element.type === "radio" ? "; click it" : "";
    return `An input of type ${element.type} cannot be filled${instead}`;
  }
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return null;
  if (element instanceof HTMLElement && element.isContentEditable) return null;
  return `${describe(element)} is not an input, textarea, select or contenteditable`;
}

/** Sets the value as if typed. What was typed is in no answer. */
export function fill(element: Element | null, value: string): Done | Retry | Failure {
  if (!(element instanceof HTMLElement)) return { kind: "retry", reason: "the element was replaced", found: true };
  element.focus({ preventScroll: true });
  if (element instanceof HTMLInputElement) return fillInput(element, value);
  if (element instanceof HTMLTextAreaElement) {
    write(HTMLTextAreaElement.prototype, element, cut(element, value.replace(/\r\n?/g, "\n")));
    return announce(element);
  }
  if (element instanceof HTMLSelectElement) return choose(element, value);
  return fillEditable(element, value);
}

function fillInput(input: HTMLInputElement, value: string): Done | Failure {
  const text = typed.has(input.type) ? cut(input, value.replace(/[\r\n]/g, "")) : value.trim();
  const before = input.value;
  write(HTMLInputElement.prototype, input, text);
  const kept = set.has(input.type) || input.type === "number";
  if (kept && text !== "" && input.value !== text && Number(input.value) !== Number(text)) {
    write(HTMLInputElement.prototype, input, before);
    return failed(`The value does not fit an input of type ${input.type}`);
  }
  return announce(input);
}

function choose(select: HTMLSelectElement, value: string): Done | Failure {
  const options = [...select.options];
  const option = options.find((one) => one.value === value) ?? options.find((one) => one.label.trim() === value.trim());
  if (!option) return failed("The select has no option with that value or label");
  if (option.disabled) return failed("The option is disabled");
  write(HTMLSelectElement.prototype, select, option.value);
  return announce(select);
}

function fillEditable(element: HTMLElement, value: string): Done {
  const selection = getSelection();
  selection?.selectAllChildren(element);
  const taken = value === "" ? document.execCommand("delete") : document.execCommand("insertText", false, value);
  if (!taken) {
    element.textContent = value;
    element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText" }));
  }
  return { kind: "done" };
}

/** The prototype's setter: frameworks put their own on the element and ignore what goes through it. */
function write(prototype: object, element: Element, value: string): void {
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(element, value);
}

function announce(element: Element): Done {
  element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText" }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  return { kind: "done" };
}

function cut(element: HTMLInputElement | HTMLTextAreaElement, value: string): string {
  return element.maxLength >= 0 ? value.slice(0, element.maxLength) : value;
}

function failed(message: string): Failure {
  return { kind: "failed", code: "not_actionable", message };
}
