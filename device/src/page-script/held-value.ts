import type { FieldKind } from "@passage/protocol/steps";
import { isA, isEditableHost } from "./kinds.ts";

/** Whether the field holds exactly the value, as its kind may write it: of other kinds each character carries meaning. */
export function holdsExactly(field: Element, value: string, kind: FieldKind): boolean {
  const held = heldBy(field);
  return held !== null && written(held, kind) === written(value, kind);
}

function heldBy(field: Element): string | null {
  if (isA(field, "input") || isA(field, "textarea")) return field.value;
  // Editors write some spaces so that they do not collapse.
  return isEditableHost(field) ? (field.textContent ?? "").replace(/\u00a0/g, " ") : null;
}

function written(value: string, kind: FieldKind): string {
  const text = value.replace(/\r\n?/g, "\n").trim();
  switch (kind) {
    case "cc-number":
      return text.replace(/(?<=\d)[ -]+(?=\d)/g, "");
    case "cc-exp":
      return text.replace(/^(\d\d) ?\/? ?(\d\d|\d{4})$/, "$1/$2");
    case "postal-code":
      return text.replace(/ +/g, " ").toUpperCase();
    default:
      return text;
  }
}
