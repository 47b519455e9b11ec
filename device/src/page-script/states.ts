import { isA, windowOf } from "./kinds.ts";

const disableable = "button, select, input, textarea, option, optgroup, fieldset";
const readonlyRoles =
  "[role=checkbox], [role=combobox], [role=grid], [role=gridcell], [role=listbox], [role=radiogroup], [role=slider], [role=spinbutton], [role=switch], [role=textbox], [role=treegrid]";

/** Rendered, not `visibility:hidden`, and with a box. Opacity 0 and off-screen count as visible, as in Playwright. */
export function isVisible(element: Element): boolean {
  if (!element.isConnected) return false;
  if (windowOf(element).getComputedStyle(element).display === "contents") {
    return [...element.childNodes].some((child) => {
      if (child.nodeType === Node.ELEMENT_NODE) return isVisible(child as Element);
      return child.nodeType === Node.TEXT_NODE && textHasBox(child as Text);
    });
  }
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
}

export function isEnabled(element: Element): boolean {
  if (element.matches(disableable) && element.matches(":disabled")) return false;
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const aria = at.getAttribute("aria-disabled");
    if (aria === "true") return false;
    if (aria === "false") return true;
  }
  return true;
}

export function isEditable(element: Element): boolean {
  if (isA(element, "input") || isA(element, "textarea")) return !element.readOnly;
  return !(element.matches(readonlyRoles) && element.getAttribute("aria-readonly") === "true");
}

/** The parent in the flat tree, through slots and shadow roots. */
export function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return "host" in root ? (root as ShadowRoot).host : null;
}

function textHasBox(text: Text): boolean {
  const range = text.ownerDocument.createRange();
  range.selectNode(text);
  const box = range.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
}
