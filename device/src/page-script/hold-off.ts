import { globals, type PageMessage } from "./api.ts";
import { hasRunCode } from "./code-ran.ts";
import { fields } from "./fields.ts";
import { focused } from "./frames.ts";
import { isFocusable } from "./kinds.ts";
import { isOverlay } from "./overlay/host.ts";
import { isAutomations, isAutomationsPress } from "./ownership.ts";

const typing = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "input",
  "paste",
  "drop",
  "compositionstart",
  "compositionupdate",
  "compositionend",
];
const pressing = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];

/** Listens from the document's start, before any script of the page does, and so before what the automation leaves behind. */
export function listenToHoldOff(): void {
  for (const type of [...typing, ...pressing]) addEventListener(type, holdOff, { capture: true });
}

/** Keeps the person's input from the document where something that the automation left could hear it. */
function holdOff(event: Event): void {
  if (!event.isTrusted || !hasRunCode()) return;
  const target = event.composedPath()[0];
  if (target instanceof Element && isOverlay(target)) return;
  const isPress = pressing.includes(event.type);
  if (isPress ? isAutomationsPress() || !asksForSecret() : isAutomations(event)) return;
  if (event.cancelable) event.preventDefault();
  event.stopImmediatePropagation();
  const element = focused();
  if (isFocusable(element)) element.blur();
  tell();
}

function asksForSecret(): boolean {
  return fields().kinds.length > 0;
}

function tell(): void {
  const message: PageMessage = { type: "heldOff" };
  const binding: unknown = Reflect.get(globalThis, globals.post);
  if (typeof binding === "function") binding(JSON.stringify(message));
}
