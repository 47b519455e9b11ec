import type { FieldsReport } from "./api.ts";
import { editable, fields, listenEverywhere, look } from "./fields.ts";
import { isIdentifier } from "./identity.ts";
import { isHtml } from "./kinds.ts";
import { numberOf, personActed, tell } from "./learn.ts";
import { nextTask } from "./moments.ts";
import { Run } from "./runs.ts";
import { isSensitive } from "./sensitive.ts";

const keys = new Run();
const pressed = new Run();
/** The key whose character `beforeinput` is about to say again. */
let pending = "";

/** Tells the device of each value that a person types, pastes, drops, picks or presses: never the page, which can see none of it. */
export function tellTyped(): void {
  listenEverywhere(types, hear);
}

const types = [
  "keydown",
  "beforeinput",
  "compositionend",
  "paste",
  "drop",
  "input",
  "change",
  "pointerdown",
  "click",
  "submit",
  "formdata",
  "beforeunload",
  "pagehide",
];

/** Before these have done anything, there is nothing new to see. */
const early = /^(keydown|beforeinput|pointerdown)$/;

function hear(event: Event): void {
  if (event.isTrusted) note(event);
  if (!early.test(event.type)) lookAround();
  // What the page's own listeners make of it.
  if (!isDue) void afterwards();
}

let isDue = false;

async function afterwards(): Promise<void> {
  isDue = true;
  await nextTask();
  isDue = false;
  lookAround();
}

function lookAround(): void {
  look();
  tellRuns();
}

function tellRuns(): void {
  keys.tell();
  pressed.tell();
}

/** What the device asks for at each of its looks; the values go to it on their own. */
export function report(): FieldsReport {
  tellRuns();
  return fields();
}

/** Not by `instanceof`: the events of a blank frame have constructors of their own. */
function note(event: Event): void {
  const target = event.composedPath()[0] as Element | undefined;
  const element = target?.nodeType === Node.ELEMENT_NODE ? target : null;
  const field = element?.closest(editable) ?? null;
  switch (event.type) {
    case "keydown":
      return typedKey(event as KeyboardEvent, field);
    case "beforeinput":
      return inserted(event as InputEvent, field);
    case "compositionend":
      return typedText((event as CompositionEvent).data, field);
    case "paste":
      return gaveWhole((event as ClipboardEvent).clipboardData, field);
    case "drop":
      return gaveWhole((event as DragEvent).dataTransfer, field);
    case "input":
    case "change":
      return personActed(field);
    case "pointerdown":
      keys.end();
      return personActed(null);
    case "click":
      return pressedKey(element);
  }
}

function typedKey(event: KeyboardEvent, field: Element | null): void {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  personActed(field);
  pending = "";
  if (isComposing) return;
  if (key === "Enter" || key === "Tab") return keys.end();
  if (key === "Backspace") return keys.drop();
  const isCommand = (ctrlKey || metaKey || altKey) && !event.getModifierState("AltGraph");
  if ([...key].length !== 1 || isCommand) return;
  typedText(key, field);
  pending = key;
}

function inserted({ data, inputType }: InputEvent, field: Element | null): void {
  personActed(field);
  if (data === null || !/^insert(Text|ReplacementText)$/.test(inputType)) return;
  const isKey = data === pending;
  pending = "";
  if (!isKey) typedText(data, field);
}

function typedText(text: string, field: Element | null): void {
  personActed(field);
  keys.goesTo(field);
  if (!field || isSensitive(field) || !isIdentifier(field)) keys.add(text);
}

function gaveWhole(given: DataTransfer | null, field: Element | null): void {
  personActed(field);
  keys.end();
  const text = given?.getData("text/plain") ?? "";
  if (text !== "") tell(numberOf({}), field, (field && isSensitive(field)) || null, text);
}

const backwards = /^(⌫|←|<|‹|x|del|delete|back|backspace|clear|c)$/i;

/** A button, or whatever a site draws for one, with one character on it: a key of a keypad of the site's own. */
function pressedKey(element: Element | null): void {
  personActed(null);
  const key =
    element?.closest(
      "button, [role=button], a, li, td, input[type=button], [onclick], [data-key], [data-value], [data-digit]",
    ) ?? element;
  const label = faceOf(key);
  if (/^[\p{L}\p{N}]$/u.test(label) && !(key?.matches("input:not([type=button]), textarea, select") ?? false)) {
    pressed.goesTo(null);
    pressed.add(label);
  } else if (backwards.test(label)) pressed.drop();
  else pressed.end();
}

function faceOf(key: Element | null): string {
  if (!key) return "";
  const attributes = ["aria-label", "data-key", "data-value", "data-digit", "value", "alt", "title"];
  const picture = key.querySelector("[alt], [aria-label], title");
  const faces = [
    isHtml(key) ? key.textContent : "",
    ...attributes.map((name) => key.getAttribute(name)),
    picture?.getAttribute("alt") ?? picture?.getAttribute("aria-label"),
  ];
  const face = faces.find((one) => one?.trim()) ?? "";
  return face.trim().normalize("NFKC");
}
