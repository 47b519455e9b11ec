import type { FieldKind } from "@passage/protocol/steps";
import type { Done, Failure, Retry } from "./api.ts";
import { describe } from "./describe.ts";
import { holdsExactly } from "./held-value.ts";
import { isA, isEditableHost, isFocusable, windowOf } from "./kinds.ts";
import { automationFilled } from "./learn.ts";
import { done, notActionable, replaced } from "./outcomes.ts";
import { actsByScript, wroteByScript } from "./ownership.ts";

const typed = new Set(["", "text", "email", "password", "search", "tel", "url", "number"]);
const set = new Set(["color", "date", "datetime-local", "month", "range", "time", "week"]);

/** Why the element can never be filled, or null. */
export function unfillable(element: Element): string | null {
  if (isA(element, "input")) {
    if (typed.has(element.type) || set.has(element.type)) return null;
    const instead = element.type === "checkbox" || element.type === "radio" ? "; click it" : "";
    return `An input of type ${element.type} cannot be filled${instead}`;
  }
  if (isA(element, "textarea") || isEditableHost(element)) return null;
  const instead = isA(element, "select") ? "; use select" : "";
  return `${describe(element)} is not an input, textarea or contenteditable${instead}`;
}

/** Sets the value as if typed. What was typed is in no answer. */
export function fill(element: Element | null, value: string): Done | Retry | Failure {
  if (!isFocusable(element)) return replaced;
  element.focus({ preventScroll: true });
  if (!isA(element, "input") && !isA(element, "textarea")) return fillEditable(element, value);
  const text = wanted(element, value);
  const failure = isA(element, "input") ? fillInput(element, text) : write(element, text);
  return failure ?? announce(element);
}

/** See {@link PageApi.holds}. */
export function holds(element: Element | null, value: string, kind: FieldKind | null): boolean {
  if (kind !== null) return element !== null && holdsExactly(element, value, kind);
  if (!isA(element, "input") && !isA(element, "textarea")) return true;
  return essence(element.value) === essence(wanted(element, value));
}

/** See {@link PageApi.selectText}. */
export function selectText(element: Element | null): Done | Retry {
  if (isA(element, "input") || isA(element, "textarea")) element.select();
  else if (element) windowOf(element).getSelection()?.selectAllChildren(element);
  return element ? done : replaced;
}

/** What the field would hold if a person typed it. */
function wanted(field: HTMLInputElement | HTMLTextAreaElement, value: string): string {
  if (isA(field, "textarea")) return cut(field, value.replace(/\r\n?/g, "\n"));
  return typed.has(field.type) ? cut(field, value.replace(/[\r\n]/g, "")) : value.trim();
}

function essence(value: string): string {
  const bare = value.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, "");
  return bare === "" ? value.trim() : bare;
}

function fillInput(input: HTMLInputElement, text: string): Failure | null {
  const before = input.value;
  write(input, text);
  if (fits(input, text)) return null;
  write(input, before);
  return notActionable(`The value does not fit an input of type ${input.type}`);
}

/** Whether the input has taken what was written. It writes some values its own way, and empties itself for others. */
function fits({ type, value }: HTMLInputElement, text: string): boolean {
  if (!(set.has(type) || type === "number") || text === "" || value === text) return true;
  // A colour that the browser cannot read becomes black.
  if (type === "color") return value !== "#000000" || /^(#0{3,8}|black)$/i.test(text);
  return Number(value) === Number(text);
}

function fillEditable(element: HTMLElement, value: string): Done {
  const page = element.ownerDocument;
  selectText(element);
  const taken = actsByScript(element, () =>
    value === "" ? page.execCommand("delete") : page.execCommand("insertText", false, value),
  );
  if (!taken) {
    element.textContent = value;
    wroteByScript(element);
    element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText" }));
  }
  return done;
}

/** By the platform's setter (`natives.ts`): frameworks put their own on the element and ignore what goes through it. */
function write(field: HTMLInputElement | HTMLTextAreaElement, value: string): null {
  field.value = value;
  automationFilled(field);
  wroteByScript(field);
  return null;
}

function announce(element: Element): Done {
  element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText" }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  automationFilled(element);
  return done;
}

function cut(element: HTMLInputElement | HTMLTextAreaElement, value: string): string {
  return element.maxLength >= 0 ? value.slice(0, element.maxLength) : value;
}
