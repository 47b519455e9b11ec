import { cutLater } from "./cut-later.ts";
import { isEditableHost } from "./kinds.ts";

const told = ["id", "name", "type", "role", "data-testid", "aria-label", "class"];
const withText = "button, a, label, summary, legend, h1, h2, h3, h4, h5, h6, [role=button], [role=link], [role=tab]";

/**
 * An element in one line, for error messages, with the whole of what is to be cut (`cut-later.ts`). They leave the device, so attributes are an allow-list: React mirrors
 * what a person types into the `value` attribute, and editable text is what they typed.
 */
export function describe(element: Element): string {
  const attributes = told
    .filter((name) => element.hasAttribute(name))
    .map((name) => ` ${name}="${shorten(element.getAttribute(name) ?? "", 60)}"`);
  const tag = element.localName;
  const speaks = element.matches(withText) && !isEditableHost(element);
  const text = speaks ? shorten(element.textContent ?? "", 40) : "";
  return `<${tag}${attributes.join("")}>${text && `${text}</${tag}>`}`;
}

function shorten(text: string, length: 40 | 60): string {
  return cutLater(text.replace(/\s+/g, " ").trim(), length);
}
