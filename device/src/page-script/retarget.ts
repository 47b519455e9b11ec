import { isA, isEditableHost } from "./kinds.ts";

const controls = "input, textarea, select";
const follows = "a, input, textarea, button, select, [role=link], [role=button], [role=checkbox], [role=radio]";

/** The element that an action on this one is for, as in Playwright: the control around a button's icon, or of a label. */
export function control(element: Element): Element {
  const near = around(element, "button, [role=button], [role=checkbox], [role=radio]");
  if (near.matches(follows) || isEditableHost(near)) return near;
  const label = near.closest("label");
  return (isA(label, "label") && label.control) || near;
}

/** The element that must get the event: a button or link as a whole. */
export function pressable(element: Element): Element {
  return around(element, "button, [role=button], a, [role=link]");
}

function around(element: Element, selector: string): Element {
  return element.matches(controls) || isEditableHost(element) ? element : (element.closest(selector) ?? element);
}
