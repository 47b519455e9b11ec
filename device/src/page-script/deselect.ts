import type { Done } from "./api.ts";
import { focused } from "./frames.ts";
import { isA } from "./kinds.ts";
import { done } from "./outcomes.ts";

/** See {@link PageApi.deselect}. The field that has the focus keeps it, with nothing selected. */
export function deselect(): Done {
  getSelection()?.removeAllRanges();
  const element = focused();
  if (isA(element, "input") || isA(element, "textarea")) {
    try {
      element.setSelectionRange(element.value.length, element.value.length);
    } catch {
      // Of types without a selection, such as number.
    }
  }
  return done;
}
