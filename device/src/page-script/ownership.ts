import { type Failure, globals } from "./api.ts";
import { describe } from "./describe.ts";
import { focused } from "./frames.ts";
import { isA, isEditableHost, windowOf } from "./kinds.ts";
import { isSensitive } from "./sensitive.ts";
import { isVisible } from "./states.ts";

/** Who wrote what is in a field, and what it was when the person had done so much in the document. */
interface Written {
  readonly by: "person" | "automation" | "browser";
  value: string;
  readonly acts: number;
}

/** A busy page takes its input late. So long after it was announced, it is a person's. */
const announcedMs = 10_000;
const written = new WeakMap<Element, Written>();
/** How often the person, and how often the automation, has pressed something in this document. */
const acts = { person: 0, automation: 0 };
let typedHere = false;
/** How many acts of the automation run now. Each is a script's, and ends in the task in which it began. */
let acting = 0;
/** The automation's input that is still to come, by a host that presses real keys and buttons: codes of keys, and texts. */
let announced: string[] = [];
let presses = 0;
let until = 0;
/** Whose key is being handled, and whose press was the last. */
let handling: "person" | "automation" = "person";
let pressing: "person" | "automation" = "person";
/** Whether the text that is being put in without a key is the automation's. */
let inserting = false;
/** The keys that the automation holds down. */
const down = new Set<string>();
/** Whether the key that was let go last was one of them. */
let released = false;

/** What a document's page script offers to those of the documents around it, which act in it as well. */
export interface Owners {
  keys(entries: readonly string[]): void;
  presses(count: number): void;
  begin(): void;
  end(): void;
  wrote(field: Element): void;
  owns(field: Element): boolean;
}

export const owners: Owners = {
  keys(entries) {
    announced = [...entries];
    until = performance.now() + announcedMs;
    acts.automation++;
  },
  presses(count) {
    presses = count;
    until = performance.now() + announcedMs;
    acts.automation++;
  },
  begin() {
    acting++;
    acts.automation++;
  },
  end() {
    acting--;
  },
  wrote(field) {
    acts.automation++;
    note(field, "automation");
  },
  owns: isOwned,
};

/** Of the element's document; this one's where no script can be reached there. */
function ownersOf(element: Element): Owners {
  const view = windowOf(element);
  if (view === window) return owners;
  return (Reflect.get(view, globals.api) as { owners?: Owners } | undefined)?.owners ?? owners;
}

/** An act of the automation by script on an element: whatever the browser writes meanwhile is the automation's. */
export function actsByScript<T>(on: Element | null, act: () => T): T {
  const there = on ? ownersOf(on) : owners;
  there.begin();
  try {
    return act();
  } finally {
    there.end();
  }
}

/** The automation has set the field's value by script. */
export function wroteByScript(field: Element): void {
  ownersOf(field).wrote(field);
}

/** See {@link PageApi.announceKeys}. */
export function announceKeys(entries: readonly string[]): Failure | null {
  const element = focused();
  const failure = element && ownedFailure(element);
  if (failure) return failure;
  owners.keys(entries);
  if (element) ownersOf(element).keys(entries);
  return null;
}

/** The host's pointer is about to press the element for the automation. */
export function announcePresses(element: Element, count: number): void {
  ownersOf(element).presses(count);
}

/** The person has the page: whatever comes now is theirs. */
export function forgetAnnounced(): void {
  announced = [];
  presses = 0;
  inserting = false;
  handling = "person";
}

/** Whether a trusted event is one that the automation has announced, or that its script makes. */
export function isAutomations(event: Event): boolean {
  if (acting > 0) return true;
  if (event.type === "keyup") return released;
  if (event.type === "beforeinput" || event.type === "input")
    return !isBroughtIn(event) && (inserting || handling === "automation");
  return handling === "automation";
}

/** Whether the press that is under way, or was the last, is the automation's. */
export function isAutomationsPress(): boolean {
  return acting > 0 || pressing === "automation";
}

/** Listens from the document's start, before any script of the page does. */
export function listenToOwners(): void {
  for (const type of ["keydown", "keyup", "pointerdown", "beforeinput", "input"])
    addEventListener(type, hear, { capture: true, passive: true });
  addEventListener("pageshow", noteRestored);
}

/** Whether the person has typed in this document, ever. */
export function typedByPerson(): boolean {
  return typedHere;
}

