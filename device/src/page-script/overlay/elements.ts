import { globals, type PageMessage } from "../api.ts";
import { onPress, type Pressable } from "./presses.ts";

export function text(heading: string, subheading: string): Element {
  const block = make("div", "text");
  block.append(make("p", "heading", heading));
  if (subheading) block.append(make("p", "subheading", subheading));
  return block;
}

/** @param does what a press of a person does; the page's own does nothing. */
export function button(label: string, look: string, does: Pressable): HTMLButtonElement {
  const element = document.createElement("button");
  element.className = look;
  element.textContent = label;
  element.type = "button";
  onPress(element, does);
  return element;
}

export function post(message: PageMessage): void {
  const binding: unknown = Reflect.get(globalThis, globals.post);
  if (typeof binding === "function") binding(JSON.stringify(message));
}

export function make(tag: string, className: string, content = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
