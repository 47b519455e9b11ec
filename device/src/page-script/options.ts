import type { Failure, Read, Retry } from "./api.ts";
import { isA } from "./kinds.ts";
import { notActionable, read, replaced, retry } from "./outcomes.ts";

/** See {@link PageApi.select}. Options that are not there may still come: their lack is a retry. */
export function choose(element: Element | null, values: readonly string[]): Read<string[]> | Retry | Failure {
  if (!element) return replaced;
  if (!isA(element, "select")) return notActionable("The element is not a select");
  if (!element.multiple && values.length !== 1) return notActionable("The select takes one value");
  const wanted = new Set<HTMLOptionElement>();
  for (const value of values) {
    const option = find(element, value);
    if (!option) return retry("the select has no option with that value or label", true);
    if (isDisabled(option)) return retry("the option is disabled", true);
    wanted.add(option);
  }
  element.focus({ preventScroll: true });
  for (const option of element.options)
    if (option.selected !== wanted.has(option)) option.selected = wanted.has(option);
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  return read([...element.selectedOptions].map((option) => option.value));
}

function find(select: HTMLSelectElement, value: string): HTMLOptionElement | undefined {
  const options = [...select.options];
  return options.find((one) => one.value === value) ?? options.find((one) => one.label.trim() === value.trim());
}

function isDisabled(option: HTMLOptionElement): boolean {
  const group = option.parentElement;
  return option.disabled || (isA(group, "optgroup") && group.disabled);
}
