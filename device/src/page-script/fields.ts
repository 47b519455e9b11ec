import { type FieldsReport, globals, type PageMessage } from "./api.ts";
import { closedRootsOf } from "./closed-roots.ts";
import { hasRunCode } from "./code-ran.ts";
import { isA, isFrame } from "./kinds.ts";
import { learn, valueIn } from "./learn.ts";
import { keepListening, listenAgain } from "./listening.ts";
import { holdsPage, typedByPerson } from "./ownership.ts";
import { isSensitive, rememberPassword } from "./sensitive.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";
import { isVisible } from "./states.ts";

export const editable = "input, textarea, select, [contenteditable]:not([contenteditable=false])";

/** Names this document among all that the session sees. */
const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
const watched = new WeakSet<Node>();
let posted = "";
let had = false;

/** The windows of this document and of those that are looked at with it. */
let views: readonly Window[] = [window];

/**
 * The kinds of secrets that this frame's document asks for or holds now, and whether a field holds what is the person's; open
 * shadow roots included.
 */
export function fields(): FieldsReport {
  const scopes = withBlankFrames();
  listenAgain();
  const kinds = new Set<SensitiveKind>();
  let held = false;
  for (const { element, kind } of fieldsIn(scopes)) {
    learn(element, kind);
    if (kind && isExposed(element)) kinds.add(kind);
    held ||= holdsPage(element);
  }
  had ||= kinds.size > 0;
  return { document: name, kinds: [...kinds].sort(), held, had, typed: typedByPerson() };
}

/** Every sensitive element of the document, whether it shows or not. */
export function sensitiveElements(of: Document = document): { element: Element; kind: SensitiveKind }[] {
  return fieldsIn(roots(of)).flatMap(({ element, kind }) => (kind ? [{ element, kind }] : []));
}

function fieldsIn(scopes: readonly Scope[]): { element: Element; kind: SensitiveKind | null }[] {
  return scopes.flatMap((scope) =>
    [...scope.querySelectorAll(editable)].map((element) => ({ element, kind: isSensitive(element) || null })),
  );
}

type Scope = Document | ShadowRoot;

/** The document, its open shadow roots and the closed ones that are known, each watched from then on. */
export function roots(of: Document = document): Scope[] {
  const found: Scope[] = [of, ...closedRootsOf(of)];
  for (const root of found) {
    watch(root);
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
  }
  return found;
}

/** As `roots`, with those of frames that have no script of their own: blank ones, which no navigation has made. */
function withBlankFrames(): Scope[] {
  const found = roots();
  const within: Window[] = [window];
  for (const scope of found)
    for (const frame of scope.querySelectorAll("iframe, frame")) {
      const inner = isFrame(frame) ? frame.contentDocument : null;
      const view = inner?.defaultView;
      if (!view || Reflect.has(view, globals.api)) continue;
      within.push(view);
      found.push(...roots(inner));
    }
  views = within;
  return found;
}

/** Has the listeners added to each of the windows that are looked at. */
export function listenEverywhere(types: readonly string[], listener: (event: Event) => void): void {
  keepListening(() => {
    for (const view of views)
      for (const type of types) view.addEventListener(type, listener, { capture: true, passive: true });
  });
}

/** Tells the device, from the document's start until it goes, whenever the kinds have changed. */
export function watchFields(): void {
  watch(document);
  listenEverywhere(["focusin", "focusout"], look);
  keepListening(() => {
    addEventListener("pagehide", leave);
    addEventListener("pageshow", arrive);
  });
  look();
}

/** Looks at every field, and tells the device what is new. */
export function look(): void {
  const { kinds, held, typed } = fields();
  if (!hasLeft) post({ document: name, kinds, held, typed, ran: hasRunCode() });
}

let hasLeft = false;

function leave(): void {
  fields();
  hasLeft = true;
  post({ document: name, kinds: [], held: false });
}

function arrive(): void {
  hasLeft = false;
  look();
}

/** A field that is hidden and blank, such as a dialog's that nobody has opened, holds nothing yet. */
function isExposed(element: Element): boolean {
  if (isVisible(element) || element.matches(":focus, :focus-within")) return true;
  return !isA(element, "select") && valueIn(element)?.trim() !== "";
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
    let isAnew = false;
    for (const { target, attributeName, oldValue, addedNodes } of records) {
      if (attributeName === "type" && oldValue?.toLowerCase() === "password") rememberPassword(target as Element);
      for (const added of addedNodes) if (added.nodeType === Node.ELEMENT_NODE) note(added as Element);
      // Rewritten by `document.open`, or with a frame that may be written so.
      isAnew ||= target.nodeType === Node.DOCUMENT_NODE || [...addedNodes].some(holdsFrame);
    }
    if (isAnew) look();
    else soon();
  }).observe(root, options);
}

/** At once, so that a page which turns the field to text in its next task finds it remembered. */
function note(added: Element): void {
  const fields = [...added.querySelectorAll("input[type=password i]")];
  if (added.matches("input[type=password i]")) fields.push(added);
  for (const field of fields) rememberPassword(field);
  had ||= fields.length > 0;
}

function holdsFrame(added: Node): boolean {
  return added.nodeType === Node.ELEMENT_NODE && (added as Element).matches("iframe, frame, :has(iframe, frame)");
}

let isDue = false;

function soon(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    look();
  }, 60);
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
