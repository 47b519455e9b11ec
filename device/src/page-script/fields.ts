import { type FieldsReport, globals, type PageMessage } from "./api.ts";
import { hasRunCode } from "./code-ran.ts";
import { holdsPage, typedByPerson } from "./ownership.ts";
import { isSensitive, rememberPassword, type SensitiveKind } from "./sensitive.ts";
import { isVisible } from "./states.ts";

export const editable = "input, textarea, select, [contenteditable]:not([contenteditable=false])";

/** Names this document among all that the session sees. */
const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
const watched = new WeakSet<Node>();
let posted = "";
let had = false;

/**
 * The kinds of secrets that this frame's document asks for or holds now, and whether a field holds what is the person's; open
 * shadow roots included.
 */
export function fields(): FieldsReport {
  const kinds = new Set<SensitiveKind>();
  let held = false;
  for (const element of editableElements()) {
    const kind = isSensitive(element);
    if (kind && isExposed(element)) kinds.add(kind);
    held ||= holdsPage(element);
  }
  had ||= kinds.size > 0;
  return { document: name, kinds: [...kinds].sort(), held, had, typed: typedByPerson() };
}

/** Every sensitive element of the document, whether it shows or not. */
export function sensitiveElements(of: Document = document): { element: Element; kind: SensitiveKind }[] {
  return editableElements(of).flatMap((element) => {
    const kind = isSensitive(element);
    return kind ? [{ element, kind }] : [];
  });
}

function editableElements(of: Document = document): Element[] {
  return roots(of).flatMap((root) => [...root.querySelectorAll(editable)]);
}

/** The document and its open shadow roots, each watched from then on. */
export function roots(of: Document = document): (Document | ShadowRoot)[] {
  const found: (Document | ShadowRoot)[] = [of];
  for (const root of found) {
    watch(root);
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
  }
  return found;
}

/** Tells the device, from the document's start until it goes, whenever the kinds have changed. */
export function watchFields(): void {
  watch(document);
  for (const event of ["focusin", "focusout", "input", "change"])
    addEventListener(event, tell, { capture: true, passive: true });
  addEventListener("pagehide", () => post({ document: name, kinds: [], held: false }));
  addEventListener("pageshow", tell);
  tell();
}

/** A field that is hidden and empty, such as a dialog's that nobody has opened, holds nothing yet. */
function isExposed(element: Element): boolean {
  if (isVisible(element) || element.matches(":focus, :focus-within")) return true;
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value !== "";
  return !(element instanceof HTMLSelectElement) && element.textContent !== "";
}

const options: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeOldValue: true,
  attributeFilter: [
    "type",
    "name",
    "id",
    "class",
    "style",
    "hidden",
    "open",
    "autocomplete",
    "aria-label",
    "placeholder",
  ],
};

function watch(root: Node): void {
  if (watched.has(root)) return;
  watched.add(root);
  new MutationObserver((records) => {
    for (const { target, attributeName, oldValue, addedNodes } of records) {
      if (attributeName === "type" && oldValue?.toLowerCase() === "password") rememberPassword(target as Element);
      for (const added of addedNodes) if (added.nodeType === Node.ELEMENT_NODE) note(added as Element);
    }
    soon();
  }).observe(root, options);
}

/** At once, so that a page which turns the field to text in its next task finds it remembered. */
function note(added: Element): void {
  const fields = [...added.querySelectorAll("input[type=password i]")];
  if (added.matches("input[type=password i]")) fields.push(added);
  for (const field of fields) rememberPassword(field);
  had ||= fields.length > 0;
}

let isDue = false;

function soon(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    tell();
  }, 60);
}

function tell(): void {
  const { kinds, held, typed } = fields();
  post({ document: name, kinds, held, typed, ran: hasRunCode() });
}

function post(report: FieldsReport): void {
  const said = JSON.stringify(report);
  if (said === posted) return;
  const message: PageMessage = { type: "sensitive", ...report };
  const binding: unknown = Reflect.get(globalThis, globals.post);
  // A host may give it a moment after the document has come.
  if (typeof binding !== "function") return soon();
  posted = said;
  binding(JSON.stringify(message));
}