/** Whether the field holds something that keeps the automation's hands off the whole page. */
export function holdsPage(field: Element): boolean {
  const value = contentOf(field);
  if (value === null || value === "") return false;
  const entry = written.get(field);
  if (entry && entry.by !== "browser") return !isAutomationsOwn(entry, value) && (isVisible(field) || isSecret(field));
  if (isA(field, "select") || !isSecret(field)) return false;
  // A keypad of the page writes where nobody types; and a browser that comes back to a page fills in what was typed there.
  return acts.person > 0 || (acts.automation === 0 && value !== defaultOf(field));
}

/** Whether the field is the person's or holds a secret that the automation did not put there. It is one of this document. */
export function isOwned(field: Element): boolean {
  const value = contentOf(field);
  if (value === null || value === "") return false;
  const entry = written.get(field);
  if (entry) return !isAutomationsOwn(entry, value);
  return !isA(field, "select") && isSecret(field);
}

/** Why the automation may neither touch nor read the element, or null. */
export function ownedFailure(element: Element): Failure | null {
  const field = fieldOf(element);
  if (!field || !ownersOf(field).owns(field)) return null;
  return {
    kind: "failed",
    code: "blocked_private",
    reason: "owned_field",
    message: `${describe(field)} holds what a person typed, or a secret that the automation did not put there: it takes no input and no question. Yield to the person, or navigate to load the page anew.`,
  };
}

function hear(event: Event): void {
  if (!event.isTrusted) return;
  switch (event.type) {
    case "keydown":
      hearKey((event as KeyboardEvent).code);
      break;
    case "keyup":
      released = down.delete((event as KeyboardEvent).code);
      handling = "person";
      break;
    case "pointerdown":
      pressing = presses > 0 && performance.now() <= until ? "automation" : "person";
      if (pressing === "automation") presses--;
      else acts.person++;
      break;
    case "beforeinput":
      inserting = take(`text:${(event as InputEvent).data}`);
      break;
    case "input":
      hearInput(event);
  }
}

function hearKey(code: string): void {
  inserting = false;
  handling = acting > 0 || take(code) ? "automation" : "person";
  if (handling === "automation") down.add(code);
  else acts.person++;
}

function hearInput(event: Event): void {
  const target = event.composedPath()[0];
  const field = target instanceof Element ? fieldOf(target) : null;
  if (!field) return;
  const byAutomation = isAutomations(event);
  if (!byAutomation) {
    acts.person++;
    typedHere = true;
  }
  note(field, byAutomation ? "automation" : "person");
}

/** What is pasted, dropped or taken back may be the person's, whoever pressed the key. */
function isBroughtIn(event: Event): boolean {
  const how = event instanceof InputEvent ? event.inputType : "";
  return /^insertFrom(Paste|Drop|Yank)/.test(how) || (typedHere && how.startsWith("history"));
}

function take(entry: string): boolean {
  const at = performance.now() <= until ? announced.indexOf(entry) : -1;
  if (at >= 0) announced = announced.slice(at + 1);
  return at >= 0;
}

function note(field: Element, by: Written["by"]): void {
  written.set(field, { by, value: contentOf(field) ?? "", acts: acts.person });
}

/** The page may write the automation's value its own way; once the person has done something there, it may be theirs. */
function isAutomationsOwn(entry: Written, value: string): boolean {
  if (entry.by !== "automation") return false;
  if (entry.acts === acts.person) entry.value = value;
  return entry.value === value;
}

/** What a browser fills in when it comes back to a page may be what a person typed there. */
function noteRestored(): void {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (entry?.type !== "back_forward") return;
  for (const field of document.querySelectorAll("input, textarea")) {
    const value = contentOf(field);
    if (value && value !== defaultOf(field) && !written.has(field)) note(field, "browser");
  }
}

const notTyped = /^(button|submit|reset|image|checkbox|radio|file|hidden)$/;

/** What the element is or is part of that a person types in or chooses from. */
function fieldOf(element: Element): Element | null {
  if (isA(element, "input")) return notTyped.test(element.type) && !isSecret(element) ? null : element;
  if (isA(element, "textarea") || isA(element, "select")) return element;
  return isEditableHost(element) ? element.closest("[contenteditable]") : null;
}

function contentOf(field: Element): string | null {
  if (isA(field, "input")) return notTyped.test(field.type) && !isSecret(field) ? null : field.value;
  if (isA(field, "textarea") || isA(field, "select")) return field.value;
  return isEditableHost(field) ? field.textContent : null;
}

/** What the document itself has in the field. */
function defaultOf(field: Element): string | null {
  return isA(field, "input") || isA(field, "textarea") ? field.defaultValue : contentOf(field);
}

function isSecret(field: Element): boolean {
  return isSensitive(field) !== false;
}
