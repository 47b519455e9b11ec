import { globals, type TypedValue } from "./api.ts";
import { boxesAround } from "./boxes.ts";
import { isIdentifier, isNearSensitive } from "./identity.ts";
import { isA, isEditableHost } from "./kinds.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";

/** Two worlds of two frames must not number their fields alike. */
const world = Math.random().toString(36).slice(2);
const numbers = new WeakMap<object, string>();
let lastNumber = 0;

/** What was in each field when it was last looked at. */
const seen = new WeakMap<Element, string>();
/** What the automation has put there by script. */
const put = new WeakMap<Element, string>();
/** Where a person's own input has gone. */
const touched = new WeakSet<Element>();
/** A site's own script puts numbers of saved cards into fields; in answer to a person's act it takes a new one. */
const answersWithinMs = 1_500;
const longestPlain = 4_096;
let actedAt = -answersWithinMs;

/** A person has acted on the page, and in this field if it is one. */
export function personActed(field: Element | null): void {
  actedAt = performance.now();
  if (field) touched.add(field);
}

/** Whether a person has typed in the field. */
export function isTouched(field: Element): boolean {
  return touched.has(field);
}

/** The automation has filled the field: what is in it now is not the person's. */
export function automationFilled(field: Element): void {
  const value = valueIn(field);
  if (value !== null) put.set(field, value);
}

/** Tells the device what is new in the field, where it may be a secret. Called at every look, whoever has changed it and however. */
export function learn(field: Element, kind: SensitiveKind | null): void {
  const value = valueIn(field);
  if (value === null) return;
  const before = seen.get(field);
  const now = `${kind ?? ""} ${value}`;
  if (before === now) return;
  seen.set(field, now);
  const isMine = touched.has(field);
  if (put.get(field) === value && !isMine) return;
  // What the site itself has written there when the field came is its own.
  if (before === undefined && !isMine && (value === "" || value === written(field))) return;
  const boxes = boxesAround(field);
  if (!boxes && !(isMine ? kind !== null || !isA(field, "select") : mayAnswer(field, kind))) return;
  const whole = boxes ? boxes.map((box) => box.value).join("") : value;
  tell(numberOf(boxes?.[0] ?? field), field, kind, whole);
}

/** Tells the device of a value that may be a secret, in the field or, without one, anywhere on the page. */
export function tell(number: string, field: Element | null, kind: SensitiveKind | null, value: string): void {
  if (isMask(value)) return;
  if (kind === null && (value.length > longestPlain || (field && isIdentifier(field)) || isAddress(value))) return;
  const near = kind === null && field !== null && looksChosen(value) && isNearSensitive(field);
  const typed: TypedValue = { type: "typed", field: number, host: location.host, kind, near, value };
  // Looked up each time: hosts bind it anew when a page moves to another process.
  (globalThis as unknown as Record<string, (text: string) => void>)[globals.post]?.(JSON.stringify(typed));
}

export function numberOf(thing: object): string {
  const known = numbers.get(thing) ?? `${world}.${++lastNumber}`;
  numbers.set(thing, known);
  return known;
}

/** What is in a field that text can be typed into; the choice of a list. Null for everything else. */
export function valueIn(element: Element): string | null {
  if (isA(element, "input") || isA(element, "textarea") || isA(element, "select")) return element.value;
  return isEditableHost(element) ? element.textContent : null;
}

/** What the site's HTML has in the field. */
function written(field: Element): string | null {
  if (isA(field, "input")) return field.getAttribute("value");
  return isA(field, "textarea") ? field.defaultValue : valueIn(field);
}

function mayAnswer(field: Element, kind: SensitiveKind | null): boolean {
  if (kind === null || isA(field, "select")) return false;
  return kind !== "card" || performance.now() - actedAt < answersWithinMs;
}

/** Dots, whole or before the last digits of a number. */
function isMask(value: string): boolean {
  return /^([^\p{L}\p{N}])\1*$/u.test(value) || /([•●∙⋅*·])\1{2}/.test(value);
}

function isAddress(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}

/** Letters with digits, and no address: outside of sensitive fields that looks chosen as a secret. */
function looksChosen(value: string): boolean {
  return value.length >= 8 && /[A-Za-z]/.test(value) && /\d/.test(value) && !/[@\s]/.test(value);
}
