import { globals, type TypedValue } from "./api.ts";
import { sensitiveElements } from "./fields.ts";
import { nextTask } from "./moments.ts";
import { isOwned } from "./ownership.ts";
import { isSensitive } from "./sensitive.ts";

const world = crypto.getRandomValues(new Uint32Array(2)).join("-");
const told = new WeakMap<Element, { readonly number: number; value: string }>();
let last = 0;

/**
 * Tells the device what the page's own script has written into a sensitive field for the person, such as a keypad on the screen.
 * No event says so: the fields are looked at after each press, and before a form leaves.
 */
export function tellPageWritten(): void {
  for (const type of ["click", "pointerup", "keyup"])
    addEventListener(type, (event) => event.isTrusted && void later(), { capture: true, passive: true });
  for (const type of ["submit", "pagehide", "beforeunload"])
    addEventListener(type, tell, { capture: true, passive: true });
}

async function later(): Promise<void> {
  tell();
  await nextTask();
  tell();
}

function tell(): void {
  for (const { element } of sensitiveElements()) {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) continue;
    const entry = told.get(element) ?? { number: ++last, value: element.defaultValue };
    told.set(element, entry);
    if (entry.value === element.value || !isOwned(element)) continue;
    entry.value = element.value;
    post({
      type: "typed",
      field: `${world}.${entry.number}`,
      host: location.host,
      kind: isSensitive(element) || null,
      near: false,
      value: element.value,
    });
  }
}

function post(value: TypedValue): void {
  const binding: unknown = Reflect.get(globalThis, globals.post);
  if (typeof binding === "function") binding(JSON.stringify(value));
}
