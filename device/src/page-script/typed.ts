import { globals, type TypedValue } from "./api.ts";
import { isSensitive } from "./sensitive.ts";

/** Two worlds of two frames must not number their fields alike. */
const world = Math.random().toString(36).slice(2);
const numbers = new WeakMap<Element, string>();
let lastNumber = 0;

const identities = /^(email|tel|url|search|date|month|number|range|color|checkbox|radio|file|hidden)$/;
const aboutThem =
  /^(username|email|tel|name|given-name|family-name|nickname|organization|street-address|address|postal|country|bday)/;
const namedForThem =
  /user|e.?mail|phone|mobile|login.?id|first.?name|last.?name|full.?name|address|city|zip|postal|birth/i;

/** Tells the device of each value that is typed, pasted or filled in by a person: never the page, which can see none of it. */
export function tellTyped(): void {
  addEventListener(
    "input",
    (event) => {
      const element = event.isTrusted ? event.composedPath()[0] : null;
      if (!(element instanceof Element)) return;
      const value = valueIn(element);
      if (value === null) return;
      const boxes = boxesAround(element);
      const kind = isSensitive(element) || null;
      const typed: TypedValue = {
        type: "typed",
        field: numberOf(boxes?.[0] ?? element),
        host: location.host,
        kind,
        near: kind === null && isNearSensitive(element),
        value: boxes ? boxes.map((box) => box.value).join("") : value,
      };
      // Looked up each time: hosts bind it anew when a page moves to another process.
      (globalThis as unknown as Record<string, (text: string) => void>)[globals.post]?.(JSON.stringify(typed));
    },
    { capture: true, passive: true },
  );
}

function valueIn(element: Element): string | null {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
  return element instanceof HTMLElement && element.isContentEditable ? element.textContent : null;
}

/** A code's boxes, one character each: what is in them together is the secret. */
function boxesAround(element: Element): HTMLInputElement[] | null {
  if (!isBox(element)) return null;
  const root = element.getRootNode() as Document | ShadowRoot;
  const boxes = [...root.querySelectorAll("input")].filter(isBox);
  return boxes.length >= 4 ? boxes : null;
}

function isBox(element: Element): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.maxLength === 1 && /^(text|password|tel)$/.test(element.type);
}

/** Whether the field is of a page that asks for a secret, and is not for who the person is. */
function isNearSensitive(element: Element): boolean {
  if (element instanceof HTMLInputElement) {
    const wants = element.autocomplete.split(/\s+/).at(-1) ?? "";
    if (identities.test(element.type) || aboutThem.test(wants) || namedForThem.test(`${element.name} ${element.id}`))
      return false;
  }
  const root = element.getRootNode() as Document | ShadowRoot;
  return [root, document].some((where) =>
    [...where.querySelectorAll("input, textarea")].some((one) => isSensitive(one)),
  );
}

function numberOf(element: Element): string {
  const known = numbers.get(element) ?? `${world}.${++lastNumber}`;
  numbers.set(element, known);
  return known;
}
